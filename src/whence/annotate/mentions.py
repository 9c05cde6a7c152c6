"""What a source phrase says by itself: a name, a role, a body, a document, a pronoun. Nothing here looks at the rest of the text."""

from __future__ import annotations

import functools
from typing import NamedTuple

from .. import expressions as re
from ..lang import load
from ..types import PartyKind, Unnamed
from .cues import word_set

__all__ = ["Mention", "Words", "describe", "singular", "strip_titles", "words_of"]

_WORD = re.compile(r"(?:[A-Z]\.){2,}|[^\W_]+(?:[.'’\-&/][^\W_]+)*\.?|[,();:“”\"]")
_PARTICLE = word_set("particle")
_PREPOSITION = word_set("preposition")
_REMEMBERED = 8192
"""Different phrases whose reading is kept: most sources of a day are named again and again."""
_ASIDE = re.compile(
    r"(?<=\w),? (?:himself|herself|itself|themselves|today|yesterday|tonight|(?:earlier )?this (?:week|month|year|morning|afternoon|evening)"
    r"|last (?:week|month|year|night)|(?:(?:late|early) )?on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|in (?:19|20)\d\d)$"
)
"""What ends a source phrase and is no part of who it is: that it was he himself, and when he spoke."""
_ACRONYM = re.compile(r"\(([A-Z][A-Za-z.&\-]{1,9})\)")


class Words(NamedTuple):
    """The tables of a language as sets."""

    pronouns: dict[str, str]
    titles: dict[str, str]
    body_nouns: frozenset[str]
    bodies: frozenset[str]
    strict_bodies: frozenset[str]
    known: frozenset[str]
    places: frozenset[str]
    outlet_nouns: frozenset[str]
    agency_nouns: frozenset[str]
    outlet_suffixes: frozenset[str]
    outlet_weak: frozenset[str]
    one: frozenset[str]
    several: frozenset[str]
    seniority: tuple[str, ...]
    public: frozenset[str]
    strict_public: frozenset[str]
    documents: frozenset[str]
    issued: frozenset[str]
    reasons: tuple[str, ...]


@functools.cache
def words_of(language: str = "en") -> Words:
    """The name and role tables of a language."""
    names, roles = load(language, "names"), load(language, "roles")

    def of(table: dict[str, dict[str, list[str]]], room: str, key: str) -> frozenset[str]:
        return frozenset(table.get(room, {}).get(key, []))

    one = of(roles, "unnamed", "one")
    pronouns = {w: kind for kind, ws in names.get("pronouns", {}).items() for w in ws}
    titles = {w: kind for kind in ("any", "he", "she") for w in names.get("honorifics", {}).get(kind, [])}
    return Words(
        pronouns=pronouns,
        titles=titles,
        body_nouns=of(names, "bodies", "nouns"),
        bodies=of(roles, "bodies", "nouns"),
        strict_bodies=of(roles, "bodies", "strict"),
        known=of(names, "bodies", "known"),
        places=of(names, "bodies", "places"),
        outlet_nouns=of(names, "outlets", "nouns"),
        agency_nouns=of(names, "outlets", "agencies"),
        outlet_suffixes=of(names, "outlets", "suffixes"),
        outlet_weak=of(names, "outlets", "weak"),
        one=one,
        several=of(roles, "unnamed", "several") | {w + "s" for w in one},
        seniority=tuple(roles.get("seniority", {}).get("words", [])),
        public=of(roles, "public", "nouns"),
        strict_public=of(roles, "public", "strict"),
        documents=of(roles, "documents", "nouns"),
        issued=of(roles, "documents", "issued"),
        reasons=tuple(roles.get("reasons", {}).get("patterns", [])),
    )


class Mention(NamedTuple):
    """One phrase read: its kind, the name in it, other forms, the role nouns, and whether it points back to somebody."""

    kind: PartyKind
    name: str
    phrase: str
    aliases: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    pronoun: str = ""
    definite: bool = False
    plural: bool = False
    gender: str = ""
    issuer: str = ""
    unnamed: Unnamed | None = None


def singular(word: str) -> str:
    """The singular of a role noun, as far as a rule can tell."""
    for tail, instead in (("men", "man"), ("ies", "y"), ("sses", "ss"), ("ches", "ch"), ("people", "person")):
        if word.endswith(tail):
            return word[: -len(tail)] + instead
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


_OFFICES = word_set("offices")
_PEOPLE = re.compile(r"(?:ian|ese|ish|ean|israeli|american|iraqi|pakistani|german|french|kazakh|turkish|russian|saudi|greek|dutch)$", re.IGNORECASE)


