"""Parts and wholes: parts against a total, a share against a stated one, so many each, what is left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from .. import expressions as re
from ..types import Annotated, Claim, Quantity
from .arithmetic_each import each
from .arithmetic_sum import Interval, Sum, added, closed, countable, cue, interval, is_money, ratio, rounded, taken, verdict

__all__ = ["parts"]

_SMALL = 10
_SPELLS = frozenset({"year", "month", "week", "day", "hour"})
_REACH = 4  # sentences between a total and its parts
_MANY = 30  # figures looked at round a total: a report of figures alone must not take minutes
_FEW = 16
_OTHERS = re.compile(r"(?i)\bthe\s+(?:other|remaining|rest)\b")
_OF_THESE = re.compile(r"\s+of\s+(?:these|those|them)\b", re.IGNORECASE)
_OF = re.compile(r"\s+(?:out\s+)?of\s+(?:(?:the|its|his|her|their|a\s+total\s+of|all|some)\s+)?(?:[\w’'\-]+['’]s?\s+)?\Z", re.IGNORECASE)
_ORDINAL = re.compile(r"(?i)an?\s+(?:third|fifth|sixth|seventh|eighth|ninth|tenth)(?:,|\s+(?:person|man|woman|child|victim|one)\b)")  # one more in a row
_CLOSE = 0.02
_LEAST_WHOLE = 5

Place = tuple[int, Quantity]


def parts(reports: Sequence[Annotated], _: Sequence[Claim], language: str) -> Iterator[Sum]:
    """The sums of parts of every report, and those in which one report's figure and another's "more" make a total."""
    for report in reports:
        found = taken(report)
        yield from _totals(report, found, language)
        yield from _shares(report, found)
        yield from each(report, found, language)
        yield from _rest(report, found, language)
        yield from _brought(report, found, reports, language)
        yield from _together(report, found, reports, language)


# ---- totals ----------------------------------------------------------------------------------------------------


def _totals(report: Annotated, found: Sequence[Place], language: str) -> Iterator[Sum]:
    """Two or three parts that make a total, where the words join them."""
    text, sentences = report.article.text, report.marks.sentences
    for place, total in found:
        spell = total.unit in _SPELLS  # "nine years, of which she has served four": spans add up where words say so
        if total.value is None or closed(total) is None or (spell and not cue(text, sentences[place], "parts", "partition", language)):
            continue
        named = cue(text, sentences[place], "parts", "total", language)
        some = [(i, q) for i, q in _nearest(found, total, _MANY) if q is not total and q.value and q.value < total.value and _fits(q, total)]
        near_by = [(i, q) for i, q in some if abs(i - place) <= _REACH]
        far = [g for g in combinations(some, 3) if g[0][0] == g[2][0]]
        for groups in (combinations(near_by, 2), [*combinations(_nearest(near_by, total, _FEW), 3), *far]):
            for group in groups:
                members = [q for _, q in group]
                if sum(q.value or 0.0 for q in members) != total.value or not _joined(text, report, place, total, group, language, named):
                    continue
                got = added(members, total)
                if got is not None:
                    yield _total(report, text, place, total, group, got, language)
                    break


def _nearest(found: Sequence[Place], q: Quantity, most: int) -> list[Place]:
    """The figures nearest to one, in the order of the text."""
    if len(found) <= most:
        return list(found)
    return sorted(sorted(found, key=lambda x: abs(x[1].start - q.start))[:most], key=lambda x: x[1].start)


def _fits(part: Quantity, total: Quantity) -> bool:
    if total.unit == "1":
        return part.unit == "1"
    if total.unit in _SPELLS:
        return part.unit in {total.unit, ""}
    return part.unit == total.unit or (countable(total) and countable(part) and "" in {part.unit, total.unit})


def _joined(text: str, report: Annotated, place: int, total: Quantity, group: Sequence[Place], language: str, named: bool) -> bool:
    """True where words show that these are parts of that: a partition, "another", "more", "plus", or a total so named."""
    sentences = report.marks.sentences
    first, last = min(q.start for _, q in group), max(q.end for _, q in group)
    spread = max(i for i, _ in group) - min(i for i, _ in group)
    within = (min(first, total.start), max(last, total.end))
    parted = cue(text, (min(total.end, first), last), "parts", "partition", language)
    others = any(cue(text, (max(0, q.start - 12), min(len(text), q.end + 1)), "parts", "other", language) for _, q in group)
    values = [q.value or 0.0 for _, q in group]
    if cue(text, (first, last), "parts", "opposed", language):
        return spread == 0 and abs(group[0][0] - place) <= 1
    if total.value is not None and total.value < _SMALL:
        return spread == 0 and (parted or others) and abs(group[0][0] - place) <= 1
    if len(set(values)) < len(values) and not parted:
        return False
    if total.unit == "1":
        return spread == 0 and abs(group[0][0] - place) <= 1 and (named or "respectively" in text[slice(*sentences[group[0][0]])])
    same = all(i == place for i, _ in group)
    return parted or others or (named and spread <= 1) or (same and bool(re.search(r"[:(–—]", text[slice(*within)])) and len(group) == 2)


def _total(report: Annotated, text: str, place: int, total: Quantity, group: Sequence[Place], got: Interval, language: str) -> Sum:
    """The sum of the parts; where the last is "the other 30" in another sentence, what the total leaves for it."""
    left = [q for i, q in group if (i != place and _OTHERS.search(text[max(0, q.start - 16) : q.end])) or _left(text, q, group, language)]
    ends = closed(total)
    last = max(group, key=lambda x: x[1].start)
    if not left and place < min(i for i, _ in group) and all(i < last[0] for i, q in group if q is not last[1]):
        left = [last[1]]  # told first, then what was taken from it, then what there is now
    if len(left) == 1 and ends is not None:
        rest = [q for _, q in group if q is not left[0]]
        away = added(rest, total)
        if away is not None:
            working = total.text + "".join(f" − {q.text}" for q in rest)
            return _made(report, left[0], "what is left of the total", working, (ends[0] - away[1], ends[1] - away[0]), left[0])
    return _made(report, total, "the parts make the total", " + ".join(q.text for _, q in group), got, total)


def _left(text: str, q: Quantity, group: Sequence[Place], language: str) -> bool:
    """The figure is said to be what remains: "leaving 15", "five years remain"."""
    end = min([q.end + 18, *(x.start for _, x in group if x.start > q.start)])
    return cue(text, (max(0, q.start - 12), q.start), "parts", "left", language) or cue(text, (q.end, end), "parts", "left", language)


# ---- shares ----------------------------------------------------------------------------------------------------


def _shares(report: Annotated, found: Sequence[Place]) -> Iterator[Sum]:
    """A part and its whole against a share stated beside them; without one, the share that "five of 17" makes."""
    text = report.article.text
    used: set[str] = set()
    for place, share in found:
        if share.unit != "1" or share.value is None or not 0 < share.value < 1 or _ORDINAL.match(text, share.start):
            continue
        best = _best_pair(text, place, share, found)
        if best is not None:
            part, whole, got = best
            used |= {part.id, whole.id}
            yield _made(report, share, "the share that the figures make", f"{_short(part)} / {_short(whole)}", got, share)
    for (i, p), (j, q) in pairwise(found):
        whole_value = q.value or 0.0
        if (
            i == j
            and p.id not in used
            and _OF.fullmatch(text[_number_end(p) : q.start])
            and countable(p)
            and countable(q)
            and whole_value >= _LEAST_WHOLE
        ):
            a, b = rounded(p), closed(q)
            if a is not None and b is not None and a[1] < b[0]:
                yield _made(report, p, "the share that the figures make", f"{_short(p)} / {_short(q)}", ratio(a, b), None)


def _short(q: Quantity) -> str:
    """The figure without the whole that it is part of: "Five" of "Five of the president's 17 advisers"."""
    return q.text.split(" of ")[0]


def _number_end(q: Quantity) -> int:
    m = re.match(r"(?:[\w,.]+[\s-])*?(?=of\s)", q.text)
    return q.start + len(m[0].rstrip()) if m and m[0] else q.end


def _best_pair(text: str, place: int, share: Quantity, found: Sequence[Place]) -> tuple[Quantity, Quantity, Interval] | None:
    """The part and whole nearest to a stated share that make it: the whole in its sentence or the two before, the part within four."""
    best = None
    pointing = bool(_OF_THESE.match(text[share.end : share.end + 16]))
    around = _nearest(found, share, _MANY)
    for i, whole in around:
        b = closed(whole)
        if b is None or whole is share or whole.unit in {"1", "percentage point", *_SPELLS} or not -2 <= i - place <= 0:
            continue
        for j, part in around:
            a = closed(part)
            if a is None or part is whole or part is share or a[1] >= b[0] or abs(j - place) > 4 or i - j > 4 or not _kin(part, whole):
                continue
            got = ratio(a, b)
            tight = not (share.low is None or share.high is None)
            if tight and _apart(got, share) > _CLOSE:
                continue
            if not tight and not (pointing and j == place and abs(i - place) <= 1 and verdict(got, share) == "consistent"):
                continue
            key = (abs(i - place) + abs(j - place), _apart(got, share), whole.start)
            if best is None or key < best[0]:
                best = (key, part, whole, got)
    return best[1:] if best is not None else None


def _apart(got: Interval, share: Quantity) -> float:
    """How far the middle of a share is from the stated one, as a share of it."""
    middle = (got[0] + got[1]) / 2
    return abs(middle - (share.value or 0.0)) / (share.value or 1.0)


def _kin(part: Quantity, whole: Quantity) -> bool:
    if is_money(part) or is_money(whole) or (part.unit == whole.unit != "" and not countable(whole)):
        return part.unit == whole.unit
    return countable(part) and countable(whole) and (part.value or 0) >= 1


# ---- what is left, what was brought ----------------------------------------------------------------------------


def _rest(report: Annotated, found: Sequence[Place], language: str) -> Iterator[Sum]:
    """ "Of 28 patients twelve were treated, the rest …": how many the rest are, where no figure says it."""
    text, sentences = report.article.text, report.marks.sentences
    for i, part in found:
        a = closed(part)
        after = (part.end, min(sentences[i][1], part.end + 90))
        if (
            a is None
            or not countable(part)
            or not re.search(
                r"(?i)\bthe\s+(?:rest|remainder|others)\b(?!\s+of\s+(?:the\s+)?(?:day|week|month|year|world|country))", text[slice(*after)]
            )
        ):
            continue
        wholes = [
            (j, q)
            for j, q in found
            if q.unit == part.unit and q.unit != "" and 0 <= i - j <= 1 and q.start < part.start and closed(q) and (q.value or 0) > (part.value or 0)
        ]
        named = [
            q
            for j, q in wholes
            if cue(text, (max(0, q.start - 14), q.end), "parts", "total", language) or re.search(r"(?i)\bof\s\Z", text[max(0, q.start - 4) : q.start])
        ]
        for whole in named[:1]:
            b = closed(whole)
            if b is not None:
                yield _made(report, part, "how many the rest are", f"{whole.text} − {part.text}", (b[0] - a[1], b[1] - a[0]), None)


def _brought(report: Annotated, found: Sequence[Place], reports: Sequence[Annotated], language: str) -> Iterator[Sum]:
    """ "Two more died, bringing the toll to five": with another report's earlier figure, or what it was before."""
    text = report.article.text
    for i, more in found:
        if not cue(text, (max(0, more.start - 12), min(len(text), more.end + 6)), "parts", "other", language) or more.value is None:
            continue
        for total in [q for j, q in found if j == i and q.start > more.end and q.value is not None and q.value > (more.value or 0.0)]:
            link = text[more.end : total.start]
            if not (
                cue(text, (more.end, total.start), "change", "bringing", language) and re.search(r"\bto\s+(?:about\s|at least\s|nearly\s)?\Z", link)
            ):
                continue
            if total.unit not in {more.unit, ""} or total.value is None:
                continue
            before = total.value - more.value
            earlier = [q for r in reports for q in r.marks.quantities if q.value == before and q.unit == more.unit and q is not more]
            ends = added([earlier[0], more]) if earlier else None
            if ends is not None:
                yield _made(report, total, "an earlier figure and those added make the total", f"{earlier[0].text} + {more.text}", ends, total)
            else:
                a, b = rounded(more), rounded(total)
                if a is not None and b is not None and b[0] > a[1]:
                    yield _made(report, total, "what it was before", f"{total.text} − {more.text}", (b[0] - a[1], b[1] - a[0]), None)
            break


