"""Which words stand in quotation marks."""

import pytest

from whence.annotate.quotes import find_quotes


def quoted(text: str) -> list[str]:
    return [text[q.start : q.end] for q in find_quotes(text, (0, len(text)))]


@pytest.mark.parametrize(
    ("text", "out"),
    [
        ("He said “yes” and “no”.", ["“yes”", "“no”"]),
        ('He said "yes" and "no".', ['"yes"', '"no"']),
        ("Il a dit «oui».", ["«oui»"]),
        ("“He told me ‘go home’ and left,” she said.", ["“He told me ‘go home’ and left,”"]),
        ("The minister's aide didn't say.", []),
        ("They called it a 'dirty trick' on Monday.", ["'dirty trick'"]),
        ("“Will we be next? »", ["“Will we be next? »"]),
        ("“It runs on to the end.", ["“It runs on to the end."]),
        ("A board 5' by 10\" was sold.", []),
        ("”", []),
        ("", []),
    ],
)
def test_quotes(text: str, out: list[str]) -> None:
    assert out == quoted(text)