def strip_titles(parts: list[str], w: Words) -> tuple[list[str], list[str]]:
    """A capitalised run as (titles and roles before the name, the name)."""
    cut = 0
    for i, p in enumerate(parts[:-1]):
        low = p.lower().rstrip(".")
        if low in w.titles or low in w.one or low in w.body_nouns or low.endswith(("minister", "-general")) or p.endswith(("'s", "’s")):
            cut = i + 1
    name = parts[cut:]
    while len(name) > 1 and len(name[0]) > 4 and _PEOPLE.search(name[0]) and cut:
        name = name[1:]
    return parts[: len(parts) - len(name)], name


_AT_OF = re.compile(r"\s(?:of|from|at|with|in|for)\s")


def _main(phrase: str) -> tuple[str, str]:
    """A phrase as (the part before its first comma, the rest)."""
    m = re.search(r",\s", phrase)
    return (phrase[: m.start()], phrase[m.end() :]) if m else (phrase, "")


@functools.lru_cache(maxsize=_REMEMBERED)
def describe(phrase: str) -> Mention:
    """Reads one source phrase."""
    w = words_of()
    phrase = _ASIDE.sub("", " ".join(phrase.split()).strip(' ,;:–—-"“”'))
    low = phrase.lower()
    if low in w.pronouns:
        return Mention("unnamed", phrase, phrase, pronoun=w.pronouns[low], definite=True, plural=w.pronouns[low] == "they")
    acronyms = tuple(_ACRONYM.findall(phrase))
    main, rest = _main(_ACRONYM.sub("", phrase).replace("  ", " ").strip())
    got = _read(main, phrase, w, acronyms)
    cut = _AT_OF.search(main)
    if cut and got.kind == "organisation" and cut.start() > 3:
        left = _read(main[: cut.start()], phrase, w, acronyms)
        titled = bool(left.heads) or main.split()[0].lower().rstrip(".") in w.titles
        if left.kind == "person" and (len(left.name.split()) > 1 or titled):
            got = left
    if rest:
        extra = _read(_main(rest)[0], phrase, w, ())
        described = got.kind == "unnamed" or ((main.split()[0].lower() in _OWNING or "’s " in main or "'s " in main) and len(extra.name.split()) > 1)
        if got.kind != "person" and extra.kind == "person" and described and not got.pronoun:
            return extra._replace(heads=(*got.heads, *extra.heads), phrase=phrase, gender=extra.gender or got.gender)
        if got.kind == "person":
            return got._replace(heads=(*got.heads, *_heads(rest, w)), gender=got.gender or _gender(rest))
        if (
            got.kind == "organisation"
            and len(got.name.split()) in (1, 2, 3)
            and not main.lower().startswith("the ")
            and set(_heads(rest, w)) & w.one
            and got.name not in w.known | w.places
        ):
            return got._replace(kind="person", heads=_heads(rest, w))
    return got


_OWNING = word_set("owning")


def _heads(text: str, w: Words) -> tuple[str, ...]:
    return tuple(dict.fromkeys(t for t in (p.lower() for p in _WORD.findall(text)) if t in w.one or t in w.strict_bodies))[:4]


def _gender(text: str) -> str:
    low = f" {text.lower()} "
    if re.search(r"(?:woman|wife|mother|daughter|sister|widow|actress|queen|girl) ", low):
        return "she"
    return "he" if re.search(r"(?:spokesman|chairman|congressman|husband|father|son|brother|widower|actor|king|policeman|boy| man) ", low) else ""


def _read(main: str, phrase: str, w: Words, acronyms: tuple[str, ...]) -> Mention:
    parts = [p for p in _WORD.findall(main) if p[0].isalnum()]
    if not parts:
        return Mention("unnamed", phrase or "unnamed", phrase)
    definite = parts[0].lower() in ("the", "this", "that", "these", "those", "his", "her", "their", "its", "both")
    words = (
        parts[1:]
        if parts[0].lower() in ("the", "a", "an", "this", "that", "these", "those", "both", "another", "some", "one") and len(parts) > 1
        else parts
    )
    tail = _tail_run(words, w)
    if tail:
        named = _named(words, tail, main, phrase, w, acronyms, definite)
        if named is not None:
            return named
    return _common(words, main, phrase, w, acronyms, definite)


def _tail_run(words: list[str], w: Words) -> list[str]:
    """The capitalised run that ends a phrase, particles inside it included."""
    i = len(words)
    while i > 0 and (
        words[i - 1][0].isupper() or (words[i - 1].lower().split("-")[0] in _PARTICLE and i > 1 and (i < len(words) or "-" in words[i - 1]))
    ):
        i -= 1
    while i < len(words) and not words[i][0].isupper() and not words[i].lower().startswith(("al-", "el-")):
        i += 1
    return words[i:]


