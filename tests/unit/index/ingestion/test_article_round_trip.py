"""Whatever fields an article has, and in whichever format they are written, they come back."""

from __future__ import annotations

import csv
import gzip
import io
import json
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from index.errors import FileRefusedError
from index.ingestion.folder import FoundFile, Refusal
from index.ingestion.limits import Limits
from index.ingestion.reading import Note, read_articles
from index.model import Article, PublicationTime

if TYPE_CHECKING:
    from collections.abc import Callable

Fields = dict[str, "str | None"]

NOW = datetime(2024, 6, 1, 12, tzinfo=UTC)

characters = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
written = st.text(characters, min_size=1, max_size=60).filter(str.strip)
line = written.map(lambda text: " ".join(text.split()))
optional_line = st.none() | line
moments = st.datetimes(datetime(1901, 1, 1), datetime(2024, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - `timezones` adds it
times = st.one_of(st.dates(date(1901, 1, 1), date(2024, 1, 1)), moments).map(PublicationTime.of)

articles = st.builds(
    Article,
    id=written,
    title=line,
    text=written,
    url=st.none() | st.integers().map(lambda number: f"https://daily.example/{number}?a=b&c=d"),
    publisher=optional_line,
    author=optional_line,
    published=st.none() | times,
    category=optional_line,
)


def fields_of(article: Article) -> Fields:
    return {
        "id": article.id,
        "title": article.title,
        "text": article.text,
        "url": article.url,
        "source": article.publisher,
        "author": article.author,
        "published": article.published.isoformat() if article.published else None,
        "category": article.category,
    }


def as_json(fields: Fields) -> bytes:
    return json.dumps([fields], ensure_ascii=False).encode()


def as_packed_lines(fields: Fields) -> bytes:
    return gzip.compress(json.dumps(fields).encode() + b"\n")


def as_csv(fields: Fields) -> bytes:
    table = io.StringIO(newline="")
    writer = csv.DictWriter(table, fields, quoting=csv.QUOTE_ALL)
    writer.writeheader()
    writer.writerow(fields)
    return table.getvalue().encode()


def as_markdown(fields: Fields) -> bytes:
    matter = {name: value for name, value in fields.items() if name != "text" and value}
    block = yaml.safe_dump(matter, allow_unicode=True, default_style='"')
    return f"---\n{block}---\n{fields['text']}".encode()


def read_back(name: str, content: bytes) -> list[Article | Refusal | Note]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder).resolve() / name
        path.write_bytes(content)
        return list(read_articles(FoundFile(path, len(content)), Limits(), now=NOW))


@pytest.mark.parametrize(
    ("name", "write"),
    [
        ("a.json", as_json),
        ("a.jsonl.gz", as_packed_lines),
        ("a.csv", as_csv),
        ("a.md", as_markdown),
    ],
)
@given(article=articles)
def test_an_article_comes_back_as_it_was_written(
    name: str, write: Callable[[Fields], bytes], article: Article
):
    assert read_back(name, write(fields_of(article))) == [article]


@given(st.text(characters, min_size=1, max_size=200).filter(str.strip))
def test_any_plain_text_comes_back_byte_for_byte(text: str):
    (article,) = read_back("a.txt", b"\xef\xbb\xbf" + text.encode())

    assert isinstance(article, Article)
    assert article.text == text


@given(
    st.sampled_from([".txt", ".md", ".html", ".json", ".jsonl", ".csv"]), st.binary(max_size=300)
)
def test_any_bytes_are_read_or_refused_with_a_reason(suffix: str, content: bytes):
    reasons: list[str] = []
    try:
        items = read_back("a" + suffix, content)
    except FileRefusedError as error:
        items = []
        reasons.append(str(error))
    reasons += [str(item) for item in items if not isinstance(item, Article)]
    assert all(reason.isprintable() for reason in reasons)
    assert all(item.text.encode().strip() for item in items if isinstance(item, Article))
