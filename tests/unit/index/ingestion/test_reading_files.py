from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from index.ingestion.limits import Limits
from index.model import PublicationTime

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

STORY = "Rain fell on Monday in the north. Rivers rose."


@pytest.mark.parametrize(
    "text",
    [
        "One.\r\nTwo.\rThree.\n\n  Four.\t\n\n",
        "  leading blanks stay. And\u00a0these\u2028too.",
        "Café, cafe\u0301, \U0001f327 and \ufeff in the middle.",
        'A backslash \\ and "quotes" “too”.',
    ],
)
def test_a_text_stays_exactly_as_it_came(read: Callable[..., Any], text: str):
    raw = text.encode()

    assert read("a.txt", raw).article.text == text
    assert read("a.md", raw).article.text == text
    assert read("b.txt", b"\xef\xbb\xbf" + raw).article.text == text
    assert read("c.txt", b"\xff\xfe" + text.encode("utf-16-le")).article.text == text
    assert read("d.txt", b"\xfe\xff" + text.encode("utf-16-be")).article.text == text
    assert read("e.json", json.dumps({"text": text}).encode()).article.text == text


def test_a_plain_text_knows_only_its_file(read: Callable[..., Any], tmp_path: Path):
    article = read("storm.txt", STORY.encode()).article

    assert (article.id, article.title) == ((tmp_path / "storm.txt").as_posix(), "storm")
    assert (article.url, article.publisher, article.author) == (None, None, None)
    assert (article.published, article.category) == (None, None)


def test_a_file_whose_name_cannot_be_printed_has_an_id_and_title_that_can(
    read: Callable[..., Any], tmp_path: Path
):
    article = read("a\nb.txt", STORY.encode()).article

    assert article.id == tmp_path.as_posix() + r"/a\u000ab.txt"
    assert article.title == r"a\u000ab"


def test_markdown_takes_its_fields_from_the_front_matter(read: Callable[..., Any]):
    article = read(
        "a.md",
        b"---\r\ntitle: Storm: the north floods\r\n".replace(b"Storm:", b"Storm -")
        + b"Date: 2024-01-05\r\nPublisher: The Daily\r\nauthors: [Ann, Ben]\r\n"
        b"url: https://daily.example/1\r\ncategory: ~\r\nid: 007\r\ntags: {a: [b]}\r\n---\r\n"
        b"\r\n# Heading\r\n\r\nText.\r\n",
    ).article

    assert article.title == "Storm - the north floods"
    assert article.text == "\r\n# Heading\r\n\r\nText.\r\n"
    assert (article.id, article.publisher, article.author) == ("007", "The Daily", "Ann, Ben")
    assert article.published == PublicationTime.of(date(2024, 1, 5))
    assert (article.url, article.category) == ("https://daily.example/1", None)


def test_markdown_without_a_title_has_its_heading_and_keeps_it_in_the_text(
    read: Callable[..., Any],
):
    article = read("a.md", b"# The *north* floods #\n\nText.").article

    assert (article.title, article.text) == (
        "The *north* floods",
        "# The *north* floods #\n\nText.",
    )


@pytest.mark.parametrize(
    ("name", "value", "numbers"),
    [
        ("a.json", {"text": STORY}, [""]),
        ("a.json", [{"text": STORY}, {"text": STORY}], ["#1", "#2"]),
        ("a.json", {"status": "ok", "articles": [{"content": STORY}]}, ["#1"]),
        ("a.json", [], []),
    ],
)
def test_a_json_file_is_one_article_or_a_list_of_them(
    read: Callable[..., Any], tmp_path: Path, name: str, value: object, numbers: list[str]
):
    outcome = read(name, json.dumps(value).encode())

    path = (tmp_path / name).as_posix()
    assert [article.id for article in outcome.articles] == [path + number for number in numbers]
    assert outcome.refused is None


def test_a_news_api_answer_is_understood(read: Callable[..., Any]):
    item = {
        "source": {"id": None, "name": "The Daily"},
        "author": "Ann",
        "title": "The north floods",
        "url": "https://daily.example/1",
        "publishedAt": "2024-01-05T12:00:00Z",
        "content": STORY,
    }

    article = read("a.json", json.dumps({"articles": [item]}).encode()).article

    assert (article.publisher, article.author, article.text) == ("The Daily", "Ann", STORY)
    assert article.id == article.url == "https://daily.example/1"
    assert article.published == PublicationTime.of(datetime(2024, 1, 5, 12, tzinfo=UTC))


