from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from index.errors import ArticleRefusedError
from index.ingestion.fields import article_of
from index.model import Article, PublicationTime

NOW = datetime(2024, 6, 1, 12, tzinfo=UTC)


def understood(**fields: Any) -> tuple[Article, list[str]]:
    given = {"text": "Rain fell.", **fields}
    return article_of(given, place="/p#1", file_title=None, max_text_bytes=100, now=NOW)


@pytest.mark.parametrize(
    ("fields", "field", "expected"),
    [
        ({"TITLE": "A"}, "title", "A"),
        ({"title": " A\n  b\t"}, "title", "A b"),
        ({"title": 1984}, "title", "1984"),
        ({"link": "https://a.example"}, "url", "https://a.example"),
        ({"url": "", "Link": "https://a.example"}, "url", "https://a.example"),
        ({"source": "A", "publisher": "B"}, "publisher", "A"),
        ({"source": None, "publisher": "B"}, "publisher", "B"),
        ({"source": {"id": "a", "name": "A"}}, "publisher", "A"),
        ({"source": {"id": "a", "name": None}}, "publisher", "a"),
        ({"source": " "}, "publisher", None),
        ({"authors": ["A", {"name": "B"}, None, ""]}, "author", "A, B"),
        ({"author": "A", "authors": ["B"]}, "author", "A"),
        ({"category": "Sport"}, "category", "Sport"),
        ({"published_at": "2024-01-05"}, "published", PublicationTime.of(date(2024, 1, 5))),
        ({"publishedAt": "2024-01-05"}, "published", PublicationTime.of(date(2024, 1, 5))),
        ({"Date": 20240105}, "published", PublicationTime.of(date(2024, 1, 5))),
        ({"text": " ", "content": None, "body": "Words."}, "text", "Words."),
        ({"id": 17}, "id", "17"),
        ({"id": 0}, "id", "0"),
        ({"id": " x "}, "id", " x "),
        ({"id": "", "url": "https://a.example"}, "id", "https://a.example"),
        ({"id": None, "url": "mailto:a"}, "id", "/p#1"),
        ({"id": True}, "id", "/p#1"),
    ],
)
def test_a_field_is_found_under_each_of_its_names(
    fields: dict[str, object], field: str, expected: object
):
    article, _ = understood(**fields)

    assert getattr(article, field) == expected


def test_a_field_with_a_value_wins_over_an_empty_one_of_the_same_name():
    fields = {"title": "", "Title": "A", "TITLE": "B"}

    assert understood(**fields)[0].title == "A"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Rain fell in the north. Rivers rose.", "Rain fell in the north."),
        ("“Is it raining in the north?” she asked.", "“Is it raining in the north?”"),
        ("Mr. Smith spoke on Monday. He was wet.", "Mr. Smith spoke on Monday."),
        ("\n\n Rain\tfell \r\nand fell", "Rain fell"),
        ("word " * 40, "word " * 15 + "word…"),
        ("x" * 200, "x" * 79 + "…"),
    ],
)
def test_a_missing_title_is_made_of_the_first_words(text: str, title: str):
    fields = {"text": text}
    article, _ = article_of(fields, place="/p", file_title=None, max_text_bytes=1000, now=NOW)

    assert article.title == title
    assert article.text == text


def test_a_very_long_title_is_cut_between_words():
    title = understood(title="word " * 200)[0].title

    assert len(title) <= 500
    assert title.endswith("word…")


@pytest.mark.parametrize(
    ("text", "size"), [("x" * 100, 100), ("é" * 50, 100), ("\U0001f327" * 25, 100)]
)
def test_the_limit_of_a_text_counts_utf_8_bytes(text: str, size: int):
    assert len(text.encode()) == size
    assert understood(text=text)[0].text == text
    with pytest.raises(ArticleRefusedError, match="limit of 100 bytes"):
        understood(text=text + "x")


@pytest.mark.parametrize(
    "url",
    [
        "https://a.example/b?c=d#e",
        "http://a.example:8080",
        "HTTPS://A.EXAMPLE/",
        "https://[2001:db8::1]/x",
        "https://münchen.example/größe",
        "  https://a.example/ ",
    ],
)
def test_web_addresses_are_kept(url: str):
    article, notes = understood(url=url)

    assert (article.url, notes) == (url.strip(), [])


@pytest.mark.parametrize(
    "url",
    [
        "a.example",
        "//a.example/x",
        "https:///x",
        "https://",
        "http:a.example",
        "ftp://a.example",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https://user@a.example",
        "https://user:word@a.example",
        "https://:@a.example",
        "https://a.example/\x00",
        "https://a.example/\u202e",
        "https://a.exa\nmple",
        "https://a.example/a b",
        "https://a.example\\@b.example",
        "https://[::1",
        "https://a.example:port",
        "https://a.example:99999",
        "https://a.example/" + "x" * 2048,
    ],
)
def test_other_addresses_are_left_out_with_a_note_on_one_line(url: str):
    article, (note,) = understood(url=url)

    assert article.url is None
    assert article.id == "/p#1"
    assert note.startswith('its url "')
    assert note.isprintable()
    assert len(note) < 200


def test_nothing_is_noted_of_fields_that_are_not_there():
    assert understood(url=None, date="", published=None)[1] == []