def _named(words: list[str], tail: list[str], main: str, phrase: str, w: Words, acronyms: tuple[str, ...], definite: bool) -> Mention | None:
    lead = [x.lower() for x in words[: len(words) - len(tail)]]
    joined = " ".join(tail)
    if (outlet := _outlet_name(lead, tail, main, w)) is not None:
        return Mention(outlet, joined if lead else (main[4:] if main[:4].lower() == "the " and main[:3] != "The" else main), phrase, acronyms)
    if len(words) > len(tail) and " of " in main and _outlet_name([], words, main, w) == "outlet":
        return Mention("outlet", main, phrase, acronyms)
    office = next((n for n, x in enumerate(lead) if x in ("of", "to", "for")), None)
    if office is not None and any(x in w.titles or x in w.one for x in lead[:office]) and len(tail) > 2:
        skip = next((n for n, x in enumerate(tail) if x.lower() not in _OFFICES and x not in w.places), 0)
        if 0 < skip <= len(tail) - 2:
            return Mention("person", " ".join(tail[skip:]), phrase, acronyms, heads=_heads(" ".join(lead), w))
    head_at = next((n for n, x in enumerate(lead) if x in _PREPOSITION), None)
    if head_at is not None and not (lead and lead[-1] in w.one):
        return None
    if (
        joined in w.known
        or joined in w.places
        or tail[-1].lower().rstrip(".") in w.body_nouns
        or (joined.upper() == joined and len(joined) > 1 and len(tail) == 1 and not lead)
    ):
        return Mention("organisation", _proper(main, lead, joined), phrase, acronyms, heads=_heads(main, w), definite=definite)
    titles, name = strip_titles(tail, w)
    role = bool(titles) or bool(lead and (lead[-1] in w.one or lead[-1] in w.titles))
    if (
        len(tail) == 1
        and not lead
        and tail[0].lower() in w.one | w.several | w.strict_bodies | w.public | w.documents | w.outlet_nouns | w.agency_nouns
    ):
        return None
    if " of " in main and not role and len(name) < 2:
        return Mention("organisation", main, phrase, acronyms, heads=_heads(main, w), definite=definite)
    if not role and (definite or main.lower().startswith("the ")):
        return Mention("organisation", _proper(main, lead, joined), phrase, acronyms, heads=_heads(main, w), definite=True)
    if role and len(tail) and tail[-1].lower() in w.one and not lead:
        return None
    if " and " in f" {' '.join(lead)} " and not role:
        return Mention("organisation", main, phrase, acronyms, plural=True)
    gender = next((w.titles[t.lower().rstrip(".")] for t in titles if w.titles.get(t.lower().rstrip(".")) in ("he", "she")), "") or _gender(
        " ".join([*lead, *titles]) + " "
    )
    return Mention("person", " ".join(name), phrase, acronyms, heads=_heads(" ".join([*lead, *titles]), w), gender=gender)


def _outlet_name(lead: list[str], tail: list[str], main: str, w: Words) -> PartyKind | None:
    """The kind of outlet that a capitalised run is by its words ("The Times of Norrland", "the daily Delo Jutri"); None where it is none."""
    if lead and lead[-1] in w.outlet_nouns and lead[-1] not in ("site", "network", "station", "publication"):
        return "outlet"
    if len(lead) > 1 and lead[-1] in w.agency_nouns and lead[-2] in ("news", "press", "information"):
        return "agency"
    if lead:
        return None
    last = tail[-1]
    if tail[-2:] == ["News", "Agency"] or tail[-2:] == ["Press", "Agency"]:
        return "agency"
    if last in w.outlet_suffixes and (last not in w.outlet_weak or len(tail) > 1) and (len(tail) > 1 or main.lower().startswith("the ")):
        return "outlet"
    if len(tail) > 1 and (tail[0] == "Channel" or {"Radio", "TV", "Television"} & set(tail)):
        return "outlet"
    if " of " in main and tail and any(x in w.outlet_suffixes and x not in w.outlet_weak for x in main.split(" of ")[0].split()[-1:]):
        return "outlet"
    return None


def _proper(main: str, lead: list[str], joined: str) -> str:
    return main[4:] if main.lower().startswith("the ") else main


_DEMONYM = re.compile(r"(?:ian|ean|ish|ese|can|aeli|aqi|stani|pine|French|Dutch|German|Swiss|Czech|Greek|Kazakh|Thai|Saudi|-based|'s|’s)$")


