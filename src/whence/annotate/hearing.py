"""To which outlet a speaker spoke, where no pattern of ``hops_patterns`` says so: a small network reads the words around a name and around the cue.

What it reads is where the name stands to source, cue and content, what stands between, the word that governs the name, and the vectors of the words
nearby, as the tagger has them: a verb that no list holds counts by its likeness to those that do.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from ..errors import ModelError
from ..text import fold
from ..types import Heard, Region
from ..weights import read_weights
from .cues import cues
from .hops import Frames
from .members import Member
from .mentions import Mention, describe, words_of

if TYPE_CHECKING:
    from .tagger_network import Floats

__all__ = ["FACTS", "VECTOR", "WIDTH", "Judge", "Offer", "describe_offer", "judge", "learned_hops", "offers", "vectors"]

VECTOR = 32
"""How many numbers of a word's vector are read."""
_WORDS = 5
_ARTICLE = 5
"""Characters of a source in which an outlet that begins it begins: "the Courier's editor" is a speaker of the Courier."""
_NEAR = 160
"""Characters before a name in which the word that governs it is looked for."""
_GOVERNORS = ("to", "by", "with", "in", "on", "from", "for", "of", "at", "via", "through", "as", "and", ",", "(", "“")
_HEARING = frozenset({"to", "by", "with", "in", "on", "via", "through", "from"})
"""What may govern a name that is not known for an outlet; else a verb that has a listener."""
_TOKEN = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*|[^\w\s]")
_PASSED = frozenset("the a an its his her their our this that local state-run state independent daily weekly new other same ' ’".split())  # noqa: SIM905
_EMPTY = _PASSED | frozenset(
    """that has had have was were is are been be also later earlier on in at of last week late early monday tuesday wednesday thursday friday saturday
    sunday yesterday exclusively first then him them it""".split()  # noqa: SIM905
)
_MARKS_BETWEEN = tuple(re.compile(f"[{marks}]") for marks in (",", '“”"', ":;", ".!?\n", "()"))
_RELATIVE = re.compile(r"\b(?:who|whom|which|whose)\b")
_KINDS = ("person", "unnamed", "organisation", "document", "public", "outlet", "agency")
_BEHIND = re.compile(r"\s*(’s\b|'s\b|[,.;:)”\"“(–—-]|\w+)?")
_MARKS_BEHIND = (",", ".", '”"“', ")", ":;")
_NAME = re.compile(r"(?<![\w’'\-])[A-Z][\w’'&.\-]*(?:\s(?:(?:of|de|del|du|da|do|di|la|le|el|y|&|and)\s)?[A-Z][\w’'&\-]*){0,4}")
_TAIL = re.compile(r"(?:’s|'s|\.)$")
_NO_NAME = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:[A-Z]|I|The|He|She|It|They|Mr|Mrs|Ms|Dr)\.?$"
)
_BACK = re.compile(
    r"\b(?:the|its) (?:same )?(paper|newspaper|daily|weekly|agency|station|channel|network|broadcaster|website|site|magazine|portal|publication"
    r"|outlet|tabloid|programme|podcast|wire|radio|bulletin)\b(?!\s+[A-Z])"
)
_AFFILIATED = frozenset({"affiliate", "partner", "subsidiary"})
_NOUN_BEHIND = re.compile(r"\s(?:news )?(\w+)")
_BETWEEN = len(_MARKS_BETWEEN) + 7
FACTS = 12 + 3 * _BETWEEN + len(_GOVERNORS) + 2 + len(_MARKS_BEHIND) + 1 + 4 + 2 + len(_KINDS) + 2 + len(_KINDS) + 6
WIDTH = FACTS + _WORDS * VECTOR
"""Numbers that describe a name beside an attribution."""


class Offer(NamedTuple):
    """A name that may be that of the hearer: where it stands; 0 a known outlet, 1 a known agency, 2 "the paper", 3 a name of anything."""

    region: Region
    kind: int
    member: Member | None


class Judge(NamedTuple):
    """The network, and the least probability that makes a link."""

    hidden: Floats
    hidden_bias: Floats
    out: Floats
    out_bias: Floats
    least: float


@functools.cache
def judge() -> Judge | None:
    """The shipped network; None where it is absent or damaged: the patterns are then alone."""
    import numpy as np

    try:
        kept = read_weights("hearing")
    except ModelError:
        return None
    hidden, hidden_bias, out, out_bias = (kept[k].astype(np.float32) for k in ("hidden", "hidden_bias", "out", "out_bias"))
    return Judge(hidden, hidden_bias, out, out_bias, float(kept["least"].astype(np.float64)))


def _back(b: Frames, lo: int, hi: int) -> Iterator[Offer]:
    for m in _BACK.finditer(b.text, lo, hi):
        known = b.cast.last_outlet(m.start(), noun=m.group(1))
        if known is not None and not known.own:
            yield Offer(m.span(), 2, known)


