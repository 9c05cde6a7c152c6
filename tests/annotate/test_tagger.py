"""The learned tagger: what it finds, that its spans are words of the text, that nothing makes it raise."""

from __future__ import annotations

import re
import time
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whence import text as texts
from whence.annotate import tagger, tagger_links, tagger_network, tagger_words
from whence.errors import ModelError
from whence.types import Heard
from whence.weights import MODELS, read_weights


def find(text: str) -> tuple[Heard, ...]:
    return tagger.find_heard(text, list(texts.paragraphs(text)))


def shown(text: str) -> list[tuple[str | None, str | None, list[str]]]:
    def words(region: tuple[int, int] | None) -> str | None:
        return None if region is None else text[slice(*region)]

    return [(words(h.source), words(h.cue), [text[a:b] for a, b in h.content]) for h in find(text) if h.inside is None]


def sound(text: str, heard: tuple[Heard, ...]) -> None:
    for i, h in enumerate(heard):
        assert h.cue is not None
        assert h.content
        for left, right in [h.cue, *h.content, *([h.source] if h.source else [])]:
            assert 0 <= left < right <= len(text)
            assert text[left:right] == text[left:right].strip()
        assert 0 <= h.confidence <= 1
        assert h.inside is None or 0 <= h.inside < i


class TestWhatIsFound:
    def test_a_quotation_before_its_speaker(self) -> None:
        assert shown("“The bridge will stay shut until spring,” said Marta Olsen, the harbour master.") == [
            ("Marta Olsen, the harbour master", "said", ["“The bridge will stay shut until spring,”"])
        ]

    def test_an_indirect_statement(self) -> None:
        [(source, cue, content)] = shown("The ministry said that three villages had lost power after the storm.")
        assert (source, cue) == ("The ministry", "said")
        assert content[0].endswith("three villages had lost power after the storm")

    def test_according_to(self) -> None:
        [(source, cue, _)] = shown("The plant will close next year, according to two people familiar with the plan.")
        assert (source, cue) == ("two people familiar with the plan", "according to")

    def test_two_cues_share_a_source(self) -> None:
        found = shown("The minister said on Monday that the dam was safe, adding that repairs would take a month.")
        assert [(s, c) for s, c, _ in found] == [("The minister", "said"), ("The minister", "adding")]

    def test_a_quotation_in_two_pieces(self) -> None:
        [(source, _, content)] = shown("“We saw the smoke first,” said Ana Reyes, a baker. “Then the sirens began.”")
        assert source is not None
        assert source.startswith("Ana Reyes")
        assert len(content) == 2

    def test_plain_telling_is_left_alone(self) -> None:
        assert shown("The ferry left at noon and reached the island before dark. The sea was calm.") == []

    def test_the_same_text_gives_the_same_answer(self) -> None:
        text = "Officials said the road was open. “It is,” a driver said."
        assert find(text) == find(text)

    def test_words_seen_before_change_nothing(self) -> None:
        text = "Officials said the road was open."
        before = find(text)
        find("Entirely other words, the mayor argued, may come between.")
        assert find(text) == before


class TestBadInput:
    @given(st.text())
    @settings(max_examples=150, deadline=None)
    def test_any_text(self, text: str) -> None:
        sound(text, find(text))

    @given(
        st.lists(
            st.sampled_from(['"', "“", "”", "said", "Smith", "\n", ".", "according to", "’", "'", ",", "that", "told", ":", "he", "\ud800", "\x00"]),
            max_size=60,
        )
    )
    @settings(max_examples=150, deadline=None)
    def test_pieces_of_reporting_in_any_order(self, pieces: list[str]) -> None:
        text = " ".join(pieces)
        sound(text, find(text))

    @pytest.mark.parametrize(
        "text",
        [
            "",
            " ",
            "\n",
            "said",
            "“",
            "a" * 300_000,
            "said " * 60_000,
            "said\n" * 40_000,
            "“said " * 30_000,
            "\x00" * 5_000,
            "\ud800 said " * 5_000,
            "'s’s" * 20_000,
        ],
        ids=["empty", "blank", "line", "cue", "quote", "no spaces", "no full stop", "one word a line", "quotes", "control", "surrogates", "clitics"],
    )
    def test_odd_texts(self, text: str) -> None:
        began = time.process_time()
        sound(text, find(text))
        assert time.process_time() - began < 30

    def test_paragraphs_need_not_cover_the_text(self) -> None:
        text = "Menu\nThe mayor said the pool was closed.\nShare"
        sound(text, tagger.find_heard(text, [(5, 40)]))
        assert tagger.find_heard(text, []) == ()


