"""Outlets and news agencies of the world: by name, by domain, and as they stand in a text.

The list is ``outlets.tsv``: tab-separated, because reading it takes 5 ms where TOML of the same size takes ten times that.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Sequence
from importlib import resources
from typing import Literal, NamedTuple

from .. import expressions as re
from ..text import fold
from ..types import Region, Value

__all__ = ["Outlet", "by_domain", "by_name", "find_outlets", "outlets"]


class Outlet(Value, frozen=True, kw_only=True):
    """An outlet or agency: ``aliases`` name it wherever they stand, ``short`` forms only where the text shows which is meant.

    ``country`` is ISO 3166-1 alpha-2. Two outlets may share a name ("The Daily Star"): their countries tell them apart.
    """

    name: str
    kind: Literal["outlet", "agency"]
    aliases: tuple[str, ...]
    short: tuple[str, ...]
    domains: tuple[str, ...]
    country: str


class _Form(NamedTuple):
    """One way an outlet is written, and how much context it needs: a bare ``word`` wants "The" or a noun, ``short`` more."""

    words: str
    outlet: Outlet
    need: Literal["nothing", "article", "context"]


_TOKEN = re.compile(r"[^\W_]+")
_NOUN = re.compile(
    r"(?:[’']s)?,? (?:magazine|newspaper|paper|news ?wire|daily|weekly|tabloid|journal|website|web ?site|site|channel|television|TV|radio|broadcaster"
    r"|(?:state |official |press )?news agency|newswire|reporters?|correspondents?|Photo|photographers?)\b"
)
_TOLD = re.compile(r"(?:\b(?:told|citing|quoting|(?:interview|speaking) (?:to|with)|reported by|quoted by) (?:the )?|[(/])$")
_SAYS = re.compile(r" (?:reports?|reported|reporting|quoted|cited|learned|understands|has learned)\b|\)")
_PLACE = re.compile(
    r" (?:(?:[Pp]rovinc|[Rr]egion|[Cc]ount|[Cc]it|[Dd]istrict|[Ss]treet|[Aa]venue|[Rr]iver)(?:e|y|ies|s|al)?"
    r"|Island|University|Foundation|Philanthropies|Administration)\b"
)
_PERSON = re.compile(r"\b(?:Michael|Mike|Mr\.?|Mayor|Steve|Malcolm) $")
_PEOPLE = frozenset({"Bloomberg", "Forbes"})


def _bare(name: str) -> str:
    return name[4:] if name[:4] in ("The ", "the ") else name


def _key(name: str) -> str:
    return fold(name).removeprefix("the ")


@functools.cache
def outlets() -> tuple[Outlet, ...]:
    """All outlets and agencies, in the order of the file."""
    lines = resources.files(__package__).joinpath("outlets.tsv").read_text(encoding="utf-8").splitlines()
    return tuple(_outlet(line) for line in lines if line and not line.startswith("#"))


def _outlet(line: str) -> Outlet:
    name, kind, country, domains, aliases, short = line.split("\t")
    lists = [tuple(filter(None, field.split(";"))) for field in (aliases, short, domains)]
    return Outlet(name=name, kind="agency" if kind == "agency" else "outlet", aliases=lists[0], short=lists[1], domains=lists[2], country=country)


@functools.cache
def _domains() -> dict[str, Outlet]:
    return {domain: outlet for outlet in reversed(outlets()) for domain in outlet.domains}


def by_domain(host: str) -> Outlet | None:
    """The outlet of a host ("edition.cnn.com" is CNN's), the longest known domain first; None where it is not in the list."""
    labels = host.lower().strip(".").split(":")[0].split(".")
    return next((found for i in range(len(labels) - 1) if (found := _domains().get(".".join(labels[i:])))), None)


@functools.cache
def _names() -> dict[str, Outlet]:
    names: dict[str, Outlet] = {}
    for outlet in outlets():
        names.setdefault(_key(outlet.name), outlet)
    for outlet in outlets():
        for alias in outlet.aliases:
            names.setdefault(_key(alias), outlet)
    claims: dict[str, list[Outlet]] = {}
    for outlet in outlets():
        for short in outlet.short:
            claims.setdefault(_key(short), []).append(outlet)
    for key, owners in claims.items():
        if all(owner is owners[0] for owner in owners):
            names.setdefault(key, owners[0])
    return names


def by_name(name: str) -> Outlet | None:
    """The outlet of a name or alias, with or without "The"; of several of one name the first in the list.

    A short form counts where one outlet alone has it ("AP"), and gives None where several have ("the Times").
    """
    return _names().get(_key(name))


@functools.cache
def _forms() -> dict[str, list[_Form]]:
    """Every written form by its first word, the longest first."""
    forms: dict[str, dict[tuple[str, str, str], _Form]] = {}
    for outlet in outlets():
        for written in (outlet.name, *outlet.aliases, *outlet.short):
            words, need = _bare(written), "nothing"
            if written in outlet.short:
                need = "context"
            elif words != written and " " not in words and words not in outlet.aliases:
                need = "article"
            first = _TOKEN.search(words)
            if first is not None and first.start() == 0:
                form = _Form(words, outlet, need)  # type: ignore[arg-type]
                forms.setdefault(first[0], {}).setdefault((words, outlet.name, outlet.country), form)
    return {word: sorted(found.values(), key=lambda form: -len(form.words)) for word, found in forms.items()}


def find_outlets(text: str, regions: Sequence[Region] | None = None, *, known: Iterable[Outlet] = ()) -> list[tuple[Region, Outlet]]:
    """Every mention of an outlet in the regions (the whole text, if None), in order of place, the article "The" included.

    The longest form wins, matched by case and at word borders. Short forms ("the Times", "AP") count where an outlet that has
    them is in ``known`` or named in full in the text, or where the words round about show an outlet and one alone has the form.
    """
    spans = [(0, len(text))] if regions is None else list(regions)
    candidates = [(region, forms, _full(text, region, forms)) for start, end in spans for region, forms in _candidates(text, start, end)]
    meant = list(dict.fromkeys([*known, *(full[0].outlet for _, _, full in candidates if full)]))
    defined: dict[str, bool] = {}
    last: dict[str, Outlet] = {}
    hits: list[tuple[Region, Outlet]] = []
    for region, forms, full in sorted(candidates, key=lambda candidate: candidate[0]):
        words = text[slice(*region)]
        if full:
            named = next((form.outlet for form in full if form.outlet in meant), full[0].outlet)
            last.update({_bare(short): named for short in named.short})
            hits.append((_with_article(text, region), named))
            continue
        if words not in defined:
            defined[words] = _other_initials(text, words)
        if defined[words]:
            continue
        if (found := last.get(words) or next((form.outlet for form in forms if form.outlet in meant), None)) is None:
            found = forms[0].outlet if len({form.outlet.name for form in forms}) == 1 and _shown(text, region) else None
        elif not (words.isupper() or text[max(0, region[0] - 4) : region[0]] in ("The ", "the ")):
            found = None
        if found is not None:
            hits.append((_with_article(text, region), found))
    return hits


def _candidates(text: str, start: int, end: int) -> Iterator[tuple[Region, list[_Form]]]:
    table, after = _forms(), start
    for token in _TOKEN.finditer(text, start, end):
        forms = table.get(token[0])
        if forms is None or token.start() < after:
            continue
        at = token.start()
        fitting = [f for f in forms if text.startswith(f.words, at) and _ends(text, at + len(f.words)) and at + len(f.words) <= end]
        if not fitting or (at and (text[at - 1].isalnum() or text[at - 1] in "@_")):
            continue
        length = len(fitting[0].words)
        region = (at, at + length)
        yield region, [form for form in fitting if len(form.words) == length]
        after = region[1]


def _ends(text: str, at: int) -> bool:
    return at >= len(text) or not (text[at].isalnum() or text[at] == "_") or not text[at - 1].isalnum()


def _full(text: str, region: Region, forms: list[_Form]) -> list[_Form]:
    """The forms that are a name here by themselves or by the word beside them."""
    start, end = region
    if _PLACE.match(text, end) or (text[start:end] in _PEOPLE and _PERSON.search(text, max(0, start - 12), start)):
        return []
    noun = _NOUN.match(text, end) is not None
    article = text[max(0, start - 4) : start] in ("The ", "the ")
    return [form for form in forms if noun or form.need == "nothing" or (article and form.need == "article")]


def _shown(text: str, region: Region) -> bool:
    """True where the words round about capitals show an outlet: "told the AP", "(AP)", "AP reported"."""
    start, end = region
    return text[start:end].isupper() and bool(_TOLD.search(text, max(0, start - 30), start) or _SAYS.match(text, end))


def _other_initials(text: str, short: str) -> bool:
    """True where the text itself gives the short form to something else: "the Palestinian Authority (PA)"."""
    if not (short.isupper() and short.isalpha()):
        return False
    spelled = r"\W+".join(rf"{letter}[a-z]+" for letter in short)
    found = re.search(rf"\b({spelled})[ ,]+\(?(?:the )?{short}\b", text)
    return found is not None and by_name(found[1]) is None


def _with_article(text: str, region: Region) -> Region:
    start, end = region
    article = text[max(0, start - 4) : start] in ("The ", "the ") and (start < 5 or not text[start - 5].isalnum())
    return (start - 4, end) if article else region
