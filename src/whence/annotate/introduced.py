"""Outlets that no list has, by how a text introduces them: "the daily Delo Jutri", "the Severn Courier", "X reported, citing"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

import msgspec

from .. import expressions as re
from ..text import fold
from ..types import Region
from .introduced_patterns import NAME, NEEDED, Patterns, either, patterns
from .mentions import Words, words_of

if TYPE_CHECKING:
    from ..data.gazetteer import Outlet

__all__ = ["NAME", "introduced", "may_be_called"]

_SHORT_FORM = re.compile(r"(?<!\S)\(([A-Z][A-Za-z]{1,6})\)")
_SHORTEN = 12
"""Characters behind a name in which its short form stands in brackets."""
_LATER = 400
"""Characters within which "the weekly" says what the name before it is; most names that are looked for again."""
_DAYS = re.compile(
    r"(?:\s+(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"|January|February|March|April|May|June|July|August|September|October|November|December))+$"
)
_DEMONYM = re.compile(r"(?:ian|ean|ish|ese|can|aeli|aqi|stani|pine|French|Dutch|German|Swiss|Czech|Greek|Kazakh|Thai|Saudi)$")
_ARTICLE = re.compile(r"^(?:The|A|An|On|In|At|But|And|When|While|As|After|Meanwhile|However|According to)\s+(?=\S)")
_PRINTED = frozenset({"newspaper", "paper", "daily", "weekly", "magazine", "tabloid", "broadsheet", "journal"})
_AIRED = frozenset({"broadcaster", "channel", "station", "network", "radio", "television"})
_PRINT_NAME = re.compile(r"\b(?:Times|Herald|Tribune|Gazette|Chronicle|Journal|Telegraph|Courier|Mail|Daily|Weekly|Magazine|Shimbun|Zeitung)\b")
_AIR_NAME = re.compile(r"\b(?:Radio|TV|Television|FM|Broadcasting|BBC|CNN|NBC|CBS|Fox|Sky)\b")

_REGIONS = frozenset({"Scotland", "Wales", "Africa", "Asia", "Europe", "Arabia", "Arabic", "Türk", "Persian", "Afrique"})
_PLACE_BEHIND = re.compile(r" ([^\W\d_a-z][\w]+)(?=[,.;:”\"]|\s+(?:that|in|on)\b|$)")
_AFFILIATE = re.compile(r" (?:affiliate|station|partner|subsidiary) (?=[^\W\d_a-z])")


def may_be_called(noun: str, name: str, kind: str) -> bool:
    """False where an outlet's kind or name speaks against a noun: an agency is no newspaper, a radio no daily."""
    if noun in _PRINTED:
        return kind != "agency" and not _AIR_NAME.search(name)
    return noun not in _AIRED or (kind != "agency" and not _PRINT_NAME.search(name))


class _Name(NamedTuple):
    words: str
    kind: Literal["outlet", "agency"]


def _is_agency(words: str, around: str) -> bool:
    low = around.lower()
    return (
        words.split()[0] in ("Agence", "Agencia", "Agenzia") or words.endswith("Agency") or " agency" in low or "wire" in low or "news service" in low
    )


def _trimmed(words: str, w: Words) -> str:
    words = _DAYS.sub("", f" {words.strip()}").strip()  # a day alone is no name either
    while (m := _ARTICLE.match(words)) is not None:
        words = words[m.end() :]
    return words if words not in w.known and words not in w.places else ""


def _nobody_else(name: str, w: Words, people: dict[str, tuple[int, str]], tails: frozenset[str] = frozenset()) -> bool:
    """True where a name in a reporter's place is no body and no person of the text."""
    parts = name.split()
    last = parts[-1].lower()
    called = len(parts) > 1 and parts[-1] in tails
    titled = any(p.lower().rstrip(".") in w.titles or p.lower() in w.one for p in (parts[:-1] if called else parts))
    if titled or last in w.body_nouns | w.bodies or last in w.several:
        return False
    full = people.get(fold(parts[-1]))
    return full is None or fold(full[1]) == fold(name) or len(parts) > 2


def _names(text: str, p: Patterns, people: dict[str, tuple[int, str]]) -> Iterator[_Name]:
    w = words_of()
    for m in p.by_noun.finditer(text):
        if name := _trimmed(m.group(1) or m.group(2), w):
            yield _Name(name, "agency" if _is_agency(name, m.group().split(name)[0]) else "outlet")
    for m in p.before_noun.finditer(text):
        name = _trimmed(m.group(1), w)
        last = name.split()[-1] if name else ""
        single = " " not in name and "-" not in name and not (name.isupper() and len(name) > 2) and not m.group().endswith(" agency")
        if name and not _DEMONYM.search(last) and not single and not name.endswith("-based"):
            yield _Name(name, "agency" if _is_agency(name, m.group()) else "outlet")
    for m in p.apposed.finditer(text):
        if name := _trimmed(m.group(1), w):
            yield _Name(name, "agency" if _is_agency(name, m.group()) else "outlet")
    for m in p.by_form.finditer(text):
        name = _trimmed(m.group(1), w)
        if " " in name or m.group("number"):
            yield _Name(name, "agency" if _is_agency(name, "") else "outlet")
    for m in p.reporter.finditer(text):
        name = _trimmed(m.group(1), w)
        if len(name) > 2 and _nobody_else(name, w, people) and p.pointed.search(text, m.end(), m.end() + _LATER):
            yield _Name(name, "outlet")
    for m in p.dateline.finditer(text):
        name = _trimmed(m.group("name") or m.group("short"), w)
        if len(name) > 2 and _nobody_else(name, w, people):
            yield _Name(name, "agency")
    for pattern, needed in zip(p.by_context, NEEDED, strict=True):
        if not any(x in text for x in needed):
            continue
        for m in pattern.finditer(text):
            name = _trimmed(m.group(1), w)
            if _DEMONYM.search(name) and " " not in name and text[m.end(1) + 1 : m.end(1) + 2].islower():
                continue
            if name and len(name) > 2 and _nobody_else(name, w, people, p.tails):
                yield _Name(name, "agency" if _is_agency(name, "") else "outlet")


