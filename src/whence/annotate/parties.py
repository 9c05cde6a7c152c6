"""Source phrases to parties: what a phrase names, and which party of the report it points back to.

Two unnamed people are never made one unless the words do so ("the official"); a pronoun that could be several people stays open and says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from .. import expressions as re
from ..types import Party, Region
from .members import Member
from .mentions import Mention, describe
from .pointing import Pointing

if TYPE_CHECKING:
    from ..data.gazetteer import Outlet

__all__ = ["Cast", "Member"]

_AMONG = re.compile(r"^(?:one|another|two|three|four|some|several|many|both) of (them|the \w+)\b", re.IGNORECASE)
_AFTER_OTHERS = frozenset({"to", "with", "by", "from", "of", "for", "at", "on", "via", "who", "which", "whom"})
"""Words before an outlet at the end of a phrase by which the phrase names another."""
_ITS_SOURCE = re.compile(r"[Ii]ts (?:\w+ )?(?:sources?|informants?|interlocutors?)\b")
_ONE = re.compile(r"(?:one|another|a second|a third) (?P<noun>\w+)$", re.IGNORECASE)
_BARE_NEXT = re.compile(r"(?:an?(?:other)?|the) (?:second|third|fourth|fifth|other)|another|a few|some", re.IGNORECASE)
_NEXT = re.compile(r"^an?(?:other)? (?:second|third|fourth|fifth)\b", re.IGNORECASE)


class Cast(Pointing):
    """The parties of one report, resolved in the order in which their words stand."""

    def resolve(self, region: Region, *, reporting: bool = False, inner: bool = False) -> tuple[tuple[Member, ...], Member]:
        """The party that a source phrase names, with the outlets that the phrase itself puts before it ("NBC's Ayman Mohyeldin").

        ``reporting`` where the words beside it are a newsroom's: "it" is then the outlet last named. ``inner`` where it speaks inside what another says.
        """
        start, end = region
        if inner:
            self.inner.add(start)
        phrase = self.text[start:end]
        if self.is_own(phrase):
            self.own.take(Mention(self.own.kind, phrase, phrase), start)
            return (), self.own
        hits = self.outlets_in(region)
        if hits:
            got = self._outlet_phrase(region, phrase, hits)
            if got is not None:
                return got
        m = describe(phrase)
        if reporting and m.pronoun == "it" and (outlet := self.last_outlet(start)) is not None:
            self.cited.append((start, outlet))
            return (), outlet
        if (among := _AMONG.match(phrase)) is not None and (several := self._several(among.group(1), start)) is not None:
            return (), self._one_of(several, phrase, start)
        if _BARE_NEXT.fullmatch(phrase) and (several := self._several("them", start)) is not None:
            return (), self._one_of(several, phrase, start)
        if m.kind == "unnamed" and (one := _ONE.match(phrase)) is not None and (several := self._several_of(one.group("noun"), start)) is not None:
            return (), self._one_of(several, phrase, start)
        if m.kind == "unnamed" and _NEXT.match(phrase) and (first := self._last_so_called(m, start)) is not None:
            return (), self._one_of(first, phrase, start)
        member = self._point(m, start) if (m.pronoun or m.definite or self._quoted_before(phrase)) else None
        if member is None:
            member = self._same(m, start) or self._new(m, start)
        if m.kind == "person" and m.heads and member.at == start and phrase.lower().startswith("the ") and member.before is None:
            member.before = next(
                (x for pos, x in reversed(self.cited) if pos < start and x.kind == "unnamed" and not x.plural and set(m.heads) & x.heads), None
            )
        member.take(m, start)
        if m.kind == "unnamed" and _ITS_SOURCE.match(phrase) and (outlet := self.last_outlet(start)) is not None:
            self.cited.append((start, member))
            return (outlet,), member
        if member.kind in ("outlet", "agency"):
            self.told.append((start, member))
        self.cited.append((start, member))
        return (), member

    def _outlet_phrase(self, region: Region, phrase: str, hits: list[tuple[Region, Outlet]]) -> tuple[tuple[Member, ...], Member] | None:
        (a, b), found = hits[-1]
        wider = describe(phrase)
        if (
            wider.kind in ("outlet", "agency")
            and a == region[0]
            and len(wider.name) > b - a + 4
            and not re.match(r"['’]s\b|\W", self.text[b : b + 2].strip() or ",")
        ):
            return None
        if wider.kind in ("outlet", "agency") and not wider.definite and len(wider.name) > b - a + 4 and b >= region[1] - 1:
            return None
        rest = self.text[b : region[1]].strip()
        lead = self.text[region[0] : a].strip()
        low = re.sub(r"^['’]s\b", "", rest).strip().lower()
        member = None
        if re.match(
            r"^(?:,|\(|$)|^(?:news ?paper|paper|report|reports|sources|source|website|news agency|agency|daily|magazine|channel|television|tv"
            r"|news|article|story|survey|poll)?\W*$",
            low,
        ) or re.match(r"^\((?:[A-Z]|the)", rest):
            if low in ("poll", "survey") or (lead and any(x in lead.lower().split() for x in _AFTER_OTHERS)):
                return None
            member = self.outlet(found, phrase[a - region[0] : b - region[0]], a)
            self.cited.append((a, member))
            return (), member
        if a - region[0] <= 4 or lead.lower() in ("the", "a", "an"):
            outlet = self.outlet(found, self.text[a:b], a)
            inner = describe(re.sub(r"^['’]s\s+", "", rest))
            if inner.kind in ("person", "unnamed") and not inner.pronoun:
                full = inner._replace(phrase=phrase, name=inner.name if inner.kind == "person" else phrase)
                person = self._same(full, region[0]) or self._new(full, region[0])
                person.take(full, region[0])
                self.cited.append((region[0], person))
                return (() if outlet.own else (outlet,)), person
        return None

    @staticmethod
    def _quoted_before(phrase: str) -> bool:
        """True for "a quoted senior official", "the same sources": the words themselves say that he was heard before."""
        return any(x in ("quoted", "cited", "same", "aforementioned", "said") for x in phrase.lower().split()[:3])

    def parties(self, used: Sequence[Member], report: str) -> tuple[Party, ...]:
        """The parties that stand in a chain or a credit, as values."""
        return tuple(
            Party(
                id=f"p{n + 1}",
                name=x.name,
                kind=x.kind,
                aliases=tuple(f for f in x.forms if f and f != x.name),
                report=report if x.own else None,
                unnamed=x.unnamed if x.kind == "unnamed" else None,
            )
            for n, x in enumerate(used)
        )
