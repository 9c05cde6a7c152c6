"""Source phrases to parties: what a phrase names, and which party of the report it points back to.

Two unnamed people are never made one unless the words do so ("the official"); a pronoun that could be several people stays open and says so.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..text import fold, paragraphs
from ..types import Party, PartyKind, Region, Unnamed
from .introduced import may_be_called
from .mentions import Mention, Words, describe, singular, words_of
from .names import leading, surely, surnames

if TYPE_CHECKING:
    from ..data.gazetteer import Outlet


__all__ = ["Cast", "Member"]

_AMONG = re.compile(r"^(?:one|another|two|some|both) of (them|the \w+)\b", re.IGNORECASE)
_NEXT = re.compile(r"^an?(?:other)? (?:second|third|fourth|fifth)\b", re.IGNORECASE)
_BACK = 3


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


class Cast:
    """The parties of one report, resolved in the order in which their words stand."""

    def __init__(
        self,
        text: str,
        outlets: Sequence[tuple[Region, Outlet]],
        own: str,
        own_outlet: Outlet | None,
        sentences: Sequence[Region] = (),
        quotes: Sequence[Region] = (),
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
        self.names = surnames(text)
        self.cited: list[tuple[int, Member]] = []
        self.told: list[tuple[int, Member]] = []
        self.own = self._add(Mention("outlet", own, own), 0)
        self.own.kind = own_outlet.kind if own_outlet else "outlet"
        self.own.own = True
        if own_outlet is not None:
            self.own.forms.update(dict.fromkeys(own_outlet.aliases))
            self.own.forms.setdefault(own_outlet.name)
            self.by_outlet[own_outlet.name] = self.own

    # ---- reading the whole text once

    # ---- parties

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

    def resolve(self, region: Region, *, reporting: bool = False) -> tuple[tuple[Member, ...], Member]:
        """The party that a source phrase names, with the outlets that the phrase itself puts before it ("NBC's Ayman Mohyeldin").

        ``reporting`` where the words beside it are a newsroom's: "it" is then the outlet last named.
        """
        start, end = region
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
        if m.kind == "unnamed" and _NEXT.match(phrase) and (first := self._last_so_called(m, start)) is not None:
            return (), self._one_of(first, phrase, start)
        member = self._point(m, start) if (m.pronoun or m.definite or self._quoted_before(phrase)) else None
        if member is None:
            member = self._same(m, start) or self._new(m, start)
        member.take(m, start)
        if member.kind in ("outlet", "agency"):
            self.told.append((start, member))
        self.cited.append((start, member))
        return (), member

    def _outlet_phrase(self, region: Region, phrase: str, hits: list[tuple[Region, Outlet]]) -> tuple[tuple[Member, ...], Member] | None:
        (a, b), found = hits[-1]
        wider = describe(phrase)
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
            if low in ("poll", "survey") or (lead and any(x in lead.lower().split() for x in ("to", "with", "by", "from", "of", "for", "at"))):
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

    # ---- pointing back

    def _point(self, m: Mention, at: int) -> Member | None:
        if m.pronoun:
            return self._pronoun(m, at)
        if not m.heads:
            return None
        head = m.heads[0]
        if m.kind in ("outlet", "agency"):
            if m.phrase.lower().startswith(("this ", "our ")):
                return self.own
            return self.last_outlet(at, agency=head in self.words.agency_nouns, noun=head)
        pool = [x for _, x in self.cited if x.last < at or x.at < at]
        want = singular(head)
        for x in reversed(pool):
            if (
                x.kind in ("person", "unnamed", "organisation", "document", "public", "agency")
                and (want in x.heads or head in x.heads)
                and (x.plural == m.plural or x.kind not in ("unnamed",))
            ):
                if m.kind == "unnamed" and x.kind == "organisation":
                    continue
                return x
        if m.kind == "document" and head in self.words.issued:
            return next((x for x in reversed(pool) if x.kind == "organisation"), None)
        if head == "agency":
            return self.last_outlet(at, agency=True)
        if m.kind == "document" and head in ("report", "article", "story", "dispatch", "broadcast", "paper"):
            return self.last_outlet(at, noun=head)
        return None

    def _several(self, words: str, at: int) -> Member | None:
        """The people last cited that "them" or "the sources" means."""
        head = singular(words.lower().split()[-1])
        return next(
            (x for pos, x in reversed(self.cited) if pos < at and (x.plural or " and " in x.name) and (words.lower() == "them" or head in x.heads)),
            None,
        )

    def _last_so_called(self, m: Mention, at: int) -> Member | None:
        """The unnamed party last cited that "a third source" is counted on from."""
        return next((x for pos, x in reversed(self.cited) if pos < at and x.kind == "unnamed" and set(m.heads) & x.heads), None)

    def _one_of(self, several: Member, phrase: str, at: int) -> Member:
        """One of several people cited before: a party of his own, heard by way of the same outlets."""
        member = self._add(Mention("unnamed", phrase, phrase, heads=tuple(sorted(several.heads)), unnamed=Unnamed(number="one")), at)
        member.among = several
        self.cited.append((at, member))
        return member

    def _pronoun(self, m: Mention, at: int) -> Member:
        kind = m.pronoun
        if m.phrase.lower() == "one":
            several = self._several("them", at)
            if several is not None:
                return self._one_of(several, f"one of {several.name}", at)
        here = bisect_right(self.paragraphs, at)
        near = self._salient(self.paragraphs[max(0, here - _BACK)] if self.paragraphs else 0, at)
        here_from = next((a for a, b in reversed(self.sentences) if a <= at), 0)
        for pos, x in reversed(near):
            if x.name.endswith("(not resolved)"):
                continue
            if pos >= here_from and kind in ("he", "she") and x.kind != "person":
                continue
            if kind in ("he", "she") and (x.kind == "person" or (x.kind == "unnamed" and not x.plural)) and x.gender in ("", kind):
                x.gender = kind
                return x
            if kind == "they" and (x.plural or x.kind in ("public", "organisation", "outlet")):
                return x
            if kind == "it" and (x.kind in ("organisation", "outlet", "agency", "document")):
                return x
        lost = Mention("unnamed", f"{m.phrase.lower()} (not resolved)", "", gender=kind if kind in ("he", "she") else "", plural=kind == "they")
        return self._add(lost, at)

    def _salient(self, start: int, at: int) -> list[tuple[int, Member]]:
        """Who was cited, or stood as a sentence's named subject, between two offsets; in order."""
        inside = self._quote_at(at)
        out = [(pos, x) for pos, x in self.cited if start <= pos < at and self._quote_at(pos) in (None, inside)]
        for a, b in self.sentences:
            if a >= at:
                break
            if a >= start and not any(a <= pos < b for pos, _ in out) and self._quote_at(a) is None:
                phrase = leading(self.text, a, b, self.names)
                if not phrase:
                    continue
                got = describe(phrase)
                shown = (
                    not got.pronoun
                    if got.kind in ("organisation", "public", "unnamed")
                    else got.kind == "person" and surely(self.text, got, phrase, a, self.names)
                )
                if shown:
                    known = self._point(got, a) if got.definite and got.kind == "unnamed" else None
                    out.append((a, known or self._same(got, a) or self._new(got, a)))
        return sorted(out, key=lambda p: p[0])

    def _quote_at(self, at: int) -> int | None:
        """The quotation that an offset stands in, by its number."""
        i = bisect_right(self.quote_starts, at) - 1
        return i if i >= 0 and at < self.quotes[i][1] else None

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


def _initials(name: str) -> str:
    return "".join(p[0] for p in name.split() if p[0].isupper())


def _alike(a: Sequence[str], b: Sequence[str]) -> bool:
    """True where two given names are one in two spellings."""
    x, y = "".join(a), "".join(b)
    if not x or not y or x[0] != y[0]:
        return False
    same = sum(1 for c in set(x) if c in y)
    return same >= 0.7 * max(len(set(x)), len(set(y)))
