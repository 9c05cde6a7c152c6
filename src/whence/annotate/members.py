"""The parties of one report: each once, found again by name."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..text import fold, paragraphs
from ..types import PartyKind, Region
from .introduced import may_be_called
from .mentions import Mention, Words, describe, words_of
from .names import surnames

if TYPE_CHECKING:
    from ..data.gazetteer import Outlet

__all__ = ["Member", "Members"]


class Member:
    """One party of a report while it is being read: what it is called so far, and by way of whom it was first heard."""

    def __init__(self, kind: PartyKind, m: Mention, at: int) -> None:
        self.kind = kind
        self.name = m.name
        self.forms: dict[str, None] = {}
        self.heads: set[str] = set(m.heads)
        self.gender = m.gender
        self.plural = m.plural
        self.unnamed = m.unnamed
        self.at = at
        self.last = at
        self.via: tuple[Member, ...] = ()
        self.among: Member | None = None
        self.before: Member | None = None  # whom the report spoke of without the name: "a baker", then "the baker, Jean Rol"
        self.number = 0
        self.own = False

    def take(self, m: Mention, at: int) -> None:
        """Adds what a further mention says."""
        self.heads.update(m.heads)
        self.gender = self.gender or m.gender
        if m.phrase and not m.pronoun:
            self.forms.setdefault(m.phrase)
        for a in m.aliases:
            self.forms.setdefault(a)
        if self.kind == "person" and not m.pronoun and len(m.name) > len(self.name) and m.kind == "person":
            self.forms.setdefault(self.name)
            self.name = m.name
        self.last = at


class Members:
    """Who has been named so far, and the outlets that stand in the text."""

    def __init__(
        self,
        text: str,
        outlets: Sequence[tuple[Region, Outlet]],
        own: str,
        own_outlet: Outlet | None,
        sentences: Sequence[Region] = (),
        quotes: Sequence[Region] = (),
        names: dict[str, tuple[int, str]] | None = None,
    ) -> None:
        self.text = text
        self.sentences = sentences
        self.quotes = list(quotes)
        self.quote_starts = [q[0] for q in self.quotes]
        self.paragraphs = [p[0] for p in paragraphs(text)]
        self.words: Words = words_of()
        self.members: list[Member] = []
        self.outlets = list(outlets)
        self.starts = [r[0] for r, _ in self.outlets]
        self.by_outlet: dict[str, Member] = {}
        self.names = surnames(text) if names is None else names
        self.cited: list[tuple[int, Member]] = []
        self.told: list[tuple[int, Member]] = []
        self.places: dict[str, bool] = {}  # names asked about, and whether one is a place's
        self.inner: set[int] = set()  # places of speakers inside what another says
        self.own = self._add(Mention("outlet", own, own), 0)
        self.own.kind = own_outlet.kind if own_outlet else "outlet"
        self.own.own = True
        if own_outlet is not None:
            self.own.forms.update(dict.fromkeys(own_outlet.aliases))
            self.own.forms.setdefault(own_outlet.name)
            self.by_outlet[own_outlet.name] = self.own

    def _add(self, m: Mention, at: int) -> Member:
        member = Member(m.kind, m, at)
        member.number = len(self.members)
        member.take(m, at)
        self.members.append(member)
        return member

    def outlet(self, found: Outlet, words: str, at: int) -> Member:
        """The party of a known outlet."""
        member = self.by_outlet.get(found.name)
        if member is None:
            member = self._add(Mention(found.kind, found.name, words), at)
            member.forms.update(dict.fromkeys(found.aliases))
            self.by_outlet[found.name] = member
        member.take(Mention(member.kind, member.name, words), at)
        return member

    def outlets_in(self, region: Region) -> list[tuple[Region, Outlet]]:
        """The outlets named in a region."""
        i = max(0, bisect_right(self.starts, region[0]) - 1)
        out = []
        while i < len(self.outlets) and self.outlets[i][0][0] < region[1]:
            r, o = self.outlets[i]
            if r[0] >= region[0] and r[1] <= region[1]:
                out.append((r, o))
            i += 1
        return out

    def last_outlet(self, at: int, agency: bool | None = None, *, noun: str = "", since: int = 0) -> Member | None:
        """The outlet last named between two offsets, the report's own left aside where another was named.

        ``noun`` is what it is called ("newspaper", "station"): one that cannot be so called is passed over where another can.
        """
        found: list[tuple[int, Member]] = [(pos, m) for pos, m in self.told if since <= pos < at and not m.own]
        for r, o in self.outlets:
            if r[0] >= at:
                break
            known = self.by_outlet.get(o.name)
            if r[0] < since or known is self.own or (known is None and self.is_own(self.text[r[0] : r[1]])):
                continue
            found.append((r[0], known or self.outlet(o, self.text[r[0] : r[1]], r[0])))
        found = [x for x in found if not agency or x[1].kind == "agency"]
        fitting = [x for x in found if may_be_called(noun, x[1].name, x[1].kind)]
        return max(fitting or found, key=lambda x: x[0], default=(0, None))[1]

    def is_own(self, name: str) -> bool:
        """True where a name is the report's own outlet in short ("The Post" in the Bridgeport Post)."""
        mine, words = fold(self.own.name).split(), fold(name).removeprefix("the ").split()
        return bool(words) and (
            mine == words
            or ((len(words) < len(mine) and (mine[-len(words) :] == words or mine[: len(words)] == words)) and name[:4] in ("The ", "the "))
        )

    def _same(self, m: Mention, at: int) -> Member | None:
        """The party that this name already has."""
        key = fold(m.name)
        if not key:
            return None
        if m.kind == "person":
            parts = key.split()
            for x in reversed(self.members):
                if x.kind != "person":
                    continue
                mine = fold(x.name).split()
                if (
                    mine == parts
                    or (len(parts) < len(mine) and (mine[-len(parts) :] == parts or (len(parts) == 1 and parts[0] in mine)))
                    or (len(mine) < len(parts) and (parts[-len(mine) :] == mine))
                ):
                    return x
                if len(parts) > 1 and len(mine) > 1 and parts[-1] == mine[-1] and _alike(parts[:-1], mine[:-1]):
                    return x
            return None
        if m.kind in ("unnamed",):
            return None
        if m.kind in ("outlet", "agency"):
            words = set(key.removeprefix("the ").split())
            for x in reversed(self.members):
                if x.kind in ("outlet", "agency") and words and any(words <= set(fold(f).split()) for f in (x.name, *x.forms)):
                    return x
            return None
        for x in reversed(self.members):
            forms = {fold(f) for f in (x.name, *x.forms)}
            if x.kind == m.kind and (key in forms or f"the {key}" in forms or any(fold(a) in forms for a in m.aliases)):
                return x
            if x.kind == m.kind == "organisation" and (_initials(x.name) == m.name.replace(".", "") and len(m.name) > 1 and m.name.isupper()):
                return x
        return None

    def _new(self, m: Mention, at: int) -> Member:
        if m.issuer:
            inner = describe(m.issuer)
            return self._same(inner, at) or self._add(inner, at)
        if m.kind == "person" and len(m.name.split()) <= 2:
            full = self.names.get(fold(m.name)) or self.names.get(fold(m.name.split()[-1]))
            if full and full[1] != m.name and fold(m.name).split()[-1] == fold(full[1]).split()[-1] and len(m.name.split()) == 1:
                return self._add(m._replace(name=full[1], aliases=(*m.aliases, m.name)), at)
        return self._add(m, at)


def _initials(name: str) -> str:
    return "".join(p[0] for p in name.split() if p[0].isupper())


def _alike(a: Sequence[str], b: Sequence[str]) -> bool:
    """True where two given names are one in two spellings."""
    x, y = "".join(a), "".join(b)
    if not x or not y or x[0] != y[0]:
        return False
    same = sum(1 for c in set(x) if c in y)
    return same >= 0.7 * max(len(set(x)), len(set(y)))