def _together(report: Annotated, found: Sequence[Place], reports: Sequence[Annotated], language: str) -> Iterator[Sum]:
    """ "Four resigned, joining three others": both together; "72 killed, 26 just today": those before."""
    text = report.article.text
    for (i, p), (j, q) in pairwise(found):
        if i != j or not (p.unit == q.unit or (q.unit == "" and p.unit != "1")) or p.value is None or q.value is None:
            continue
        a, b = rounded(p), rounded(q)
        between = text[p.end : q.start]
        if a is None or b is None:
            continue
        if cue(text, (p.end, q.start), "parts", "joining", language):
            total = next((x for r in reports for x in r.marks.quantities if x.unit == p.unit and x.value == (p.value or 0) + (q.value or 0)), None)
            got = added([p, q], total)
            if got is not None:
                yield _made(report, p, "both together", f"{p.text} + {q.text}", got, total)
        elif p.unit == q.unit == "1" and between.strip() == "and" and re.match(r",?\s(?:respectively|together|combined)\b", text[q.end : q.end + 16]):
            both = (a[0] + b[0], a[1] + b[1])
            shares = [x for _, x in found if x.unit == "1" and x not in (p, q) and x.value and verdict(both, x) == "consistent"]
            if len(shares) == 1:
                yield _made(report, p, "both together", f"{p.text} + {q.text}", both, shares[0])
        elif (
            re.fullmatch(r"\s*[–—(-]{1,2}\s*", between)
            and q.value < p.value
            and re.match(r"\s(?:just\s)?(?:today|alone|on\s[A-Z])", text[q.end : q.end + 16])
        ):
            yield _made(report, p, "those before", f"{p.text} − {q.text}", (a[0] - b[1], a[1] - b[0]), None)


def _made(report: Annotated, about: Quantity, reading: str, working: str, got: Interval, stated: Quantity | None) -> Sum:
    return Sum(
        report=report, about=about, reading=reading, working=f"{working} = {interval(*got)}", low=got[0], high=got[1], stated=stated,
        verdict=verdict(got, stated) if stated is not None else "not-checkable",
    )  # fmt: skip
