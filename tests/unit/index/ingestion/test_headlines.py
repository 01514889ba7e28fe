from __future__ import annotations

import pytest

from index.ingestion.titles import heading, headline


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The north floods\n\nRain fell.", "The north floods"),
        ("\ufeff\n\n  The north  floods\r\nRain fell.", "\ufeff"),
        ("\n\n  The north  floods\r\nRain fell.", "The north floods"),
        ("Will it rain?\nNobody knows.", "Will it rain?"),
        ("The north floods", None),
        ("The north floods\n \n", None),
        ("Rain fell on Monday.\nRivers rose.", None),
        ("“Rain fell.”\nRivers rose.", None),
        ("Rain fell on Monday\nin the north of the country.", None),
        ("x" * 150 + "\nRain fell.", "x" * 150),
        ("x" * 151 + "\nRain fell.", None),
        ("", None),
    ],
)
def test_a_first_line_is_a_headline_when_it_looks_like_one(text: str, expected: str | None):
    assert headline(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# The north floods\n\nRain fell.", "The north floods"),
        ("\r\n## The north floods ##\r\nRain.", "The north floods"),
        ("# C#\nText", "C#"),
        ("#hashtag\nText", None),
        ("Text\n# Later", None),
        ("####### Seven\nText", None),
        ("#\nText", None),
    ],
)
def test_a_leading_heading_is_a_title(text: str, expected: str | None):
    assert heading(text) == expected
