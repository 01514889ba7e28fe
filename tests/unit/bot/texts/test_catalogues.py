from __future__ import annotations

import asyncio
import re
from collections import Counter

import pytest
from babel.messages.pofile import read_po

from tests.unit.bot.texts.catalogues import LANGUAGES, path_of, translated, write
from tests.unit.bot.texts.written import (
    SPEAKING,
    Key,
    Said,
    calls_in,
    modules,
    name_of,
    placeholders,
    said,
    said_below,
    said_in,
    said_of_commands,
)


@pytest.fixture(scope="module", autouse=True)
def every(request: pytest.FixtureRequest) -> list[Said]:
    """Every text that is written; with --write-texts, the files have each of them then."""
    found = [*said(), *said_below(), *asyncio.run(said_of_commands())]
    if request.config.getoption("--write-texts"):
        for language in LANGUAGES:
            write(language, found)
    return found


def test_there_is_german():
    assert "de" in LANGUAGES


@pytest.mark.parametrize("path", modules(*SPEAKING[:-1]), ids=name_of)
def test_what_is_said_is_written_out_where_it_is_said(path):
    """Texts in variables and f-strings would be found by nobody who translates."""
    assert len(list(said_in(path))) == len(list(calls_in(path)))


def test_each_text_gets_what_it_has_a_place_for():
    for each in said():
        wanted = set[str]().union(*map(placeholders, each.key.forms))
        assert each.values == wanted | ({"count"} if each.key.plural else set()), each


def test_placeholders_are_plain_names(every: list[Said]):
    for each in every:
        for form in each.key.forms:
            assert all(name.isidentifier() for name in placeholders(form)), form
            assert not re.search(r"[{}]", re.sub(r"\{\w+\}", "", form)), form


def test_no_text_is_said_both_with_and_without_a_plural(every: list[Said]):
    # a catalogue has room for one of them
    keys = {each.key for each in every}
    uses = Counter((key.text, key.context) for key in keys)
    assert [text for text, count in uses.items() if count > 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_every_text_and_no_other(language: str, every: list[Said]):
    """`uv run pytest tests/unit/bot/texts --write-texts` adds and removes them."""
    assert set(translated(language)) == {each.key for each in every}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_a_translation_of_every_text(language: str):
    missing = [key for key, forms in translated(language).items() if not forms or not all(forms)]
    assert missing == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_as_many_plural_forms_as_it_says(language: str):
    with path_of(language).open("rb") as stream:
        count = read_po(stream, language.replace("-", "_")).num_plurals
    for key, forms in translated(language).items():
        assert len(forms) == (1 if key.plural is None else count), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_the_placeholders_of_its_text(language: str):
    for key, forms in translated(language).items():
        for form, text in zip(forms, _texts_of(key, len(forms)), strict=True):
            assert placeholders(form) == placeholders(text), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_keeps_the_markdown_of_its_text(language: str):
    for key, forms in translated(language).items():
        for form in forms:
            for mark in ("**", "`", "\n"):
                assert form.count(mark) == key.text.count(mark), (key, mark)
            assert form == form.strip()


def _texts_of(key: Key, count: int) -> list[str]:
    """The text that each plural form stands for: the first for one, the others for many."""
    return [key.text, *[key.plural or key.text] * (count - 1)]