def offers(b: Frames, h: Heard) -> list[Offer]:
    """The names in the sentence of a cue that may be the hearer's: outlets, words that point back to one, and names in a hearer's place."""
    lo, hi = b.sentence(h)
    out = []
    for (start, end), found in b.cast.outlets_in((lo, hi)):
        subject = (
            h.source is not None and h.source[0] <= start < h.source[1] and (start < h.source[0] + _ARTICLE or b.text[end : end + 2] in ("’s", "'s"))
        )
        if not subject and not b.cast.is_own(b.text[start:end]):
            out.append(Offer((start, end), int(found.kind == "agency"), b.cast.by_outlet.get(found.name)))
    out += [x for x in _back(b, lo, hi) if h.source is None or not h.source[0] <= x.region[0] < h.source[0] + _ARTICLE]
    taken = [x.region for x in out] + [r for r, _ in b.cast.outlets_in((lo, hi))] + ([h.source] if h.source else [])
    known = cues().verbs
    places, nouns = words_of().places, words_of().outlet_nouns | words_of().agency_nouns | _AFFILIATED
    for lo, hi in b.frame(h):
        for m in _NAME.finditer(b.text, lo, hi):
            name = _TAIL.sub("", m.group())
            start, end = m.start(), m.start() + len(name)
            if _NO_NAME.match(name) or name in places or b.cast.is_own(name) or any(r[0] < end and start < r[1] for r in taken):
                continue
            full = b.cast.names.get(fold(name))
            following = _NOUN_BEHIND.match(b.text, end)
            if (full is not None and full[1] != name) or (following is not None and following.group(1).lower() in nouns):
                continue  # a surname; "the French" of "the French broadcaster", which the patterns know
            governor = _governor(b.text, start)[0]
            if governor in _HEARING or "r" in known.get(governor, ""):
                out.append(Offer((start, end), 3, None))
    return out


def _governor(text: str, at: int) -> tuple[str, str, str]:
    """The word that governs a name, the last full word before that one, and the word just before the name; in small letters."""
    tokens = _TOKEN.findall(text[max(0, at - _NEAR) : at])
    nouns = words_of().outlet_nouns | words_of().agency_nouns
    i = len(tokens) - 1
    while i >= 0 and ((low := tokens[i].lower()) in _PASSED or low in nouns or (i and tokens[i][0].isupper())):
        i -= 1
    governor = tokens[i].lower() if i >= 0 else ""
    j = i
    if governor in _GOVERNORS or not governor[:1].isalpha():
        j -= 1
        while j >= 0 and (not tokens[j][0].isalpha() or tokens[j].lower() in _EMPTY):
            j -= 1
    return governor, tokens[j].lower() if j >= 0 else "", tokens[-1].lower() if tokens else ""


def _gap(a: Region, b: Region) -> Region:
    return (a[1], b[0]) if a[1] <= b[0] else (b[1], a[0]) if b[1] <= a[0] else (a[0], a[0])


def _within(places: Sequence[int], where: Region) -> bool:
    """True where one of some offsets (ascending) lies in a region."""
    return bisect_left(places, where[0]) < bisect_left(places, where[1])


def _between(b: Frames, where: Region) -> list[float]:
    """What stands in a gap: marks, relative words, another cue, another outlet; and how long it is."""
    words = b.text[slice(*where)]
    n = words.count(" ") + 1 if words.strip() else 0
    out = [float(marks.search(words) is not None) for marks in _MARKS_BETWEEN]
    out += [
        float(_RELATIVE.search(words) is not None),
        float(_within(b.cue_starts, where)),
        float(_within(b.cast.starts, where)),
        min(n, 20) / 10,
        float(n == 0),
        float(0 < n < 4),
        float(4 <= n < 8),
    ]
    return out


