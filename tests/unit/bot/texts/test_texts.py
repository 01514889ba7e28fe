from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from babel.messages.pofile import read_po

from bot.texts import Languages, Texts, english, saying, saying_counted
from bot.texts.languages import texts_of
from bot.texts.recognising import Recogniser

POLISH = """
msgid ""
msgstr ""
"Language: pl\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);\\n"

msgid "{count} article"
msgid_plural "{count} articles"
msgstr[0] "{count} artykuł"
msgstr[1] "{count} artykuły"
msgstr[2] "{count} artykułów"
"""  # noqa: E501 (a rule of gettext is one line)


@pytest.fixture(scope="module")
def languages() -> Languages:
    return Languages.shipped()


@pytest.fixture(scope="module")
def german(languages: Languages) -> Texts:
    return languages.best("de")


def articles(texts: Texts, count: int) -> str:
    return texts.say_counted("{count} article", "{count} articles", count=count)


def test_one_is_singular_and_thousands_are_separated(german: Texts):
    told = [articles(english(), count) for count in (0, 1, 1234)]
    assert told == ["0 articles", "1 article", "1,234 articles"]
    assert articles(german, 1234) == "1.234 Artikel"


def test_a_language_has_as_many_forms_as_it_needs():
    catalog = read_po(BytesIO(POLISH.encode()), "pl")
    polish = texts_of(catalog, Recogniser.of(()))
    told = [articles(polish, count) for count in (1, 3, 5, 22)]
    assert told == ["1 artykuł", "3 artykuły", "5 artykułów", "22 artykuły"]


def test_words_go_in_as_they_are():
    words = "{count} of {0} %s 1234"
    assert english().say("Understood as: {notes}", notes=words) == f"Understood as: {words}"


def test_a_value_that_is_missing_is_a_mistake():
    with pytest.raises(KeyError):
        english().say("Understood as: {notes}")


def test_what_was_written_before_the_language_was_known_is_said_in_it(german: Texts):
    assert german.tell(saying("date unknown")) == "Datum unbekannt"
    one, other = "**{count} feed** followed", "**{count} feeds** followed"
    assert german.tell(saying_counted(one, other, count=1)) == "**1 Feed** verfolgt"


def test_numbers_and_dates_are_written_as_each_language_does(german: Texts):
    day = date(2026, 3, 3)
    for texts, written in (
        (english(), ("-1,234.50", "+0.25", "12%", "3 March 2026", "Tuesday, 3 March 2026")),
        (german, ("-1.234,50", "+0,25", "12\xa0%", "3. März 2026", "Dienstag, 3. März 2026")),
    ):
        formats = texts.formats
        assert written == (
            formats.decimal(-1234.5, 2),
            formats.decimal(0.25, 2, signed=True),
            formats.percent(0.12),
            formats.day(day),
            formats.weekday(day),
        )
    assert english().formats.decimal(73.6, 0) == "74"


@pytest.mark.parametrize(
    ("locales", "language"),
    [
        (("de",), "de"),
        (("en-US",), "en"),
        (("en-GB", "de"), "en"),
        (("fr", "de"), "de"),
        ((None, "de"), "de"),
        (("fr", None), "en"),
        (("pt-BR",), "pt-BR"),
        (("de-AT",), "de"),
        ((), "en"),
    ],
)
def test_the_first_language_that_is_spoken_is_taken(
    german: Texts, locales: tuple[str | None, ...], language: str
):
    brazilian = replace(german, language="pt-BR")
    spoken = Languages(english(), {"de": german, "pt-BR": brazilian})
    assert spoken.best(*locales).language == language
    assert spoken.find("fr") is None


def test_a_command_is_called_what_the_reader_types(german: Texts):
    assert english().command("search") == "/search"
    assert german.command("search") == "/suchen"
    hint = german.retold("No news is indexed yet; `pullquote index` and `/reindex` read it in.")
    assert f"`{german.command('reindex')}`" in hint