class TestTokens:
    @given(st.text(alphabet=st.sampled_from("ab '’s.,-\"“”1U\n"), max_size=80))
    def test_tokens_are_all_that_is_not_blank(self, text: str) -> None:
        tokens = tagger_words.tokenize(text, list(texts.paragraphs(text)))
        assert re.sub(r"\s", "", text) == "".join(tokens.words)
        assert [text[a:b] for a, b in zip(tokens.starts, tokens.ends, strict=True)] == tokens.words

    def test_a_long_paragraph_is_cut_where_a_sentence_ends(self) -> None:
        tokens = tagger_words.tokenize("one two three four. " * 100, [(0, 2000)])
        assert all(b - a <= tagger_words.SEGMENT for a, b, _ in tokens.segments)
        assert all(tokens.words[b - 1] == "." for _, b, _ in tokens.segments)

    def test_quotation_states(self) -> None:
        assert list(tagger_words.quote_states(["a", "“", "b", "”", "c", '"', "d"], 0)) == [0, 1, 2, 3, 0, 1, 4]


class TestChain:
    def test_decoding_and_probabilities_agree_with_trying_every_sequence(self) -> None:
        rng = np.random.default_rng(0)
        emissions = rng.normal(size=(7, 7)).astype(np.float32)
        chain = tagger.load().chain
        packing = tagger_network.pack(np.array([4, 3]), np.array([0, 4]))
        tags, sums = [], np.zeros((7, 7))
        for first, length in ((0, 4), (4, 3)):
            scores = {}
            for path in np.ndindex(*[7] * length):
                score = chain.start[path[0]] + sum(emissions[first + i, t] for i, t in enumerate(path))
                scores[path] = float(score + sum(chain.step[a, b] for a, b in pairwise(path)))
            top = max(scores.values())
            total = sum(np.exp(s - top) for s in scores.values())
            tags += max(scores, key=scores.__getitem__)
            for path, score in scores.items():
                for i, t in enumerate(path):
                    sums[first + i, t] += np.exp(score - top) / total
        assert tagger_network.decode(chain, emissions, packing).tolist() == tags
        assert np.allclose(tagger_network.marginals(chain, emissions, packing), sums, atol=1e-4)

    def test_spans_begin_anew_at_each_segment(self) -> None:
        found = tagger_links.spans(np.array([6, 6, 0, 5, 6, 6, 3, 1]), np.array([0, 5]))
        assert list(zip(found.label, found.first, found.last, strict=True)) == [(2, 0, 2), (2, 3, 5), (2, 5, 6), (1, 6, 7), (0, 7, 8)]


class TestWeights:
    def test_damaged_weights_are_refused(self, tmp_path: Path) -> None:
        (tmp_path / "x.npz").write_bytes(b"not weights")
        (tmp_path / "x.sha256").write_text("0" * 64)
        with pytest.raises(ModelError, match="damaged"):
            read_weights("x", tmp_path)

    def test_absent_weights_are_refused(self, tmp_path: Path) -> None:
        with pytest.raises(ModelError, match="cannot be read"):
            read_weights("x", tmp_path)

    def test_they_are_small(self) -> None:
        assert (MODELS / "attribution.npz").stat().st_size <= 12_000_000


class TestInside:
    def test_a_report_inside_a_content_points_to_the_attribution_around_it(self) -> None:
        text = "The governor said that the weather service had warned that the river would rise."
        heard = find(text)
        inner = [h for h in heard if h.inside is not None]
        assert [text[slice(*h.source)] for h in inner if h.source] == ["the weather service"]
        assert heard[inner[0].inside or 0].inside is None

    def test_the_speaker_himself_is_no_further_party(self) -> None:
        assert all(h.inside is None for h in find("“I think the road is closed,” said Ana Reyes, a baker."))

    def test_it_goes_three_deep_and_no_deeper(self) -> None:
        text = "The mayor said that the minister had told him that the governor said that the police had warned that the road was closed."
        heard = find(text)

        def depth(h: Heard) -> int:
            return 1 if h.inside is None else 1 + depth(heard[h.inside])

        assert [depth(h) for h in heard] == [1, 2, 3]
