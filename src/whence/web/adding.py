"""Reports from a form: read, kept, grouped and told, one form at a time, while everybody else reads on."""

from __future__ import annotations

import hashlib
import re
import secrets
import tempfile
import threading
from collections import OrderedDict
from concurrent.futures import Future, ThreadPoolExecutor, wait
from pathlib import Path, PurePath

from msgspec.structs import replace
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ..errors import WhenceError
from ..read import read_pages
from ..types import Added, Page, Refused, Value
from .door import Door
from .guard import form_token_holds
from .pages import address, filled, form_page, html

__all__ = ["Jobs", "Outcome", "add", "added", "pasted"]

_PATIENCE = 25.0
_KEPT = 100
_TOLD_AT_ONCE = 3
_MOST_PARTS = 300
_MARKUP = re.compile(r"\s*<(?:!doctype|html|\?xml|head|body|article)\b", re.I)


class Outcome(Value, frozen=True, kw_only=True):
    """What came of one form: counts, stories that are new or have changed, what was refused, or why nothing could be done."""

    added: Added = Added()
    stories: tuple[str, ...] = ()
    refused: tuple[Refused, ...] = ()
    failed: str = ""


class Jobs:
    """Adds one after the other, in the order given; the last hundred outcomes can be asked for."""

    def __init__(self, library: Door) -> None:
        self._library = library
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="whence-adding")
        self._jobs: OrderedDict[str, Future[Outcome]] = OrderedDict()
        self._lock = threading.Lock()

    def start(self, pages: list[Page | Refused]) -> str:
        """The name of a job that adds these."""
        name = secrets.token_urlsafe(9)
        job = self._worker.submit(self._add, pages)
        with self._lock:
            self._jobs[name] = job
            for old in [k for k, j in self._jobs.items() if j.done()][: max(0, len(self._jobs) - _KEPT)]:
                del self._jobs[old]
        return name

    def settle(self, patience: float) -> Outcome | None:
        """Groups what came in by other ways, in its turn; what came of it, None where that takes longer than ``patience``."""
        return self.outcome(self.start([]), patience)

    def outcome(self, name: str, patience: float = 0.0) -> Outcome | None:
        """What came of a job; None while it is at work. KeyError where there is none of that name."""
        with self._lock:
            job = self._jobs[name]
        wait([job], timeout=patience)
        return job.result() if job.done() else None

    def _add(self, pages: list[Page | Refused]) -> Outcome:
        refused = tuple(p for p in pages if isinstance(p, Refused))
        try:
            done = self._library.add(pages)
            grouped = self._library.regroup()
            stories = (*grouped.new, *grouped.changed)
            for story in stories[:_TOLD_AT_ONCE]:
                self._library.story(story)
        except WhenceError as error:
            return Outcome(refused=refused, failed=str(error))
        return Outcome(added=done, stories=stories, refused=refused)


async def add(request: Request) -> Response:
    """A form for reports pasted or uploaded; what it brings leads to the story it became part of."""
    if not request.app.state.settings.adding:
        raise HTTPException(403, "This library is shown to be read only.")
    if request.method != "POST":
        return await run_in_threadpool(form_page, request, "add.html", page="add", wrong="")
    most: int = request.app.state.settings.most_bytes
    async with request.form(max_files=_MOST_PARTS, max_fields=_MOST_PARTS, max_part_size=most) as form:
        if not form_token_holds(request, form.get("form")):
            return form_page(request, "add.html", 403, page="add", wrong="This form has expired. Send it again.")
        pages = _pasted(form)
        uploads = [(f.filename or "upload", await f.read()) for f in form.getlist("files") if isinstance(f, UploadFile) and (f.size or f.filename)]
    return await run_in_threadpool(_taken, request, pages, uploads)


def _taken(request: Request, pages: list[Page | Refused], uploads: list[tuple[str, bytes]]) -> Response:
    pages += _uploaded(uploads)
    if not pages:
        return form_page(request, "add.html", 400, page="add", wrong="Nothing was given: paste a report’s text, or choose a file.")
    jobs: Jobs = request.app.state.jobs
    name = jobs.start(pages)
    outcome = jobs.outcome(name, _PATIENCE)
    if outcome is not None and len(outcome.stories) == 1 and not outcome.refused and not outcome.failed:
        return RedirectResponse(address("stories", outcome.stories[0]), status_code=303)
    return RedirectResponse(address("add", name), status_code=303)


def added(request: Request) -> Response:
    """How far a form has come, and what came of it."""
    jobs: Jobs = request.app.state.jobs
    try:
        outcome = jobs.outcome(request.path_params["job"])
    except KeyError:
        raise HTTPException(404, "Nothing is known of this addition any more; its reports are among the stories.") from None
    answer = html(filled("added.html", page="add", outcome=outcome))
    if outcome is None:
        answer.headers["refresh"] = "2"
    return answer


def pasted(text: str, outlet: str | None = None, url: str | None = None, title: str | None = None, published: str | None = None) -> Page:
    """A text that came without a file, as a page; the same text is the same article whenever it comes."""
    key = hashlib.sha256("\0".join([text, outlet or ""]).encode("utf-8", "replace")).hexdigest()[:16]
    media = "html" if _MARKUP.match(text) else "text"
    return Page(
        path="form://pasted", text=text, media=media, id=None if url else key, url=url, outlet=outlet, title=title, published=published  # type: ignore[arg-type]
    )


def _pasted(form: FormData) -> list[Page | Refused]:
    fields = {k: [str(x) for x in form.getlist(k) if isinstance(x, str)] for k in ("text", "outlet", "url", "published")}
    found: list[Page | Refused] = []
    for i, text in enumerate(fields["text"]):
        if text.strip():
            facts = {k: (fields[k][i].strip() or None) if i < len(fields[k]) else None for k in ("outlet", "url", "published")}
            found.append(pasted(text.replace("\r\n", "\n"), **facts))
    return found


def _uploaded(uploads: list[tuple[str, bytes]]) -> list[Page | Refused]:
    """Each file read as from a folder; its pages are known by their content, so that two files of one name are two articles."""
    found: list[Page | Refused] = []
    with tempfile.TemporaryDirectory(prefix="whence-") as folder:
        for i, (given, data) in enumerate(uploads):
            name = PurePath(given.replace("\\", "/").replace("\0", "")).name[:200] or "upload"
            ending = PurePath(name).suffix if re.fullmatch(r"\.[a-zA-Z0-9]{1,8}", PurePath(name).suffix) else ""
            place = Path(folder) / f"{i}{ending}"
            place.write_bytes(data)
            pages, refused = read_pages([str(place)])
            key, shown = hashlib.sha256(data).hexdigest()[:16], f"upload://{name}"
            found += [replace(p, path=shown, id=p.id if p.id is not None or p.line is not None else key) for p in pages]
            found += [replace(r, path=name) for r in refused]
    return found
