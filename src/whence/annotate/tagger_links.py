"""The learned linker: which cue each content belongs to, which source speaks through each cue, and how sure that is."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..types import Heard, Region

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from .tagger import Read
    from .tagger_network import Floats

    Ints = npt.NDArray[np.int64]

HEAD = 16
"""How many numbers of a cue's word vector the linker reads."""
FARTHEST = 400
"""Most tokens between two spans that may be linked."""
NEAREST = 16
"""Most cues on either side that a span may go with, so that a paragraph without end costs no more than its length."""
PAIRS = 20_000
"""Most pairs described at once, for the sake of memory."""
_GAPS = (0, 1, 2, 4, 7, 12, 24, 60)
_LENGTHS = (1, 2, 4, 9, 20)
WIDTH = 2 * (len(_GAPS) + 3 + 3 + 2 + 3 + 4) + 1 + 2 + len(_LENGTHS) + 1 + 3 + 4 + 2 * HEAD
"""Numbers that describe a pair of a span and a cue."""


_KINDS = {c: k for k, group in enumerate((".?!", '"“”', ",;", ":"), 1) for c in group}
"""Which running count a mark of punctuation adds to."""


class Spans(NamedTuple):
    """Spans of a text in token positions, half-open: ``label`` 0 source, 1 cue, 2 content."""

    label: Ints
    first: Ints
    last: Ints


class Places(NamedTuple):
    """What lies between two tokens, as running counts (one more than tokens), and the paragraph of each token."""

    counts: dict[str, Ints]
    paragraph: Ints
    leads: Ints  # paragraphs that end with a colon
    capital: Ints
    head: Floats  # (tokens, HEAD)


class Judge(NamedTuple):
    """A small network from the description of a pair to a score; a pair is compared with "none", which scores 0."""

    hidden: Floats
    hidden_bias: Floats
    out: Floats
    out_bias: Floats

    def score(self, pairs: Floats) -> Floats:
        """One score for each row."""
        import numpy as np

        from .tagger_network import multiply

        scores: Floats = np.tanh(multiply(pairs, self.hidden) + self.hidden_bias, dtype=np.float32) @ self.out + self.out_bias
        return scores


