"""Spellings that mean one word, made one: case, accents, ligatures, digits, apostrophes."""

from __future__ import annotations

import unicodedata

_APOSTROPHES = "’\u02bc\uff07‘\u201b`´"
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_TO_ASCII = str.maketrans(
    {
        **dict.fromkeys(_APOSTROPHES, "'"),
        **dict.fromkeys(_INVISIBLE),
        # letters that Unicode does not take apart
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ħ": "h",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "\u0131": "i",
    }
)
# accents of Latin, Greek and Cyrillic, and the optional vowel signs of Hebrew and Arabic;
# elsewhere marks are letters in their own right
_OPTIONAL_MARKS = (("\u0300", "\u036f"), ("\u0591", "\u05c7"), ("\u064b", "\u0652"))


def fold(word: str) -> str:
    """Return the word in the form in which it is compared: "Łódź’s" gives "lodz's"."""
    if word.isascii():
        return word.lower()
    compatible = unicodedata.normalize("NFKC", word).casefold().translate(_TO_ASCII)
    apart = unicodedata.normalize("NFD", compatible)
    bare = "".join(char for char in apart if not _is_optional_mark(char))
    return "".join(map(_ascii_digit, unicodedata.normalize("NFC", bare)))


def _is_optional_mark(char: str) -> bool:
    is_in_range = any(first <= char <= last for first, last in _OPTIONAL_MARKS)
    return is_in_range and unicodedata.combining(char) != 0


def _ascii_digit(char: str) -> str:
    return str(unicodedata.decimal(char)) if char.isdecimal() else char
