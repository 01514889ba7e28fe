"""What README.md says can be written in plain words is what is understood."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.commands.words.recognising import spoken
from tests.unit.bot.commands.words.catalogued import ENGLISH, VOCABULARY

README = Path(__file__).parents[5] / "README.md"


def section() -> str:
    text = README.read_text("utf-8")
    return text.partition("### In plain words\n")[2].partition("\n#")[0]


def rows() -> list[str]:
    return [row for row in re.findall(r"^\| ([^|]+) \|", section(), re.MULTILINE) if "`" in row]


@pytest.mark.parametrize("row", rows())
def test_what_is_written_there_is_a_command(row: str):
    for text in re.findall(r"`([^`]+)`", row):
        found = spoken(text, VOCABULARY, ENGLISH)
        assert found is not None, text
        assert found.target is not None, text


def test_there_are_examples_and_what_is_called_a_question_is_one():
    assert len(rows()) > 8
    assert spoken("status of the talks", VOCABULARY, ENGLISH) is None
    assert "“status of the talks”" in section()
    for text in re.findall(r"`([^`/]+)`", section().partition("| written")[0]):
        assert spoken(text, VOCABULARY, ENGLISH) is not None, text
