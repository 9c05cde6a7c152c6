"""The encoder of clauses: pieces as in BERT, a clause's vectors that depend on it alone, near where two say one thing; weights that must be whole."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whence.encoder import SIZE, encode
from whence.errors import ModelError
from whence.weights import MODELS, read_weights


class TestEncode:
    def test_nothing_gives_nothing(self) -> None:
        assert [] == encode([])
        assert (0, SIZE) == encode([" "])[0].states.shape

    def test_a_word_that_no_piece_makes_is_one_unknown_piece(self) -> None:
        assert encode(["one ߐߑߒ two"])[0].pieces.tolist()[1] == encode(["ߓߔ"])[0].pieces.tolist()[0] == 100

    def test_accents_and_case_do_not_matter(self) -> None:
        assert encode(["Café MÜLLER"])[0].pieces.tolist() == encode(["cafe muller"])[0].pieces.tolist()

    def test_long_texts_give_their_first_pieces(self) -> None:
        long, short = encode(["word " * 500, "word"])
        assert len(short.pieces) == 1 < len(long.pieces) <= 60

    def test_of_very_many_texts_each_gives_fewer_pieces(self) -> None:
        assert {6} == {len(e.pieces) for e in encode(["a ferry ran aground off the northern coast"] * 7000)}

    def test_a_clause_reads_the_same_whatever_stands_beside_it(self) -> None:
        clause = "the mine has been closed since Tuesday"
        alone = encode([clause])[0].states
        beside = encode(["Two men are missing", clause, "the court fined the owner 40,000 crowns and", clause])
        assert np.allclose(alone, beside[1].states, atol=1e-4)
        assert np.array_equal(beside[1].states, beside[3].states)

    def test_a_word_differs_by_its_neighbours(self) -> None:
        river, money = encode(["they sat on the bank of the river", "they robbed the bank of its money"])
        assert river.pieces[4] == money.pieces[3]
        assert np.corrcoef(river.states[4], money.states[3])[0, 1] < 0.95

    def test_what_is_told_in_other_words_is_nearer_than_another_fact(self) -> None:
        clauses = ["He died on Friday after a long illness", "he passed away, having been ill for years", "He led the team"]
        died, again, other = (e.states.mean(0) for e in encode(clauses))
        assert died @ again > 1.1 * (died @ other)

    @settings(max_examples=25, deadline=None)
    @given(st.lists(st.text(max_size=60), max_size=5))
    def test_any_text_is_read(self, texts: list[str]) -> None:
        found = encode(texts)
        assert [len(e.pieces) for e in found] == [len(e.states) for e in found]
        assert all(np.isfinite(e.states).all() for e in found)


class TestWeights:
    def test_they_are_small_enough_to_ship(self) -> None:
        assert sum(f.stat().st_size for f in MODELS.iterdir()) < 25_000_000

    def test_damaged_weights_are_refused(self, tmp_path: Path) -> None:
        for name in ("encoder.npz", "encoder.sha256"):
            (tmp_path / name).write_bytes((MODELS / name).read_bytes())
        with (tmp_path / "encoder.npz").open("r+b") as file:
            file.seek(5000)
            file.write(b"\xff\x00\xff")
        with pytest.raises(ModelError, match="damaged"):
            read_weights("encoder", tmp_path)