def introduced(text: str, known: Sequence[tuple[Region, Outlet]], own: str, people: dict[str, tuple[int, str]]) -> list[tuple[Region, Outlet]]:
    """The outlets of the list that stand in a text together with those that the text itself introduces, in order of place.

    A name once introduced counts wherever it stands again, with its last word alone after "the" ("the Courier") where that is an outlet's word.
    ``own`` is the report's own outlet: its name is none. ``people`` are the fullest names by surname.
    """
    from ..data.gazetteer import Outlet, by_name

    p = patterns()
    if p is None:
        return list(known)
    mine = set(fold(own).removeprefix("the ").split())
    kinds: dict[str, Literal["outlet", "agency"]] = {}
    for name in _names(text, p, people):
        parts = fold(name.words).removeprefix("the ").split()
        if parts and not set(parts) <= mine and len(kinds) < _LATER:
            kinds[name.words] = "agency" if "agency" in (name.kind, kinds.get(name.words)) else "outlet"
    capitals = {w: o for r, o in known if (w := text[slice(*r)].removeprefix("the ").removeprefix("The ")).isupper() and len(w) > 1}
    if not kinds and not capitals:
        return [_edition(text, x) for x in known]
    made = {n: by_name(n) or Outlet(name=_titled(text, n), kind=k, aliases=(), short=(), domains=(), country="") for n, k in kinds.items()}
    forms: dict[str, Outlet] = {**capitals, **made}
    for n, outlet in made.items():
        last = n.split()[-1]
        if " " in n and (last in p.tails) and fold(last) not in mine:
            forms.setdefault(f"the {last}", outlet)
            forms.setdefault(f"The {last}", outlet)
        if (short := _SHORT_FORM.search(text, text.find(n) + len(n), text.find(n) + len(n) + _SHORTEN)) is not None:
            forms.setdefault(short.group(1), outlet)
    known = [_edition(text, x) for x in known]
    find = re.compile(rf"(?<!\w)(?:[Tt]he )?(?:{either(list(forms))})(?![\w])(?! (?:of|de|del|du) [A-Z])")
    hits = [((m.start(), m.end()), forms.get(m.group()) or forms[m.group()[4:]]) for m in find.finditer(text)]
    mine_here = _own_in(text, own)
    known = [x for x in known if not any(r[0] <= x[0][0] and x[0][1] < r[1] for r in mine_here)]
    kept = [x for x in known if not any(r[0] <= x[0][0] + 4 and x[0][1] <= r[1] for r, _ in hits) and not _of_affiliate(text, x[0], hits)]
    kept = [(r, _meant(text[slice(*r)], o, known, hits)) for r, o in kept]
    hits = [x for x in hits if not _of_affiliate(text, x[0], hits)]
    free = [x for x in hits if not any(r[0] < x[0][1] and x[0][0] < r[1] for r, _ in kept)]
    return sorted([*kept, *free], key=lambda x: x[0])


def _edition(text: str, found: tuple[Region, Outlet]) -> tuple[Region, Outlet]:
    """A listed outlet together with the country whose edition it is ("Forbes Kazakhstan"), where the name ends with it."""
    (start, end), outlet = found
    place = _PLACE_BEHIND.match(text, end)
    if place is None or place.group(1) not in words_of().places | _REGIONS or " " in text[start:end].removeprefix("the "):
        return found
    return (start, place.end(1)), msgspec.structs.replace(
        outlet, name=text[start : place.end(1)].removeprefix("the "), aliases=(), short=(), domains=()
    )


def _own_in(text: str, own: str) -> list[Region]:
    """Where the report's own outlet stands by the last words of its name ("the Independent Star" in the Maldives Independent Star)."""
    parts = own.split()
    tails = [" ".join(parts[i:]) for i in range(1, len(parts) - 1)]
    return [m.span() for m in re.finditer(rf"(?<!\w)(?:[Tt]he )?(?:{either(tails)})(?!\w)", text)] if tails else []


def _meant(words: str, outlet: Outlet, known: Sequence[tuple[Region, Outlet]], hits: Sequence[tuple[Region, Outlet]]) -> Outlet:
    """What a form of a listed outlet means where the text has introduced another whose name holds it ("Folha" after "Folha do Porto")."""
    within = (new for r, o in known if o == outlet for q, new in hits if q[0] <= r[0] and r[1] <= q[1] and words in new.name)
    return next(within, outlet)


def _titled(text: str, name: str) -> str:
    """A name with the article that is its own: "The" where it never stands with a small one."""
    return f"The {name}" if f"The {name}" in text and f"the {name}" not in text else name


def _of_affiliate(text: str, region: Region, hits: Sequence[tuple[Region, Outlet]]) -> bool:
    """True for "CNN" in "CNN affiliate KXRW": the station reports, not the network."""
    m = _AFFILIATE.match(text, region[1])
    return m is not None and any(r[0] == m.end() for r, _ in hits)
