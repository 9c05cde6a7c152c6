"""Where sentences begin and end."""

import pytest

from whence.annotate.sentences import split


@pytest.mark.parametrize(
    ("text", "out"),
    [
        ("One. Two.", ["One.", "Two."]),
        ("Gen. Jan Ols spoke. He left.", ["Gen. Jan Ols spoke.", "He left."]),
        ("It cost 3.5 million. He paid.", ["It cost 3.5 million.", "He paid."]),
        ("J. R. Ols spoke.", ["J. R. Ols spoke."]),
        ("“Go.” She went.", ["“Go.”", "She went."]),
        ("The U.S. Senate voted.", ["The U.S. Senate voted."]),
        ("One\n\nTwo", ["One", "Two"]),
        ("", []),
    ],
)
def test_split(text: str, out: list[str]) -> None:
    assert out == [text[a:b] for a, b in split(text)]


def test_furniture_is_left_out() -> None:
    assert split("Read more\n\nThe pier moved.", [(0, 9)]) == ((11, 26),)
