"""Patterns mean the same to every Python that is supported.

Before 3.11.5, a group that is repeated possessively keeps what it has matched of a turn that fails
(https://github.com/python/cpython/issues/106052). Classes of characters are told rightly.
"""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCES = sorted(path for folder in ("index", "bot") for path in (ROOT / folder).rglob("*.py"))
REPEATED_GROUP = re.compile(r"(?<!\\)\)(?:[*+?]|\{[0-9,]+\}+)\+")
WITHOUT_HARM = {
    "index/ingestion/extraction/guarding.py": "no turn fails after its first character",
    "index/ingestion/addresses.py": "no pattern, but a row of characters",
}


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def repeats(path: Path) -> list[str]:
    return REPEATED_GROUP.findall(path.read_text(encoding="utf-8"))


def test_no_group_is_repeated_possessively():
    assert {name_of(path) for path in SOURCES if repeats(path)} == set(WITHOUT_HARM)
