"""Outlets that no list has, by how a text introduces them: "the daily Delo Jutri", "the Severn Courier", "X reported, citing"."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

import msgspec

from ..lang import load
from ..text import fold
from ..types import Region
from .mentions import Words, words_of
from .searching import by_initial

if TYPE_CHECKING:
    from ..data.gazetteer import Outlet

__all__ = ["NAME", "introduced", "may_be_called"]

_CAPITAL = r"[^\W\d_a-zß-öø-ÿ]"
_REST = r"(?:&[A-Z])?[\w\-]*+(?:\.[a-z]{2,4}\b)?"
_CAP = _CAPITAL + _REST
_FURTHER = rf"(?:[ ](?:(?:of|de|del|du|da|do|di|la|le|el|al)[ ])?{_CAP}){{0,4}}"
_NAME = _CAP + _FURTHER
_FIRST = rf"{_CAPITAL}(?<!\w.){_REST}"
"""A word with a capital at the head of a pattern: that it begins there is asked behind its first letter, so that the search runs over all others."""
_FIRST_NAME = _FIRST + _FURTHER
NAME = _NAME
"""A run of capitalised words, as the names of outlets are: "La Hora del Sur", "Vesti24.rs"."""
_STOP = r"(?=\s*[,.;:”\"]|\s*$|\s(?:that|what|how|why|whether|in|on|after|during|by|the|it|he|she|they|as|who|shows?|says?|said|last|earlier)\b)"
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

_ARTICLES = ("La", "Le", "El", "Il", "Der", "Die", "Das", "De", "O", "Les", "Los")
_LEADING = ("La", "Le", "El", "Il", "O", "A", "Der", "Die", "Das")
_NUMBERED = ("Channel", "TV", "Canal", "Kanal", "Radio")
_REPORTS = (
    "reported",
    "reports",
    "wrote",
    "writes",
    "revealed",
    "reveals",
    "claimed",
    "claims",
    "published",
    "alleged",
    "learns",
    "learned",
    "understands",
)
_OTHERWISE = (
    "paper",
    "site",
    "network",
    "station",
    "outlet",
    "publication",
    "journal",
    "blog",
    "broadcast",
    "portal",
    "channel",
    "radio",
    "television",
)
"""Nouns of outlets that as often mean something else."""
_NEEDED = (
    ("citing ", "quoting ", "attributing ", "crediting ", "reference to ", "referring to "),
    (", citing ", ", quoting "),
    ("quoted ", "quotes "),
    (" said", " says", " reported", " wrote", " quoted", " learned"),
    (
        "told the ",
        "with the ",
        "citing the ",
        "quoting the ",
        "quoted by the ",
        "reported by the ",
        "published in the ",
        "published by the ",
        "according to the ",
    ),
    ("seen by ", "obtained by ", "viewed by ", "reviewed by "),
    ("quoted as saying by ", "quoted by "),
    (" reported", " reports"),
    (", citing ", ", quoting ", ", attributing ", ", crediting ", "reference to ", ", referring to "),
    (" learned ", " learnt "),
    ("ccording to ",),
    (", which ",),
    (" by ", " in ", " on ", " to "),
    (" in ",),
    ("editor", "correspondent", "reporter", "columnist", "newsroom", "front page", "readers"),
    ("affiliate ", "radio station ", "TV station ", "television station "),
    (" gathered", " can reveal", " can report", " can disclose"),
    (", citing ", ", quoting ", ", with reference to "),
    (", whom ",),
    (
        " carried a",
        " carried the ",
        " carried part ",
        " aired a",
        " aired the ",
        " broadcast a",
        " printed a",
        " printed the ",
        " ran a",
        " ran the ",
    ),
    (" in which ", " where "),
    ("which ", "that "),
    (" it has ", " it had ", " it holds "),
    (" translated", " picked up", " relayed", " reprinted", " republished", " rebroadcast", " read out"),
)
"""For each pattern of a context the words one of which it cannot do without."""
_CREDITING = "citing|quoting|attributing|crediting|with (?:a )?reference to|referring to"
_HEARD = (
    "quoted by", "cited by", "carried by", "published by", "broadcast by", "broadcast on", "aired by", "aired on", "obtained by", "seen by",
    "reviewed by", "viewed by", "leaked to", "quoted in", "cited in", "statement to", "comments to", "remarks to", "remarks on", "as reported by",
    "first reported by", "as quoted by", "as cited by", "appeared in", "appears in", "serialised by", "serialised in", "serialized in", "monitored by",
    "translated by", "picked up by", "reprinted in", "reprinted by", "excerpted in", "printed by", "shown on", "read out by", "passed to",
    "heard saying on", "disclosed to", "released to", "handed to", "relayed by", "distributed by", "syndicated by", "read out on", "printed in",
)  # fmt: skip
"""What is done by outlets and to them, hardly to people."""
_REGIONS = frozenset({"Scotland", "Wales", "Africa", "Asia", "Europe", "Arabia", "Arabic", "Türk", "Persian", "Afrique"})
_PLACE_BEHIND = re.compile(r" ([^\W\d_a-z][\w]+)(?=[,.;:”\"]|\s+(?:that|in|on)\b|$)")
_AFFILIATE = re.compile(r" (?:affiliate|station|partner|subsidiary) (?=[^\W\d_a-z])")


def may_be_called(noun: str, name: str, kind: str) -> bool:
    """False where an outlet's kind or name speaks against a noun: an agency is no newspaper, a radio no daily."""
    if noun in _PRINTED:
        return kind != "agency" and not _AIR_NAME.search(name)
    return noun not in _AIRED or (kind != "agency" and not _PRINT_NAME.search(name))


