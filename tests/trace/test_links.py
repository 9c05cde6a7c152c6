"""Links in a corpus: the compiled passes say what the interpreted ones say, and bear bad input."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whence.errors import InputError
from whence.trace import Text, links, links_of_corpus, set_phrases
from whence.trace import index as words
from whence.trace.index_grams import repeated
from whence.trace.kernels_grams import ordered
from whence.trace.kernels_words import QUOTED, digest
from whence.trace.reuse_align import closer, hits, segments
from whence.trace.reuse_judge import SOME, one_text, share
from whence.trace.reuse_words import Words, quotations, read, spelled, weigh
from whence.types import Refused

CORPUS = st.text(alphabet="abcABÉéςΣİ’'-.,0123 \n\"“”„«»_漢字カ한😀𠀀\ud800", max_size=80)


def prose(rng: random.Random, n: int, vocabulary: int = 3000) -> list[str]:
    return [f"w{rng.randrange(vocabulary)}x" for _ in range(n)]


def corpus(path: Path, texts: list[dict[str, Any]]) -> str:
    path.write_text("".join(json.dumps(t) + "\n" for t in texts), encoding="utf-8")
    return str(path)


def nobody(refused: Refused) -> None:
    raise AssertionError(refused)


class TestWords:
    @settings(max_examples=200, deadline=None)
    @given(st.lists(CORPUS, min_size=1, max_size=4))
    def test_the_compiled_pass_reads_the_words_that_the_interpreted_one_reads(self, texts: list[str]) -> None:
        store = words.Index()
        store.add(texts, [None] * len(texts))
        _, _, info, weights = store.arrays
        for n, text in enumerate(texts):
            begin, end = store.doc_start[n], store.doc_start[n + 1]
            expected = spelled(text)
            assert [store.region(w, w + 1) for w in range(begin, end)] == [(s, e) for _, s, e in expected]
            marked = [any(a <= s < b for a, b in quotations(text)) for _, s, _ in expected]
            assert [bool(info[w] & QUOTED) for w in range(begin, end)] == marked
            assert weights[begin:end].tolist() == [w or x for w, x in zip(weigh([s for s, _, _ in expected], "en"), weights[begin:end], strict=True)]

    def test_words_are_equal_exactly_where_their_hashes_are(self) -> None:
        store = words.Index()
        store.add(["Straße STRASSE straße ΣΊΣΥΦΟΣ σίσυφος 12 １２ a" * 3], [None])
        spellings = [w for w, _, _ in spelled("Straße STRASSE straße ΣΊΣΥΦΟΣ σίσυφος 12 １２ a" * 3)]
        hashes = store.arrays[0][: len(spellings)].tolist()
        assert len(set(spellings)) == len(set(zip(spellings, hashes, strict=True))) == len(set(hashes))

    def test_words_of_every_length_are_read_alike_by_eight_bytes_and_by_one(self) -> None:
        """Lengths round eight, and round the longest word; a letter that is not ASCII, or none, at every place."""
        spellings = ["aB3" * 90]
        for length in (1, 2, 7, 8, 9, 15, 16, 17, 119, 120, 121, 239, 240, 241):
            word = ("Qw7eRty" * 40)[:length]
            places = [at for at in (0, 1, 7, 8, length // 2, length - 1) if at < length]
            spellings += [word, *(word[:at] + mark + word[at + 1 :] for at in places for mark in "é字\U00020000”,_")]
        for between in (" ", "-", "”", '"', "\n"):
            text = between.join(spellings)
            store = words.Index()
            store.add([text, text[:-1], text + " "], [None] * 3)
            for n, part in enumerate((text, text[:-1], text + " ")):
                begin, end = store.doc_start[n], store.doc_start[n + 1]
                assert [store.region(w, w + 1) for w in range(begin, end)] == [(s, e) for _, s, e in spelled(part)]
                assert store.arrays[0][begin:end].tolist() == [digest(w) for w, _, _ in spelled(part)]


class TestPairs:
    @settings(max_examples=60, deadline=None)
    @given(st.integers(0, 10**6), st.floats(0, 0.6), st.integers(20, 200))
    def test_the_compiled_pass_finds_what_the_interpreted_one_finds(self, seed: int, rate: float, n: int) -> None:
        rng = random.Random(seed)
        base = prose(rng, n)
        other = [w if rng.random() > rate else f"x{rng.randrange(50)}" for w in base]
        cut = rng.randrange(len(other))
        texts = [" ".join(base), " ".join(prose(rng, 9) + other[cut:] + ['"the'] + other[:cut])]
        store = words.Index()
        store.add(texts, [None, None])
        found = list(words.pairs(store))
        numbers: dict[str, int] = {}
        a, b = (read(t, (), "en", numbers) for t in texts)
        shared = self.interpreted(a, b)
        assert len(found) == (shared is not None)
        if shared is not None:
            (pair,) = found
            assert (pair.run, pair.own_run, pair.matched_a, pair.spanned) == (shared.run, shared.own_run, shared.matched, shared.spanned)
            assert (pair.strength / 6, pair.own_strength / 6) == pytest.approx((shared.strength, shared.own_strength))

    @staticmethod
    def interpreted(a: Words, b: Words) -> Any:
        found = segments(a, b, hits([a, b]).get((0, 1), []))
        shared = share(a, b, found)
        if shared.strength >= SOME and not one_text(shared.run, shared.strength):
            shared = share(a, b, closer(a, b, found))
        return shared if one_text(shared.run, shared.strength) else None


class TestHabit:
    def test_what_an_outlet_puts_under_all_it_prints_makes_no_link(self) -> None:
        rng = random.Random(1)
        tail = " ".join(prose(rng, 40))
        texts = [Text(text=" ".join(prose(rng, 150)) + "\n\n" + tail, outlet="One") for _ in range(6)]
        assert list(links_of_corpus(texts)) == []

    def test_a_form_filled_in_by_many_makes_no_link(self) -> None:
        rng = random.Random(2)
        form = [prose(rng, 9) for _ in range(4)]
        texts = [Text(text=" ".join(" ".join([*part, *prose(rng, 25)]) for part in form), outlet=f"o{n}") for n in range(12)]
        assert list(links_of_corpus(texts)) == []

    def test_a_text_that_many_outlets_ran_is_no_formula(self) -> None:
        rng = random.Random(3)
        text = prose(rng, 120)
        texts = [Text(text=" ".join([*prose(rng, 30), *text]), outlet=f"o{n}") for n in range(12)]
        assert len(list(links_of_corpus(texts))) == 12 * 11 // 2

    def test_an_update_of_an_outlets_own_text_is_no_boilerplate(self) -> None:
        rng = random.Random(4)
        text = prose(rng, 120)
        texts = [Text(text=" ".join([*prose(rng, 15), *text]), outlet="One") for _ in range(6)]
        assert len(list(links_of_corpus(texts))) == 15

    def test_what_an_outlet_ran_again_and_again_is_still_found_elsewhere(self) -> None:
        rng = random.Random(12)
        text = prose(rng, 130)
        texts = [Text(text=" ".join([*prose(rng, 100), *text]), outlet="One") for _ in range(6)]
        texts.append(Text(text=" ".join([*prose(rng, 60), *text]), outlet="Two"))
        assert sum("7" in (link.from_, link.to) for link in links_of_corpus(texts)) == 6

    def test_what_made_no_link_stands_in_a_table_of_its_own(self) -> None:
        rng = random.Random(11)
        tail, phrase = " ".join(prose(rng, 40)), " ".join(prose(rng, 9))
        texts = [Text(text=" ".join([*prose(rng, 150), phrase, *prose(rng, 60), tail]), outlet="One", id=f"a{n}") for n in range(6)]
        texts += [Text(text=" ".join([*prose(rng, 100), phrase, *prose(rng, 60)]), outlet=f"o{n}", id=f"b{n}") for n in range(9)]
        by_id = {t.id: t.text for t in texts}
        found = {(p.kind, by_id[p.id][p.start : p.end], p.places) for p in set_phrases(texts)}
        assert ("boilerplate", tail, 6) in found
        assert phrase in {words for _, words, _ in found}


class TestBadInput:
    @pytest.mark.parametrize("texts", [[], [""], ["", ""], ["word"], ["word", "word"], ["😀", "\ud800"]])
    def test_empty_and_tiny_texts_have_no_links(self, texts: list[str]) -> None:
        assert list(links_of_corpus([Text(text=t) for t in texts])) == []

    def test_a_text_of_ten_megabytes_is_linked(self) -> None:
        rng = random.Random(6)
        part = prose(rng, 300)
        long = prose(rng, 1_000_000, 10**9)
        texts = [Text(text=" ".join(long[:500_000] + part + long[500_000:])), Text(text=" ".join(part)), Text(text="the same " * 1_100_000)]
        (link,) = links_of_corpus(texts)
        assert (link.from_, link.to, link.containment.to_in_from) == ("1", "2", 1.0)

    def test_five_thousand_copies_are_a_group_and_cost_no_square(self, tmp_path: Path) -> None:
        rng = random.Random(7)
        text = " ".join(prose(rng, 200))
        path = corpus(tmp_path / "c.jsonl", [{"id": f"d{n}", "text": f"{text} end {n}"} for n in range(5000)])
        rows = list(links(path, refused=nobody))
        assert {row["to"] for row in rows if row.get("group") == "d0"} == {f"d{n}" for n in range(1, 5000)}
        assert len(rows) < 5000 + 50 * 50

    def test_a_copy_of_a_near_copy_is_found_where_the_first_of_them_has_too_little_of_it(self) -> None:
        rng = random.Random(13)
        first = prose(rng, 400)
        second = [*first[:-30], *prose(rng, 30)]  # a later edition with another end, which alone is copied
        third = [*prose(rng, 200), *second[-42:]]
        found = links_of_corpus([Text(text=" ".join(t)) for t in (first, second, third)])
        assert {(link.from_, link.to) for link in found} == {("1", "2"), ("2", "3")}

    def test_a_line_that_cannot_be_read_is_named_and_the_rest_is_done(self, tmp_path: Path) -> None:
        text = " ".join(prose(random.Random(8), 100))
        path = tmp_path / "c.jsonl"
        path.write_bytes(b'{"id": "a", "text": "%s"}\n{"id": 1\n{"id": "x"}\n\xff\n\n{"text": "%s"}\n' % ((text.encode(),) * 2))
        refused: list[Refused] = []
        rows = list(links(str(path), refused=refused.append))
        assert ([r.line for r in refused], [(r["from"], r["to"]) for r in rows]) == ([2, 3, 4], [("a", "6")])

    def test_a_corpus_that_is_not_there_is_said(self, tmp_path: Path) -> None:
        with pytest.raises(InputError, match="nowhere"):
            list(links(str(tmp_path / "nowhere.jsonl"), refused=nobody))


class TestIndex:
    def batches(self, tmp_path: Path) -> tuple[str, str, str]:
        rng = random.Random(9)
        base = [prose(rng, 120) for _ in range(10)]
        texts = [{"id": f"a{n}", "text": " ".join(b), "outlet": f"o{n}"} for n, b in enumerate(base)]
        later = [{"id": f"b{n}", "text": " ".join([*prose(rng, 40), *base[n]]), "outlet": "later"} for n in range(0, 10, 2)]
        return corpus(tmp_path / "a", texts), corpus(tmp_path / "b", later), corpus(tmp_path / "ab", texts + later)

    def test_texts_added_later_are_linked_as_if_they_had_come_together(self, tmp_path: Path) -> None:
        one, two, both = self.batches(tmp_path)
        store = str(tmp_path / "index")
        apart = [*links(one, refused=nobody, index=store), *links(two, refused=nobody, index=store)]
        assert len(apart) == 5
        assert apart == list(links(both, refused=nobody))

    def test_an_interrupted_addition_leaves_the_index_whole(self, tmp_path: Path) -> None:
        one, two, _ = self.batches(tmp_path)
        store = tmp_path / "index"
        list(links(one, refused=nobody, index=str(store)))
        for file in store.iterdir():
            if file.name != "index.json":
                file.write_bytes(file.read_bytes() + b"\x07 half a line")
        assert len(list(links(two, refused=nobody, index=str(store)))) == 5

    @pytest.mark.parametrize("head", [b"{", b'{"format":99,"words_by":"x","documents":0,"words":0,"bytes":0}'])
    def test_an_index_of_another_version_says_how_to_rebuild_it(self, tmp_path: Path, head: bytes) -> None:
        one, two, _ = self.batches(tmp_path)
        store = tmp_path / "index"
        list(links(one, refused=nobody, index=str(store)))
        (store / "index.json").write_bytes(head)
        with pytest.raises(InputError, match="rebuild"):
            list(links(two, refused=nobody, index=str(store)))


class TestGrams:
    @pytest.mark.parametrize("asking", [0, 40, 59])
    def test_groups_are_the_grams_that_stand_twice(self, asking: int) -> None:
        """Sixty texts of a thousand and more words, which are two parts of many chunks; one gram fills several chunks of its part."""
        rng = random.Random(21)
        texts = [prose(rng, 1100, 9) if n % 3 else prose(rng, 1300, 4000) for n in range(60)]
        texts[5][200:1000] = ["w1x"] * 800
        texts[6][200:1000] = ["w1x"] * 800
        store = words.Index()
        store.add([" ".join(t) for t in texts], [None] * 60)
        doc_start = np.array(store.doc_start)
        found = repeated(store, store.arrays[2][: doc_start[-1]].copy(), doc_start, asking)
        places: dict[tuple[str, ...], list[int]] = {}
        for text, begin in zip(texts, doc_start.tolist(), strict=False):
            for at in range(len(text) - 4):
                places.setdefault(tuple(text[at : at + 5]), []).append(begin + at)
        expected = sorted(tuple(p) for p in places.values() if len(p) > 1 and p[-1] >= doc_start[asking])
        assert found.entries.tolist() == sorted(w for p in expected for w in p)
        held: dict[int, list[int]] = {}
        for word, group in zip(found.entries.tolist(), found.groups.tolist(), strict=True):
            held.setdefault(group, []).append(word)
        assert sorted(map(tuple, held.values())) == expected
        assert [len(held[g]) for g in range(len(held))] == found.sizes.tolist()

    def test_sorting_keeps_equal_keys_in_order(self) -> None:
        rng = np.random.default_rng(1)
        some = rng.integers(0, 2**32, 900, dtype=np.uint64)
        some[450:] = some[:450] ^ np.uint64(5)  # the same upper bits, other lower ones
        rows = (rng.choice(some, 5000) << np.uint64(32)) | np.arange(5000, dtype=np.uint64)
        expected = np.sort(rows)
        ordered(rows, rows.size, np.empty_like(rows), np.empty(2049, np.int64))
        assert rows.tolist() == expected.tolist()


class TestMachineCode:
    @pytest.fixture
    def nowhere(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
        """Folders for machine code that hold none."""
        from whence.trace import kernels_cache

        monkeypatch.setattr(kernels_cache, "CACHE", tmp_path / "beside")
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
        monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "home"))
        return tmp_path

    def test_whether_the_first_run_will_compile_is_known_without_compiling(self, nowhere: Path) -> None:
        from whence.trace import compiled_before, kernels_cache

        assert not compiled_before()
        kernels_cache._keep(kernels_cache._name(), {})
        assert compiled_before()

    def test_what_is_kept_is_made_once_and_older_code_is_removed(self, nowhere: Path) -> None:
        from whence.trace import kernels_cache

        (nowhere / "beside").mkdir()
        (nowhere / "beside" / "kernels-old.code").write_bytes(b"")
        made: list[int] = []

        def make() -> dict[str, tuple[str, bytes]]:
            made.append(1)
            return {}

        assert {} == kernels_cache.addresses(make) == kernels_cache.addresses(make)
        assert [1] == made
        assert [kernels_cache._name()] == [p.name for p in (nowhere / "beside").iterdir()]

    def test_where_the_package_cannot_be_written_the_user_s_folder_serves(self, nowhere: Path) -> None:
        from whence.trace import compiled_before, kernels_cache

        (nowhere / "beside").write_bytes(b"no folder")
        kernels_cache.addresses(dict)
        assert compiled_before()

    @pytest.mark.parametrize("damaged", [b"", b"half of it"])
    def test_damaged_code_is_made_anew(self, nowhere: Path, damaged: bytes) -> None:
        from whence.trace import kernels_cache

        (nowhere / "beside").mkdir()
        (nowhere / "beside" / kernels_cache._name()).write_bytes(damaged)
        made: list[int] = []
        kernels_cache.addresses(lambda: made.append(1) or {})
        assert [1] == made

    def test_links_need_no_numba_once_compiled(self) -> None:
        list(links_of_corpus([Text(text="a b c d e f g h")] * 2))
        script = (
            "import sys; from whence.trace import Text, links_of_corpus; list(links_of_corpus([Text(text='a b c d e f')] * 2)); "
            "print('numba' in sys.modules)"
        )
        assert "False" == subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.strip()

    @pytest.mark.parametrize("keys", [np.zeros(4, np.int64), np.zeros((2, 2), np.uint64), np.zeros(8, np.uint64)[::2], [1, 2]])
    def test_an_array_of_another_type_never_reaches_machine_code(self, keys: Any) -> None:
        from whence.trace.kernels_grams import laid_out

        with pytest.raises(TypeError, match="u8"):
            laid_out(keys, *(np.empty(0, kind) for kind in (np.uint32, np.int32, np.uint32, np.uint32, np.int32)))