def test_a_broken_line_costs_only_itself(read: Callable[..., Any]):
    lines = [
        b'{"id": 1, "text": "One."}',
        b"",
        b'{"id": 2, "text": "Two."',
        b'["text"]',
        b'{"id": 3, "text": "caf\xe9"}',
        b'{"id": 4, "text": " \\n "}',
        b'{"id": 5, "text": "a\\u0000b"}',
        b'{"id": 6, "text": "\\ud800"}',
        b'{"id": 7, "text": ["One."]}',
        b'{"id": 8, "text": "' + b"x" * 700 + b'"}',
        b'{"id": 9, "text": "' + b"x" * 101 + b'"}',
        b"[" * 100_000,
        b'{"id": 10, "text": "Ten."}',
    ]
    limits = Limits(max_article_bytes=100)

    outcome = read("a.jsonl", b"\n".join(lines), limits)

    assert [article.id for article in outcome.articles] == ["1", "10"]
    assert [(refusal.line, refusal.reason) for refusal in outcome.refusals] == [
        (3, "not valid JSON at column 25: Expecting ',' delimiter"),
        (4, "a list where an object with the article's fields should be"),
        (5, "not valid UTF-8 at byte 22 of the line; save it as UTF-8"),
        (6, "it has no text (looked for text, content, body)"),
        (7, "its text holds NUL characters, so it is not text"),
        (8, "its text holds half of a surrogate pair at character 0, not text"),
        (9, "its text is not a string; write it as one"),
        (10, "a line longer than the limit of 600 bytes; split it"),
        (11, "its text is longer than the limit of 100 bytes; split it"),
        (12, "a line longer than the limit of 600 bytes; split it"),
    ]
    assert outcome.refused is None


def test_a_line_nested_too_deeply_costs_only_itself(read: Callable[..., Any]):
    outcome = read("a.jsonl", b"[" * 100_000 + b'\n{"text": "One."}\n')

    assert [refusal.reason for refusal in outcome.refusals] == ["nested too deeply for an article"]
    assert len(outcome.articles) == 1


def test_utf_16_lines_are_read(read: Callable[..., Any]):
    lines = '{"text": "Ėin\u2028s."}\r\n{"text": "Zwei."}\r\n'

    outcome = read("a.jsonl", lines.encode("utf-16"))
    assert [article.text for article in outcome.articles] == ["Ėin\u2028s.", "Zwei."]

    table = read("a.csv", "text\r\nEins\r\n".encode("utf-16"))
    assert table.article.text == "Eins"

    assert "UTF-16" in read("b.jsonl", lines.encode("utf-16")[:-1]).refused


def test_csv_rows_are_numbered_by_the_line_they_start_on(read: Callable[..., Any], tmp_path: Path):
    outcome = read(
        "a.csv",
        b"\xef\xbb\xbfTitle,Published At,BODY\r\n"
        b'A,2024-01-05,"one\r\ntwo ""2"""\r\n\r\nB,,three\r\nC,,a, b\r\nD\r\n',
    )

    path = (tmp_path / "a.csv").as_posix()
    assert [(a.id, a.title, a.text) for a in outcome.articles] == [
        (f"{path}#2", "A", 'one\r\ntwo "2"'),
        (f"{path}#5", "B", "three"),
    ]
    assert outcome.articles[0].published == PublicationTime.of(date(2024, 1, 5))
    assert [(refusal.line, refusal.reason) for refusal in outcome.refusals] == [
        (6, "4 cells under 3 columns; put quotation marks around its text"),
        (7, "it has no text (looked for text, content, body)"),
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_may_be_delimited_by_semicolons_or_tabs(read: Callable[..., Any], delimiter: str):
    rows = f"title{delimiter}text\nA{delimiter}One\n"

    article = read("a.csv", rows.encode()).article

    assert (article.title, article.text) == ("A", "One")


def test_csv_fields_may_be_as_long_as_an_article(read: Callable[..., Any]):
    text = "word " * 100_000

    assert read("a.csv", f'text\n"{text}"\n'.encode()).article.text == text


def test_a_csv_without_a_text_column_is_refused_naming_what_it_has(read: Callable[..., Any]):
    refused = read("a.csv", b"headline,st\xc3\xb6ry\nA,B\n").refused

    assert refused == 'no column is named text (found: "headline", "störy"); name one so'


def test_a_lost_quotation_mark_stops_a_csv_where_it_is(read: Callable[..., Any]):
    outcome = read("a.csv", b'text\nOne\n"Two\nThree\n')

    assert [article.text for article in outcome.articles] == ["One"]
    assert outcome.refused == "not valid CSV in the row from line 3: unexpected end of data"


def test_a_table_by_tabs_is_refused_without_one_in_the_reason(read: Callable[..., Any]):
    refused = read("a.csv", b'text\tsource\n"A"B\tC\n').refused
    assert refused == "not valid CSV in the row from line 2: '\\u0009' expected after '\"'"


def test_a_csv_that_is_not_utf_8_is_refused_with_the_line_and_byte(read: Callable[..., Any]):
    refused = read("a.csv", b"text\ncaf\xe9\n").refused

    assert refused == "line 2: not valid UTF-8 at byte 3 of the line; save it as UTF-8"


def test_what_is_missing_is_noted_and_the_article_goes_in(read: Callable[..., Any]):
    row = {"text": STORY, "date": "soon\n", "url": "ftp://a.example/x"}

    outcome = read("a.jsonl", b"\n" + json.dumps(row).encode())

    assert (outcome.article.url, outcome.article.published) == (None, None)
    assert [(note.line, note.text) for note in outcome.notes] == [
        (2, 'its url "ftp://a.example/x" is no http or https address, so it has no link'),
        (2, 'its date "soon\\u000a" cannot be read, so its date is unknown'),
    ]
    assert str(outcome.notes[0]).startswith(f"{outcome.notes[0].path}:2: its url")
