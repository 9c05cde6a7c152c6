"""What the count says of small graphs, and what must hold of every graph."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whence.compare.origins import Provenance, Tie, count_origins


def graph(readers: str, *ties: Tie) -> Provenance:
    parties = {*readers.split(), *(p for t in ties for p in (t.upstream, t.downstream))}
    return Provenance(readers=tuple(readers.split()), ties=ties, names={p: p for p in parties})


def stated(upstream: str, downstream: str) -> Tie:
    return Tie(upstream=upstream, downstream=downstream, strength="stated")


def possible(a: str, b: str, chance: float = 0.5) -> Tie:
    return Tie(upstream=a, downstream=b, strength="possible", mutual=True, chance=chance)


class TestCounting:
    def test_two_reports_that_cite_one_paper_have_one_origin(self) -> None:
        count = count_origins(graph("bne tmt", stated("official", "wsj"), stated("wsj", "bne"), stated("wsj", "tmt")))
        assert (1, 1.0, 1) == (count.origins.low, count.origins.best, count.origins.high)
        assert ("official",) == count.origins.parties
        assert ("wsj",) == count.weakest
        assert 1 == count.witnesses.high

    def test_two_reports_of_one_speech_are_two_witnesses_and_one_origin(self) -> None:
        count = count_origins(graph("bne tmt", stated("tokayev", "bne"), stated("tokayev", "tmt")))
        assert 1 == count.origins.high
        assert (1, 2) == (count.witnesses.low, count.witnesses.high)
        assert ("tokayev",) == count.weakest

    def test_two_unnamed_officials_are_one_or_two_people(self) -> None:
        count = count_origins(graph("a b", stated("official a", "a"), stated("official b", "b"), possible("official a", "official b")))
        assert (1, 2) == (count.origins.low, count.origins.high)
        assert 1.5 == count.origins.best

    def test_a_ring_of_papers_that_cite_each_other_is_one_origin(self) -> None:
        count = count_origins(graph("a b", stated("a", "b"), stated("b", "a")))
        assert 1 == count.origins.high

    def test_two_silent_reports_are_cut_only_by_both(self) -> None:
        assert ("a", "b") == count_origins(graph("a b")).weakest

    def test_a_claim_nobody_carries_is_refused(self) -> None:
        with pytest.raises(ValueError, match="without a reader"):
            count_origins(graph(""))


PARTIES = [f"p{i}" for i in range(6)]
TIES = st.builds(
    Tie,
    upstream=st.sampled_from(PARTIES),
    downstream=st.sampled_from(PARTIES),
    strength=st.sampled_from(["stated", "shown", "possible"]),
    mutual=st.booleans(),
    chance=st.floats(0, 1),
)
GRAPHS = st.builds(
    lambda readers, ties: Provenance(readers=tuple(readers), ties=tuple(ties), names={p: p for p in [*PARTIES, "copy"]}),
    st.lists(st.sampled_from(PARTIES), min_size=1, max_size=5, unique=True),
    st.lists(TIES, max_size=12),
)


class TestWhatMustHold:
    @given(GRAPHS)
    def test_the_interval_is_in_order(self, g: Provenance) -> None:
        o = count_origins(g).origins
        assert 1 <= o.low <= o.best <= o.high

    @given(GRAPHS, st.randoms(use_true_random=False))
    def test_the_order_of_reports_changes_nothing(self, g: Provenance, random: object) -> None:
        readers, ties = list(g.readers), list(g.ties)
        random.shuffle(readers)  # type: ignore[attr-defined]
        random.shuffle(ties)  # type: ignore[attr-defined]
        other = Provenance(readers=tuple(readers), ties=tuple(ties), names=g.names)
        assert count_origins(g) == count_origins(other)

    @given(GRAPHS, st.booleans())
    def test_a_copy_never_raises_a_count(self, g: Provenance, directed: bool) -> None:
        tie = Tie(upstream=g.readers[0], downstream="copy", strength="shown", mutual=not directed)
        more = Provenance(readers=(*g.readers, "copy"), ties=(*g.ties, tie), names=g.names)
        before, after = count_origins(g).origins, count_origins(more).origins
        assert after.low <= before.low
        assert after.best <= before.best + 1e-9
        assert after.high <= before.high

    @given(GRAPHS, st.data())
    def test_without_a_credit_the_low_end_stays_above_nothing(self, g: Provenance, data: st.DataObject) -> None:
        if g.ties:
            gone = data.draw(st.integers(0, len(g.ties) - 1))
            fewer = Provenance(readers=g.readers, ties=g.ties[:gone] + g.ties[gone + 1 :], names=g.names)
            assert count_origins(fewer).origins.low >= 1

    @given(GRAPHS)
    def test_without_the_weakest_parties_no_root_reaches_a_reader(self, g: Provenance) -> None:
        count = count_origins(g)
        cut, firm = set(count.weakest), [t for t in g.ties if t.strength != "possible"]
        reached = {p for p in count.origins.parties if p not in cut}
        for _ in PARTIES:
            for t in firm:
                for u, v in [(t.upstream, t.downstream), *([(t.downstream, t.upstream)] if t.mutual else [])]:
                    if u in reached and v not in cut:
                        reached.add(v)
        assert not reached & set(g.readers)
        assert len(cut) <= len(set(g.readers))
