"""What reports, parties, chains, relations and intervals are called in front of a reader."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import PurePath

from ..lang import readable
from ..text import within
from ..types import Basis, Claim, Origins, Party, PartyId, Relation, Report, ReportId, Story, Value, Witnesses
from .plain import clip

__all__ = [
    "BASIS", "CLOSING", "DIFFERENCES", "RELATIONS", "Cast", "and_list", "cast_of", "chain_text", "compared", "interval", "is_difference", "is_doubtful",
    "origins_text", "party_name", "plural", "unchecked_of", "weakest_text", "witnesses_text",
]  # fmt: skip

CLOSING = "This says where the reports come from, not whether they are true."

RELATIONS: Mapping[Relation, tuple[str, str]] = {
    "conflicting": ("✕", "conflicting"),
    "differs": ("≠", "differs"),
    "quote-wording": ("“≠”", "quote differs"),
    "attribution-dropped": ("∅", "attribution dropped"),
    "hedge-changed": ("~", "hedge changed"),
    "depends-on-reading": ("?", "depends on reading"),
    "evolving": ("↗", "evolving"),
    "more-specific": ("⊂", "more specific"),
    "converted": ("⇄", "converted"),
    "rounding": ("≈", "rounded"),
    "same": ("=", "same"),
    "only-in": ("·", "only in one"),
}
"""A sign and a word for each relation, what matters most to a reader first."""

DIFFERENCES: tuple[Relation, ...] = tuple(r for r in RELATIONS if r not in ("same", "rounding", "converted", "only-in"))

BASIS: Mapping[Basis, str] = {"own": "own reporting", "cited": "", "copied": "words shared with another report", "unattributed": "names no source"}

_LONGEST_NAME = 90
_NAMES = 8


class Cast(Value, frozen=True, kw_only=True):
    """Who appears in a story, by id, and what to call each report."""

    parties: Mapping[PartyId, Party]
    outlets: Mapping[ReportId, str]


def cast_of(story: Story) -> Cast:
    """The names of a story. Reports of one outlet are told apart by date, or else by id."""
    plain = {r.id: clip(r.outlet or PurePath(r.path).name or r.id, _LONGEST_NAME) for r in story.reports}
    often = Counter(plain.values())
    dated = {r.id: f"{plain[r.id]}, {clip(r.published, 25)}" if r.published and often[plain[r.id]] > 1 else plain[r.id] for r in story.reports}
    still = Counter(dated.values())
    return Cast(parties={p.id: p for p in story.parties}, outlets={r: f"{n} ({r})" if still[n] > 1 else n for r, n in dated.items()})


def compared(story: Story) -> list[Report]:
    """The reports whose claims were read: those of the story, and not in a language for which there are no rules."""
    return [r for r in story.reports if r.related and readable(r.language)]


def party_name(cast: Cast, party: PartyId) -> str:
    """A party's name; for people whom nobody names, the words used of them: "a Kazakh official, unnamed"."""
    found = cast.parties.get(party)
    if found is None:
        return "a party that is not known"
    name = within(clip(found.name, _LONGEST_NAME))
    if found.kind != "unnamed" or any(w in name.lower() for w in ("unnamed", "anonym")):
        return name
    return f"{name}, unnamed"


def chain_text(cast: Cast, chain: Sequence[PartyId], arrow: str = " ← ") -> str:
    """The parties of a chain, nearest the reader first."""
    return arrow.join(party_name(cast, p) for p in chain)


def plural(n: int, noun: str, nouns: str | None = None) -> str:
    """ "1 report", "2 reports"."""
    return f"{n} {noun if n == 1 else nouns or noun + 's'}"


def interval(low: int, high: int, noun: str, nouns: str | None = None) -> str:
    """ "1 origin", "1–3 origins"."""
    return plural(low, noun, nouns) if low == high else f"{low}–{high} {nouns or noun + 's'}"


def origins_text(origins: Origins, *, best: bool = False) -> str:
    """The interval in words, with the best estimate where it is asked for and the interval is open."""
    return interval(origins.low, origins.high, "origin") + (f", best estimate {origins.best:g}" if best and origins.low != origins.high else "")


def witnesses_text(witnesses: Witnesses) -> str:
    """How many newsrooms may have heard it themselves."""
    return interval(witnesses.low, witnesses.high, "newsroom")


def and_list(names: Sequence[str], most: int = 4, word: str = "and") -> str:
    """ "A", "A and B", "A, B and C", "A, B and 3 more"; semicolons where a name has a comma; "2 × a villager, unnamed" for names that are alike."""
    counts = Counter(names)
    listed = [f"{n} × {name}" if n > 1 else name for name, n in counts.items()]
    comma, last = ("; ", f"; {word} ") if any("," in x for x in listed) and len(listed) > 1 else (", ", f" {word} ")
    if len(listed) > most:
        return f"{comma.join(listed[:most])}{last}{sum([*counts.values()][most:])} more"
    return last.join([comma.join(listed[:-1]), listed[-1]] if len(listed) > 1 else listed)


def weakest_text(cast: Cast, claim: Claim, most: int = 4) -> str:
    """The fewest parties whose error would sink the claim, by name."""
    return and_list([party_name(cast, p) for p in claim.weakest], most)


def unchecked_of(story: Story) -> list[str]:
    """Why each check that did not run did not; once for all reports and parties of which the same is said."""
    kinds = {r.path for r in story.reports}, {within(p.name) for p in story.parties}
    names = [n for kind in kinds for n in sorted(kind, key=lambda n: (-len(n), n))]
    alike: dict[tuple[str, str, str], dict[str, None]] = {}
    for n in story.not_checked:
        name = next((x for x in names if x and x in n.why and re.search(rf"(?<!\w){re.escape(x)}(?!\w)", n.why)), "")
        before, _, behind = n.why.partition(name) if name else (n.why, "", "")
        alike.setdefault((n.check, before, behind), {})[name] = None
    return [clip(_of_all(before, list(of), behind), 1000) for (_, before, behind), of in alike.items()]


def _of_all(before: str, of: Sequence[str], behind: str) -> str:
    each = ": each" if len(of) > 1 and not before and behind.startswith(" ") else ""
    return f"{before}{and_list(of, _NAMES, 'or' if before.startswith('no ') else 'and')}{each}{behind}"


def is_difference(claim: Claim) -> bool:
    """True where the reports say something else, as opposed to the same thing in other words or units, or one of them alone.

    Cells that more likely than not answer different questions do not differ on one.
    """
    return claim.relation in DIFFERENCES and not is_doubtful(claim)


def is_doubtful(claim: Claim) -> bool:
    """True where the cells more likely than not answer different questions."""
    return claim.confidence < 0.5
