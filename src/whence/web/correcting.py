"""Corrections by a reader: what belongs together and who is who; logged, counted again at once, and undone as easily."""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ..errors import WhenceError
from ..report import clip, party_name
from ..types import Correction, CorrectionKind, Logged, PartyId, ReportId, Value
from .guard import form_token_holds
from .pages import address, form_page
from .shelf import Shelf, Told
from .story import frame, told_of

__all__ = ["KINDS", "correct", "correction_of", "log"]

KINDS: Mapping[CorrectionKind, str] = {
    "merge-stories": "Stories put together",
    "split-story": "Reports made a story of their own",
    "move-article": "Report moved to another story",
    "merge-parties": "Taken for one party",
    "split-parties": "Not the same party",
    "party-is-outlet": "This party is the outlet",
}
_WHO = "whence-who"
_MOST_STORIES = 60


class Somebody(Value, frozen=True, kw_only=True):
    """A party of a story as the form lists it, and the reports that name it."""

    id: PartyId
    name: str
    kind: str
    reports: tuple[ReportId, ...]


class Entry(Value, frozen=True, kw_only=True):
    """One line of the log."""

    id: int
    what: str
    about: str
    who: str
    when: str
    undone: str | None
    story: str | None


async def correct(request: Request) -> Response:
    """The forms of one story, and what they send."""
    if request.method != "POST":
        return await run_in_threadpool(_forms, request, "")
    fields = await _fields(request)
    return await run_in_threadpool(_correct, request, fields)


async def log(request: Request) -> Response:
    """All corrections of the library; a form beside each undoes it."""
    if request.method != "POST":
        return await run_in_threadpool(_log, request)
    fields = await _fields(request)
    return await run_in_threadpool(_undo, request, fields)


def correction_of(kind: str, story: str | None, subjects: tuple[str, ...], value: str | None) -> Correction:
    """A correction as it may be made. HTTPException 400 says what is missing."""
    if kind not in get_args(CorrectionKind):
        raise HTTPException(400, "There is no correction of this kind.")
    needed = {"merge-stories": 2, "merge-parties": 2, "split-parties": 2}.get(kind, 1)
    if len({*subjects}) < needed:
        said = {
            "merge-stories": "Choose another story.",
            "merge-parties": "Choose two parties or more.",
            "split-parties": "Choose a party, and a report in which it is somebody else.",
        }
        raise HTTPException(400, said.get(kind, "Choose what it is about."))
    if kind in ("move-article", "party-is-outlet") and not value:
        raise HTTPException(400, "Choose the story it belongs to." if kind == "move-article" else "Name the outlet it is.")
    return Correction(kind=kind, story=story, subjects=tuple(dict.fromkeys(subjects)), value=value)  # type: ignore[arg-type]


async def _fields(request: Request) -> FormData:
    if not request.app.state.settings.adding:
        raise HTTPException(403, "This library is shown to be read only.")
    async with request.form(max_files=0, max_fields=2000) as form:
        if not form_token_holds(request, form.get("form")):
            raise HTTPException(403, "This form has expired: go back, load the page again and send it once more.")
        return form


def _correct(request: Request, form: FormData) -> Response:
    story, shelf = request.path_params["story"], request.app.state.shelf
    subjects = tuple(str(x)[:200] for x in form.getlist("subjects") if str(x))
    value = str(form.get("value", "")).strip()[:300] or None
    kind, who = str(form.get("kind", "")), _who(form)
    try:
        number = shelf.library.correct(correction_of(kind, story, subjects, value), who)
    except (HTTPException, WhenceError) as error:
        why = error.detail if isinstance(error, HTTPException) else str(error)
        return _forms(request, why, 400)
    return _back(request, story, number, who)


def _undo(request: Request, form: FormData) -> Response:
    shelf: Shelf = request.app.state.shelf
    number, who, story = str(form.get("undo", "")), _who(form), str(form.get("story", ""))
    if not number.isdecimal() or len(number) > 15:
        raise HTTPException(400, "Say which correction to undo.")
    shelf.library.undo(int(number), who)
    return _back(request, story, None, who)


def _back(request: Request, story: str, number: int | None, who: str) -> Response:
    """To the story if it is still there, else to the log."""
    shelf: Shelf = request.app.state.shelf
    try:
        here = bool(story) and shelf.library.story_row(story).id == story
    except WhenceError:
        here = False
    done = str(number) if number is not None else "undone"
    answer = RedirectResponse(address("stories", story, "correct", done=done) if here else address("corrections", done=done), status_code=303)
    answer.set_cookie(_WHO, who.encode("utf-8").hex(), httponly=True, samesite="strict", path="/", max_age=31_536_000)
    return answer


def _who(form: FormData) -> str:
    return clip(str(form.get("who", "")), 80) or "a reader"


def _known(request: Request) -> str:
    try:
        return bytes.fromhex(request.cookies.get(_WHO, "")).decode("utf-8")[:80]
    except ValueError:
        return ""


def _forms(request: Request, wrong: str, status: int = 200) -> Response:
    told, shelf = told_of(request), request.app.state.shelf
    others = [(r.id, clip(f"{r.title or 'untitled'} · {r.reports} reports", 110)) for r in shelf.library.stories(limit=_MOST_STORIES) if r.id != told.row.id]
    reports = [(a.id, told.cast.outlets[r], clip(a.title or "", 120), a.published) for r, a in told.articles.items()]
    articles = {r: a.id for r, a in told.articles.items()}
    return form_page(
        request, "correct.html", status, **frame(told, "correct"), wrong=wrong, others=others, reports=reports, articles=articles,
        outlets=told.cast.outlets, parties=_parties(told), log=_entries(request, told.row.id), who=_known(request), done=request.query_params.get("done", ""),
    )  # fmt: skip


def _parties(told: Told) -> list[Somebody]:
    """Who is cited, those most reports cite first; the reports' own outlets last."""
    story = told.story
    named: dict[PartyId, dict[ReportId, None]] = {p.id: {} for p in story.parties}
    for a in story.attributions:
        for p in a.chain[1:]:
            named.setdefault(p, {})[a.report] = None
    for c in story.claims:
        for x in c.cells:
            for p in x.chain[1:]:
                named.setdefault(p, {})[x.report] = None
    parties = {p.id: p for p in story.parties}
    found = [Somebody(id=p, name=party_name(told.cast, p), kind=parties[p].kind, reports=tuple(r)) for p, r in named.items() if p in parties]
    return sorted(found, key=lambda s: (not s.reports, -len(s.reports), s.name))


def _entries(request: Request, story: str | None = None) -> list[Entry]:
    shelf: Shelf = request.app.state.shelf
    return [_entry(x) for x in shelf.library.corrections(story)][::-1]


def _entry(x: Logged) -> Entry:
    about = ", ".join(x.correction.subjects) + (f" → {x.correction.value}" if x.correction.value else "")
    return Entry(
        id=x.id, what=KINDS[x.correction.kind], about=clip(about, 200), who=clip(x.who, 80), when=x.when, undone=x.undone, story=x.correction.story
    )


def _log(request: Request) -> Response:
    return form_page(
        request, "corrections.html", page="corrections", log=_entries(request), who=_known(request), done=request.query_params.get("done", "")
    )