def _called(words: list[str], w: Words) -> str:
    """The name that a news agency has before its noun: "Anka" in "the Anka news agency"; empty for "the Turkish news agency"."""
    name = [x for x in words[:-1] if x[0].isupper()]
    return "" if not name or any(x in w.places or _DEMONYM.search(x) for x in name) else " ".join(name)


def _common(words: list[str], main: str, phrase: str, w: Words, acronyms: tuple[str, ...], definite: bool) -> Mention:
    lows = [x.lower() for x in words]
    cut = next((n for n, x in enumerate(lows) if x in _PREPOSITION and n > 0), len(lows))
    head = lows[cut - 1]
    if head.endswith(("'s", "’s")):
        head = head[:-2]
    if head == "and" and cut > 1:
        head = lows[cut - 2]
    bare = definite and cut == len(lows)
    name = main
    plural = (head in w.several or head in w.public or head.endswith("s")) and not head.endswith("ss")
    heads = (singular(head) if plural else head, *(x for x in lows[: cut - 1] if x in w.one))
    if head in w.documents or singular(head) in w.documents:
        issuer = None
        if head in w.issued:
            issuer = re.search(r"\b(?:by|from|issued by|of)\s+(?:the\s+)?(\w.*)$", main) or re.match(r"(.+?)['’]s?\s+(?:\w+\s+)*\w+$", main)
        return Mention(
            "document",
            name,
            phrase,
            acronyms,
            heads=(head, *(x for x in lows[cut:] if x in w.documents)),
            definite=bare,
            issuer=issuer.group(1) if issuer else "",
        )
    if head in w.outlet_nouns or (head in w.agency_nouns and any(x in ("news", "press", "wire", "state", "information") for x in lows)):
        called = _called(words, w) if head in w.agency_nouns else ""
        return Mention(
            "agency" if head in w.agency_nouns else "outlet", called or name, phrase, acronyms, heads=(head,), definite=bare and not called
        )
    if head in w.strict_public and (head != "people" or cut == len(lows) == 1):
        return Mention("public", name, phrase, acronyms, heads=heads, definite=bare, plural=True)
    if (head in w.one or head in w.several) and head not in w.strict_bodies:
        return Mention(
            "unnamed",
            name,
            phrase,
            acronyms,
            heads=heads,
            definite=bare,
            plural=plural,
            gender=_gender(main + " "),
            unnamed=_unnamed(main, phrase, lows, head, plural, w),
        )
    if head in w.bodies or head in w.body_nouns:
        return Mention(
            "organisation",
            name[4:] if name.lower().startswith("the ") and len(lows) > 1 else name,
            phrase,
            acronyms,
            heads=(head,),
            definite=bare,
            plural=plural,
        )
    if head in w.public:
        return Mention("public", name, phrase, acronyms, heads=heads, definite=bare, plural=True)
    if any(x[0].isupper() for x in words[:cut]):
        return Mention("organisation", name, phrase, acronyms, heads=(head,), definite=definite)
    return Mention(
        "unnamed", name, phrase, acronyms, heads=heads, definite=bare, plural=plural, unnamed=_unnamed(main, phrase, lows, head, plural, w)
    )


_FEW = re.compile(r"^(?:two|three|four|five|six|seven|eight|nine|ten|several|some|many|few|a few|a number of|multiple|other|both|dozens|\d+)\b", re.I)
_AFFILIATION = re.compile(
    r"\b(?:for|from|of|at|with|in|within|inside|close to|familiar with|near)\s+((?:the|a|an)?\s*[^,]+?)(?=\s+(?:who|which|that|on condition|speaking)\b|$)"
)


def _unnamed(main: str, phrase: str, lows: list[str], head: str, plural: bool, w: Words) -> Unnamed:
    """Number, seniority, affiliation and reason, as far as the phrase gives them."""
    seniority = next((s for s in w.seniority if s in lows), None)
    m = _AFFILIATION.search(main)
    affiliation = m.group(1).strip() if m else None
    if affiliation is None:
        before = [
            x
            for x in main.split()
            if x[:1].isupper()
            and x.lower() not in ("a", "an", "the", "one", "another", "some", "two", "three", "senior", "several", "many", "other", "former")
            and x.lower() not in w.several | w.one
        ]
        affiliation = " ".join(before) or None
    reason = next((r for r in w.reasons if r in phrase.lower()), None)
    return Unnamed(number="several" if plural or _FEW.match(main) else "one", seniority=seniority, affiliation=affiliation, reason=reason)