def spans(tags: Ints, edges: Ints) -> Spans:
    """The spans in a row of tags; ``edges`` are the first tokens of segments, where every span begins anew."""
    import numpy as np

    before = np.concatenate(([0], tags[:-1]))
    before[edges] = 0
    begins = (tags > 0) & ((tags % 2 == 1) | ((before != tags) & (before != tags - 1)))
    first = np.flatnonzero(begins)
    stops = np.flatnonzero(begins | (tags == 0) | np.isin(np.arange(len(tags)), edges))
    after = np.searchsorted(stops, first, side="right")
    last = np.concatenate((stops, [len(tags)]))[after]
    return Spans((tags[first] - 1) // 2, first, last)


def places(words: list[str], paragraph: Ints, head: Floats, found: Spans) -> Places:
    """The running counts that ``describe`` needs."""
    import numpy as np

    n = len(words)
    kinds = np.fromiter((_KINDS.get(w[0] if len(w) == 1 else "", 0) for w in words), np.int64, n)
    counts = {name: np.concatenate(([0], np.cumsum(kinds == k))) for k, name in enumerate(("stop", "quote", "comma", "colon"), 1)}
    counts["word"] = np.concatenate(([0], np.cumsum(np.fromiter((w[0].isalnum() for w in words), np.bool_, n))))
    for k, name in enumerate(("source", "cue", "content")):
        at = np.zeros(n, np.int64)
        at[found.first[found.label == k]] = 1
        counts[name] = np.concatenate(([0], np.cumsum(at)))
    ends = np.flatnonzero(np.concatenate((paragraph[1:] != paragraph[:-1], [True])))
    leads = paragraph[ends][[words[i] == ":" for i in ends]]
    return Places(counts, paragraph, leads, np.fromiter((w[0].isupper() for w in words), np.int64, n), head)


def pairs(found: Spans, label: int, where: Places) -> tuple[Ints, Ints]:
    """Which spans of the label may go with which cues: in one paragraph, or the cue in the paragraph before, which ends with a colon."""
    import numpy as np

    a, q = np.flatnonzero(found.label == label), np.flatnonzero(found.label == 1)
    if not len(a) or not len(q):
        return a[:0], q[:0]
    pa, pq = where.paragraph[found.first[a]], where.paragraph[found.first[q]]
    led = np.isin(pa - 1, where.leads) if label == 2 else np.zeros(len(a), bool)
    here = np.searchsorted(found.first[q], found.first[a])
    low = np.maximum(np.searchsorted(pq, pa - led, side="left"), here - NEAREST)
    high = np.minimum(np.searchsorted(pq, pa, side="right"), here + NEAREST)
    size = np.maximum(high - low, 0)
    i = np.repeat(np.arange(len(a)), size)
    j = low[i] + np.arange(len(i)) - np.repeat(np.cumsum(size) - size, size)
    near = np.maximum(found.first[a[i]] - found.last[q[j]], found.first[q[j]] - found.last[a[i]]) <= FARTHEST
    return a[i[near]], q[j[near]]


def describe(found: Spans, where: Places, a: Ints, q: Ints) -> Floats:
    """(pairs, WIDTH): distance, direction and what lies between each span and its cue."""
    import numpy as np

    first, last, begin, end = found.first[a], found.last[a], found.first[q], found.last[q]
    after = (first >= end).astype(np.int64)
    low, high = np.minimum(last, end), np.maximum(first, begin)
    low = np.minimum(low, high)
    between = {k: c[high] - c[low] for k, c in where.counts.items()}
    gap = high - low
    columns = [np.eye(len(_GAPS), dtype=np.float32)[np.searchsorted(_GAPS, gap, side="right") - 1]]
    for name, most in (("stop", 3), ("cue", 3), ("source", 2), ("content", 3)):
        columns.append(np.eye(most, dtype=np.float32)[np.clip(between[name], 0, most - 1)])
    columns.append(np.stack([between["quote"] > 0, between["comma"] > 0, between["colon"] > 0, between["word"] == 0], 1).astype(np.float32))
    turned = np.concatenate(columns, 1)
    quote, comma = np.diff(where.counts["quote"]), np.diff(where.counts["comma"])
    size = last - first
    apart = where.paragraph[begin] != where.paragraph[first]
    unquoted = np.minimum(np.concatenate((quote[1:], [0]))[last - 1], 1)
    plain = np.concatenate(
        [
            apart[:, None], np.minimum(quote[first], 1)[:, None], np.minimum(quote[last - 1], 1)[:, None],
            np.eye(len(_LENGTHS), dtype=np.float32)[np.searchsorted(_LENGTHS, size, side="right") - 1],
            where.capital[first][:, None], np.eye(3, dtype=np.float32)[np.clip(end - begin, 1, 3) - 1],
            unquoted[:, None], (comma[np.maximum(begin - 1, 0)] > 0)[:, None], (quote[np.maximum(begin - 1, 0)] > 0)[:, None],
            (np.concatenate((comma, [0]))[end] > 0)[:, None],
        ],
        1,
    ).astype(np.float32)  # fmt: skip
    side = after[:, None].astype(np.float32)
    heads = where.head[begin]
    return np.concatenate([turned * side, turned * (1 - side), plain, heads * side, heads * (1 - side)], 1)


class Linker(NamedTuple):
    """Three judgements: content to cue, source to cue, and whether the whole is right."""

    content: Judge
    source: Judge
    sure: Floats
    least: float

    @classmethod
    def of(cls, kept: dict[str, npt.NDArray[np.generic]]) -> Linker:
        """The linker from the arrays of the weights' file."""
        import numpy as np

        parts = ("hidden", "hidden_bias", "out", "out_bias")
        content, source = (Judge(*(kept[f"{name}_{p}"].astype(np.float32) for p in parts)) for name in ("content", "source"))
        return cls(content, source, kept["sure"].astype(np.float32), float(kept["least"].astype(np.float32)))

    def choose(self, judge: Judge, found: Spans, where: Places, label: int) -> tuple[Ints, Ints, Floats]:
        """All pairs of the label's spans with cues, and the score of each."""
        import numpy as np

        a, q = pairs(found, label, where)
        slices = [slice(i, i + PAIRS) for i in range(0, len(a), PAIRS)]
        scores = [judge.score(describe(found, where, a[s], q[s])) for s in slices]
        return a, q, np.concatenate(scores) if scores else np.zeros(0, np.float32)

    def relations(self, read: Read) -> tuple[Spans, list[tuple[int, int | None, list[int]]], Floats]:
        """Each cue with its source and contents (as rows of the spans), and for each what the confidence is judged by."""
        import numpy as np

        edges = np.array([s[0] for s in read.tokens.segments], np.int64)
        length = np.array([s[1] - s[0] for s in read.tokens.segments])
        paragraph = np.repeat(np.array([s[2] for s in read.tokens.segments]), length)
        found = spans(read.tags, edges)
        where = places(read.tokens.words, paragraph, read.head, found)
        contents: dict[int, list[tuple[int, float]]] = {}
        for a, q, p in best(*self.choose(self.content, found, where, 2)):
            contents.setdefault(q, []).append((a, p))
        speaker, cues, scores = self.choose(self.source, found, where, 0)
        sources = {cue: (source, p) for cue, source, p in best(cues, speaker, scores)}
        certain = certainty(read, found)
        out, facts = [], []
        for cue in np.flatnonzero(found.label == 1).tolist():
            said = contents.get(cue, [])
            if not said:
                continue
            source = sources.get(cue)
            out.append((cue, None if source is None else source[0], [i for i, _ in said]))
            facts.append(evidence(certain, cue, source, said, read, found))
        return found, out, np.array(facts, np.float32).reshape(len(out), FACTS)

    def link(self, read: Read) -> tuple[Heard, ...]:
        """The attributions of a tagged text, in the order of their cues."""
        return tuple(h for _, h in self.link_all(read))

    def link_all(self, read: Read) -> list[tuple[int, Heard]]:
        """The attributions of a tagged text, each with the number of its paragraph."""
        import numpy as np

        if not read.tokens.words:
            return []
        found, linked, facts = self.relations(read)
        sure = 1 / (1 + np.exp(-(facts @ self.sure[:-1] + self.sure[-1])))
        starts, ends = read.tokens.starts, read.tokens.ends
        edges = np.array([s[0] for s in read.tokens.segments])

        def region(i: int) -> Region:
            return starts[found.first[i]], ends[found.last[i] - 1]

        out = []
        for (cue, source, said), p in zip(linked, sure.tolist(), strict=True):
            if p >= self.least:
                number = read.tokens.segments[int(np.searchsorted(edges, found.first[cue], side="right")) - 1][2]
                content = tuple(region(i) for i in sorted(said))
                heard = Heard(source=None if source is None else region(source), cue=region(cue), content=content, confidence=round(p, 4))
                out.append((number, heard))
        return out


FACTS = 11


def best(a: Ints, q: Ints, score: Floats) -> list[tuple[int, int, float]]:
    """For each ``a`` the ``q`` that scores best with its probability, where it beats "none"."""
    import numpy as np

    if not len(a):
        return []
    order = np.argsort(a, kind="stable")
    a, q, score = a[order], q[order], score[order]
    edges = np.flatnonzero(np.concatenate(([True], a[1:] != a[:-1])))
    top = np.maximum(np.maximum.reduceat(score, edges), 0)
    weight = np.exp(score - np.repeat(top, np.diff(np.append(edges, len(a)))))
    total = np.add.reduceat(weight, edges) + np.exp(-top)
    out = []
    for i, left in enumerate(edges.tolist()):
        right = int(edges[i + 1]) if i + 1 < len(edges) else len(a)
        j = left + int(score[left:right].argmax())
        if score[j] > 0:
            out.append((int(a[j]), int(q[j]), float(weight[j] / total[i])))
    return out


def certainty(read: Read, found: Spans) -> Floats:
    """(spans, 3): log probability of the first tag, of the label where it is least likely, and of the end."""
    import numpy as np

    here = np.log(np.take_along_axis(read.marginals, read.tags[:, None], 1)[:, 0] + np.float32(1e-4))
    if not len(found.first):
        return np.zeros((0, 3), np.float32)
    label = read.marginals[:, 1::2] + read.marginals[:, 2::2]
    on = np.log(np.take_along_axis(label, np.maximum(0, read.tags - 1)[:, None] // 2, 1)[:, 0] + np.float32(1e-4))
    cuts = np.stack([found.first, np.minimum(found.last, len(here) - 1)], 1).ravel()
    least = np.minimum.reduceat(on, cuts)[::2] if len(here) > 1 else on[found.first]
    least = np.minimum(least, on[found.last - 1])
    beyond = np.concatenate((read.marginals, [[1, 0, 0, 0, 0, 0, 0]]))[found.last, 2 + 2 * found.label]
    return np.stack([here[found.first], least, np.log(1 - beyond + 1e-4)], 1).astype(np.float32)


def evidence(certain: Floats, cue: int, source: tuple[int, float] | None, said: list[tuple[int, float]], read: Read, found: Spans) -> list[float]:
    """What a whole attribution's confidence is judged by."""
    import math

    content = [certain[i] for i, _ in said]
    main = max(said, key=lambda s: found.last[s[0]] - found.first[s[0]])[0]
    link = min(p for _, p in said)
    quoted = read.tokens.words[found.first[said[0][0]]] in '"“'
    speaker = certain[source[0]] if source is not None else (0.0, 0.0, 0.0)
    named = math.log(source[1] + 1e-4) if source is not None else 0.0
    facts = [certain[cue][1], max(c[1] for c in content), certain[main][0], certain[main][2], math.log(link + 1e-4)]
    facts += [speaker[0], speaker[1], named, source is None, quoted, len(said) > 1]
    return [float(f) for f in facts]