class _Patterns(NamedTuple):
    """Each has the name as its first group; ``by_form`` stands by its own words, ``by_context`` needs a name that is nobody else's."""

    by_noun: re.Pattern[str]
    before_noun: re.Pattern[str]
    apposed: re.Pattern[str]
    by_form: re.Pattern[str]
    by_context: tuple[re.Pattern[str], ...]
    reporter: re.Pattern[str]
    pointed: re.Pattern[str]
    dateline: re.Pattern[str]
    tails: frozenset[str]


def _headed(words: Sequence[str]) -> str:
    """The words behind their first letters, for a pattern that has read a capital."""
    return "|".join(f"(?<={re.escape(w[0])}){re.escape(w[1:])}" for w in sorted(words, key=len, reverse=True))


def _longest_first(words: Sequence[str]) -> list[str]:
    return [re.escape(w) for w in sorted(words, key=len, reverse=True)]


def _either(words: Sequence[str]) -> str:
    return "|".join(_longest_first(words))


@functools.cache
def _patterns(language: str = "en") -> _Patterns | None:
    names = load(language, "names").get("outlets", {})
    if "introducing" not in names:
        return None
    nouns = by_initial(_longest_first(names["introducing"]))
    strong = [s for s in names.get("suffixes", []) if s not in names.get("weak", [])]
    weak = _either(names.get("weak", ["\0"]))
    heads = names.get("prefixes", ["\0"])
    when = r"(?: (?:on|late|early|earlier|last|this)(?: [\w]+){1,3})?"
    reporter = rf"({_FIRST_NAME})"
    reports = rf"(?:has |had |later |also )*(?:{by_initial(_longest_first(_REPORTS))})\b"
    return _Patterns(
        by_noun=re.compile(rf"\b(?:{nouns})(?:,? (?:called|named))? ({_NAME})|\b(?:{nouns}), ({_NAME}),"),
        before_noun=re.compile(rf"({_FIRST_NAME}) (?:{nouns})\b(?! [^\W\d_a-z])"),
        apposed=re.compile(rf"({_FIRST_NAME}), (?:an?|the) (?:[\w’'\-]+ ){{0,4}}(?:{nouns})\b"),
        by_form=re.compile(
            rf"({_CAPITAL}(?<!\w.)(?:{_REST} (?:{_CAP} ){{0,3}}(?:{_either(strong)})\b"
            rf"|(?:(?:{_headed(_LEADING)}) (?:{_either(heads)})|{_headed(heads)}) {_CAP}(?: {_CAP}){{0,2}}"
            rf"|(?:{_headed(_NUMBERED)}) ?(?P<number>\d{{1,2}})\b))"
        ),
        by_context=(
            re.compile(
                rf"{reporter}(?: has| had)?(?: also| later)? (?:reported|reports|wrote|writes|revealed|reveals|says|said){when},? (?:{_CREDITING})\b"
            ),
            re.compile(rf"{reporter}, (?:citing|quoting) [^,.]{{3,80}}, (?:also )?(?:said|reported|wrote|says|reports|writes)\b"),
            re.compile(rf"{reporter} (?:has |had |also )*quot(?:ed|es) [^.“\"]{{3,90}}? as (?:saying|telling)\b"),
            re.compile(rf"({_FIRST} (?:{_CAP} ){{0,2}}(?:{weak}))(?: has| had)? (?:said|says|reported|wrote|quoted|learned)\b"),
            re.compile(
                rf"\b(?:told|with|citing|quoting|quoted by|reported by|published (?:in|by)|according to) the ((?:{_CAP} ){{1,3}}(?:{weak}))\b"
            ),
            re.compile(rf"\b(?:seen|obtained|viewed|reviewed) by (?:the )?({_NAME})"),
            re.compile(rf"\bquoted (?:as saying )?by (?:the )?({_NAME})"),
            re.compile(rf"[,”\"] (?:the )?({_NAME}) (?:has |had )?(?:reported|reports){when}[.,]"),
            re.compile(
                rf"{reporter}(?: has| had)?(?: also| later)? (?:reported|reports|wrote|writes|said|says|revealed)"
                rf"{when} that [^.“”\"]{{3,200}}, (?:{_CREDITING})\b"
            ),
            re.compile(rf"{reporter} (?:has |had )?learn(?:ed|t)(?: on \w+)? from\b"),
            re.compile(rf"\b[Aa]ccording to (?:the )?({_NAME}),? (?:which|citing|quoting)\b"),
            re.compile(
                rf"{reporter}, which (?:has |had |also |first )*"
                r"(?:obtained|seen|saw|broke|reported|published|cited|quoted|reviewed|said it|spoke to|interviewed)\b"
            ),
            re.compile(rf"\b(?:{by_initial(_longest_first(_HEARD))}) (?:the )?({_NAME}){_STOP}"),
            re.compile(rf"\b(?:wrote|writes|writing|published) in (?:the )?({_NAME} (?:(?:of|de|del|du|da|do|di) )?{_CAP}){_STOP}"),
            re.compile(rf"({_FIRST_NAME})['’]s (?:[\w\-]+ ){{0,3}}?(?:editor|correspondent|reporter|columnist|newsroom|front page|readers)\b"),
            re.compile(rf"\b(?:affiliate|radio station|TV station|television station) ({_NAME})"),
            re.compile(rf", (?:the )?({_NAME}) (?:has gathered|gathered|can reveal|can report|can disclose)\b"),
            re.compile(rf"\((?:the )?({_NAME}), (?:citing|quoting|with reference to) "),
            re.compile(rf", whom (?:the )?({_NAME}) (?:has |had )?(?:interviewed|quoted|contacted|reached|cited|spoke to|talked to)\b"),
            re.compile(
                rf"{reporter} (?:has |had |later |also )*(?:carried|aired|broadcast|printed|ran) (?:an?|the|part of an?|extracts? from an?) (?:[\w-]+ ){{0,3}}?"
                r"(?:statement|letter|interview|report|story|article|account|recording|video|clip|photograph|photo|picture)s?\b"
            ),
            re.compile(
                rf"{reporter} (?:has |had |later |also )*(?:obtained|published|posted|released|seen|played|aired|printed) (?:an?|the) (?:[\w-]+ ){{0,3}}?"
                r"(?:in which|where)\b"
            ),
            re.compile(
                rf"\b(?:which|that) (?:the )?({_NAME}) (?:(?:has|had|later|also|first|was able to) )*"
                r"(?:published|printed|carried|aired|broadcast|translated|quoted|interviewed|obtained|posted|reviewed|acquaint|seen)\b"
            ),
            re.compile(rf"{reporter} (?:has |had )?(?:said|says|reported|reports|wrote|writes) (?:that )?it (?:has |had )?(?:obtained|seen|holds|reviewed|viewed|spoken)\b"),
            re.compile(
                rf"\band (?:the )?({_NAME}) (?:(?:has|had|later|also|then) )*(?:translated|picked up|relayed|reprinted|republished|rebroadcast|read out)\b"
            ),
        ),
        reporter=re.compile(
            rf"({_CAPITAL}(?:(?<=[,”\".!?] .)|(?<=^.))(?:{_REST}{_FURTHER}(?= {reports})|(?:{_headed(_ARTICLES)}) {_NAME}(?= (?:says|said)\b)))"
            rf" (?:{reports}|(?:says|said)\b)",
            re.MULTILINE,
        ),
        pointed=re.compile(
            rf"\b[Tt]he (?:{_either([x for x in names.get('nouns', []) if x not in _OTHERWISE])})\b(?! [^\W\d_a-z])"
            rf"|\b(?:told|telling) the (?:{_either(_OTHERWISE)})\b"
            rf"|\b[Tt]he (?:{_either(_OTHERWISE)}) (?:said|says|wrote|writes|added|adds|reported|quoted|noted)\b"
        ),
        dateline=re.compile(
            rf"^[^\W\d_a-z][^(),\n]{{1,40}}, ?[^()\n]{{2,30}}\((?P<name>{_NAME})\)\s*[-–—]"
            rf"|^[^\W\d_a-z]{{2}}[^(),\n]{{1,40}}\((?P<short>[A-Z]{{3,6}})\)\s*[-–—]",
            re.MULTILINE,
        ),
        tails=frozenset(names.get("suffixes", [])),
    )


class _Name(NamedTuple):
    words: str
    kind: Literal["outlet", "agency"]


def _is_agency(words: str, around: str) -> bool:
    low = around.lower()
    return (
        words.split()[0] in ("Agence", "Agencia", "Agenzia") or words.endswith("Agency") or " agency" in low or "wire" in low or "news service" in low
    )


def _trimmed(words: str, w: Words) -> str:
    words = _DAYS.sub("", words.strip())
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


def _names(text: str, p: _Patterns, people: dict[str, tuple[int, str]]) -> Iterator[_Name]:
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
    for pattern, needed in zip(p.by_context, _NEEDED, strict=True):
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

    p = _patterns()
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
    known = [_edition(text, x) for x in known]
    find = re.compile(rf"(?<!\w)(?:[Tt]he )?(?:{_either(list(forms))})(?![\w])(?! (?:of|de|del|du) [A-Z])")
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
    return [m.span() for m in re.finditer(rf"(?<!\w)(?:[Tt]he )?(?:{_either(tails)})(?!\w)", text)] if tails else []


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