def describe_offer(b: Frames, h: Heard, offer: Offer) -> tuple[list[float], list[str]]:
    """FACTS numbers on a name beside an attribution, and the words whose vectors are read with them."""
    text, m, source = b.text, offer.region, h.source
    cue = h.cue or source or m
    first = h.content[0] if h.content else cue
    last = h.content[-1] if h.content else cue
    inside = any(start <= m[0] < end for start, end in h.content)
    out = [
        float(m[0] >= cue[1]),
        float(cue[0] <= m[0] < cue[1]),
        float(source is None),
        float(source is not None and m[0] >= source[1]),
        float(source is not None and source[0] <= m[0] < source[1]),
        float(inside),
        float(m[0] >= last[1]),
        float(m[1] <= first[0]),
        float(source is not None and source[0] < cue[0]),
        float(cue[0] < first[0]),
        float(h.inside is not None),
        float(text[first[0] : first[0] + 1] in ("“", '"')),
    ]
    out += _between(b, _gap(m, cue)) + _between(b, _gap(m, source or cue)) + ([0.0] * _BETWEEN if inside else _between(b, _gap(m, first)))
    governor, full, just = _governor(text, m[0])
    out += [float(governor == g) for g in _GOVERNORS] + [float(governor == ""), float(governor not in _GOVERNORS)]
    behind = _BEHIND.match(text, m[1])
    following = (behind.group(1) or "") if behind else ""
    out += [float(len(following) == 1 and following in marks) for marks in _MARKS_BEHIND] + [float(following in ("’s", "'s"))]
    out += [float(offer.kind == k) for k in range(4)]
    i = bisect_left(b.source_regions, (m[0], 0))
    near = b.source_regions[max(0, i - 2) : i + 2]
    out += [float(m in near), float(any(s[0] <= m[0] and m[1] <= s[1] and s != source for s in near))]
    speaker = describe(text[slice(*source)]) if source is not None else None
    out += [float(speaker is not None and speaker.kind == k) for k in _KINDS]
    out += [float(speaker is not None and bool(speaker.pronoun)), float(speaker is not None and speaker.definite)]
    name = text[slice(*m)]
    kind = describe(name).kind if offer.kind == 3 else ""
    words = words_of()
    out += [float(kind == k) for k in _KINDS]
    out += [
        float(name.isupper()),
        float(" " in name),
        float(name in words.known),
        float(name.split()[-1] in words.outlet_suffixes),
        float(name[:4].lower() == "the "),
        float(text.find(name) != text.rfind(name)),
    ]
    verb = [w.lower() for w in _TOKEN.findall(text[slice(*h.cue)])] if h.cue is not None else []
    head = next((w for w in reversed(verb) if w in cues().verbs), verb[-1] if verb else "")
    after = following.lower() if following[:1].isalpha() else ""
    return out, [full, just if just != governor or not full else governor, after, head, governor if governor not in _GOVERNORS else ""]


def vectors(words: Sequence[str]) -> Floats:
    """(words, VECTOR): vectors of words as the tagger has them, zeros for an empty one."""
    from . import tagger

    model = tagger.load()
    index, inputs = tagger.rows(model, [w or "." for w in words])
    got: Floats = inputs[index, :VECTOR].copy()
    got[[not w for w in words]] = 0
    return got


def probabilities(network: Judge, b: Frames, h: Heard, offered: Sequence[Offer]) -> Floats:
    """For each name the chance that it is the hearer's."""
    import numpy as np

    described = [describe_offer(b, h, x) for x in offered]
    read = vectors([w for _, words in described for w in words]).reshape(len(offered), -1)
    pairs = np.concatenate([np.array([f for f, _ in described], np.float32), read], 1)
    scores = np.tanh(pairs @ network.hidden + network.hidden_bias, dtype=np.float32) @ network.out + network.out_bias
    sure: Floats = 1 / (1 + np.exp(-scores))
    return sure


def learned_hops(b: Frames, h: Heard, speaker: Member, known: Sequence[Member]) -> tuple[Member, ...]:
    """The hearers that the network is sure of, those left out that the patterns (``known``) have: the one named farther from the speaker first."""
    network = judge()
    if network is None or h.cue is None or h.source is None or b.text[slice(*h.source)].lower() == "which":
        return ()
    offered = [x for x in offers(b, h) if x.member is None or (x.member is not speaker and x.member not in known and not x.member.own)]
    if not offered:
        return ()
    out: list[tuple[int, Member]] = []
    try:
        sure = probabilities(network, b, h, offered)
    except (ModelError, OSError):  # the tagger's vectors are absent
        return ()
    for x, p in zip(offered, sure.tolist(), strict=True):
        if p < network.least:
            continue
        member = x.member or _named(b, x)
        names = {fold(n) for n in (member.name, *member.forms)}
        if member is not speaker and not member.own and not any(names & {fold(n) for n in (k.name, *k.forms)} for k in known):
            out.append((abs(x.region[0] - (h.source or h.cue)[0]), member))
    return tuple(dict.fromkeys(m for _, m in sorted(out, key=lambda x: -x[0])))


def _named(b: Frames, offer: Offer) -> Member:
    """The party of an outlet's name met as a hearer's."""
    start, end = offer.region
    listed = next((o for r, o in b.cast.outlets_in(offer.region) if r == offer.region), None)
    if listed is not None:
        return b.cast.outlet(listed, b.text[start:end], start)
    name = b.text[start:end]
    m = Mention("outlet", name, name)
    member = b.cast._same(m, start) or next((x for x in b.cast.members if fold(x.name) == fold(name)), None) or b.cast._add(m, start)
    b.cast.told.append((start, member))
    return member
