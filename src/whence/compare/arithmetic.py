"""The sums a reader would want done, each with its reading and its working. Every number is taken as its interval."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from ..types import Annotated, Arithmetic, Claim, Rate
from .arithmetic_changes import changes
from .arithmetic_converted import converted
from .arithmetic_dates import dated
from .arithmetic_exchange import exchanged
from .arithmetic_frames import framed
from .arithmetic_linked import linked
from .arithmetic_parts import parts
from .arithmetic_products import products
from .arithmetic_rates import rates
from .arithmetic_shares import shares
from .arithmetic_sum import Sum, claim_of

__all__ = ["sums"]

_MOST = 4
_RANK = {"inconsistent": 0, "hedge-side": 1, "depends-on-reading": 2, "consistent": 3, "not-checkable": 4}


def sums(reports: Sequence[Annotated], claims: Sequence[Claim], *, language: str = "en", given: Sequence[Rate] = ()) -> tuple[Arithmetic, ...]:
    """The sums that a story's figures allow, at most four a report, those that do not come out first; in the order of the reports.

    Rates of exchange that two sums of money imply, and sums converted by the rates ``given``; a base and a change against a stated ratio (the base read
    as the old value and as the new one); a fall or
    rise against its stated share or difference; parts against their whole; a share against a stated one; so many each; what is left; a mark above or below
    another; ages and spans of days against dates; a weekday against its date. ``low`` and ``high`` are the interval that the stated figures' own intervals
    allow (None where the sum has no figure); ``stated`` is the quantity that it is held against; the verdict is "not-checkable" where the texts state none.
    """
    found: dict[str, list[Sum]] = defaultdict(list)
    for one in [*(s for step in (changes, parts, rates, dated) for s in step(reports, claims, language)), *exchanged(reports, claims, given)]:
        if not any(one.same(other) for every in found.values() for other in every):
            found[one.report.id].append(one)
    for step in (products, linked, shares, framed, converted):
        for one in list(step(reports, claims, language, [s for every in found.values() for s in every])):
            found[one.report.id].append(one)
    out: list[Arithmetic] = []
    for report in reports:
        best = sorted(found[report.id], key=lambda s: (_RANK[s.verdict], s.about.start if s.about else 0))[:_MOST]
        for s in sorted(best, key=lambda s: (s.about.start if s.about else 0, s.reading)):
            out.append(
                Arithmetic(
                    claim=claim_of(s.report, s.about, claims), reading=s.reading, working=s.working, low=None if s.low is None else round(s.low, 6),
                    high=None if s.high is None else round(s.high, 6), stated=s.stated.id if s.stated else None, verdict=s.verdict,
                )
            )  # fmt: skip
    return tuple(out)
