"""Whatever the text, annotate never raises and every span it gives is its text."""

from hypothesis import given, settings
from hypothesis import strategies as st

from whence.annotate import annotate
from whence.types import Article, Fact

PIECES = st.sampled_from(
    [
        "he said",
        " said ",
        "“",
        "”",
        '"',
        "'",
        "’",
        "according to ",
        "the official",
        ", ",
        ". ",
        "\n",
        "\n\n",
        "told Reuters",
        "that ",
        "citing ",
        "(AP) - ",
        "Ana Cruz",
        "reportedly ",
        "was quoted by ",
        "as saying ",
        " and ",
        "who ",
        "(",
        ")",
        ":",
        "—",
        "it ",
        "«",
        "\ud800",
        "\x00",
    ]
)
TEXTS = st.one_of(st.text(max_size=300), st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=60).map("".join))


def spans_are_text(text: str) -> None:
    marks = annotate(Article(path="a.txt", text=text, outlet=Fact(value="The Daily Test", basis="given")), "r1")
    parties = {p.id for p in marks.parties}
    for a in marks.attributions:
        for s in (a.source, a.cue, *a.content):
            assert s is None or (text[s.start : s.end] == s.text and s.start < s.end)
        assert a.chain[0] == marks.own
        assert set(a.chain) <= parties
    for c in marks.credits:
        assert text[c.start : c.end] == c.text
        assert c.party in parties
    for start, end in marks.sentences:
        assert text[start:end].strip() == text[start:end] != ""


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_every_span_is_its_text(text: str) -> None:
    spans_are_text(text)


def test_odd_texts() -> None:
    for text in ("", "\n\n", "“" * 5000, "said " * 5000, "word\n" * 3000, "x" * 200_000, "a, b said " * 3000, "'" * 3000, "“He said ” " * 2000):
        spans_are_text(text)
