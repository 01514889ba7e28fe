"""Whatever strangers send, and who reads it: a function of bytes for each parser.

A target may refuse what it is given, with the errors that its parser is known for, and nothing
else. What it makes of the rest is held to what the others of the program rely on.
"""

from __future__ import annotations

import gzip
import tempfile
from datetime import UTC, datetime, timedelta
from functools import cache
from io import BytesIO
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING
from unicodedata import category

from bot.operations.archive import check_archive, extract, read_contents
from bot.operations.errors import OperationError
from bot.views.escaping import plain, safe_url
from bot.views.terminal import one_line
from index import Article, Passage, PublicationTime, Searcher
from index.analysis.fingerprints import changed_share, fingerprint
from index.analysis.passages import split_passages
from index.analysis.sentences import split_sentences
from index.errors import FileRefusedError, InvalidQueryError, SourceError, StorageError
from index.gathering.preparing import Origin, PageAnswer, prepare_entry, prepare_page
from index.ingestion.addresses import normal_url
from index.ingestion.archived_pages import archived_pages
from index.ingestion.extraction.addresses import is_same_publisher
from index.ingestion.feeds.discovery import discover, sitemaps_in
from index.ingestion.feeds.model import Entry, FeedRefusedError
from index.ingestion.feeds.opml import read_opml, write_opml
from index.ingestion.feeds.parsing import parse
from index.ingestion.folder import FoundFile
from index.ingestion.links import web_address
from index.ingestion.reading import Limits, read_articles
from index.ingestion.titles import squeezed
from index.ingestion.web.addresses import host_of, web_url
from index.ingestion.web.caching import fresh_until, retry_at, validators
from index.ingestion.web.headers import plain_headers
from index.ingestion.web.model import WebRequest
from index.ingestion.web.networks import refusal
from index.ingestion.web.options import WebOptions
from index.ingestion.web.robots_rules import robots_rules
from index.ingestion.web.unpacking import UnpackingError, unpacker
from index.query.reading import read

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from index.gathering.preparing import PreparedStory

NOW = datetime(2026, 3, 7, 12, tzinfo=UTC)
URL = "https://www.lantern.example/2026/03/bridge"
OPTIONS = WebOptions("Pullquote/0")
_ORIGIN = Origin("https://www.lantern.example/feed", "The Lantern")
_PAGE_ENTRY = Entry(guid=None, url=URL, title="")
_MOST_UNPACKED_BYTES = 1 << 20
_SIZES = Limits(max_file_bytes=1 << 20, max_stream_bytes=1 << 20, max_article_bytes=1 << 18)
_ONE_YEAR = timedelta(days=366)


def feed(data: bytes) -> None:
    """A feed, sitemap or list in JSON, and the stories that its own texts give."""
    try:
        document = parse(data, url=_ORIGIN.feed_url or "", content_type="", charset=None, now=NOW)
    except FeedRefusedError as error:
        _check_reason(error)
        return
    for entry in document.entries:
        assert entry.url is None or web_address(entry.url) == entry.url
        assert entry.is_withdrawn or entry.url or entry.title
        if entry.text.strip():
            _check_stories(prepare_entry(entry, _ORIGIN, is_partial=False))
    for child in document.children:
        assert web_address(child) == child


def page(data: bytes) -> None:
    """A web page, and its story."""
    answer = PageAnswer(URL, data)
    try:
        stories = prepare_page(answer, _PAGE_ENTRY, _ORIGIN, now=NOW, honours_nosnippet=True)
    except SourceError as error:
        _check_reason(error)
        return
    _check_stories(stories)
    assert all(story.article.url for story in stories)
    assert is_same_publisher(stories[0].article.url or "", URL)


def links(data: bytes) -> None:
    """A web page that is looked through for feeds, and a robots.txt for sitemaps."""
    for found in discover(data, URL):
        assert web_address(found.url) == found.url
    sitemaps_in(data.decode("utf-8", "replace"))


def opml(data: bytes) -> None:
    """A list of feeds, which can be written again."""
    try:
        document = read_opml(data)
    except FeedRefusedError as error:
        _check_reason(error)
        return
    again = read_opml(write_opml(document.feeds, title="Feeds"))
    assert {each.url for each in again.feeds} == {each.url for each in document.feeds}


def robots(data: bytes) -> None:
    """A robots.txt."""
    rules = robots_rules(data)
    assert 0.0 <= rules.delay_seconds <= 30.0
    for path in ("", "?q=1", "/a b", "/%zz", "/é"):
        assert rules.allows(f"{URL}{path}") in {True, False}


def answer(data: bytes) -> None:
    """The headers of an answer, a line each, and behind an empty line its packed body."""
    head, _, body = data.partition(b"\n\n")
    lines = [line.decode("utf-8", "surrogateescape").partition(":") for line in head.split(b"\n")]
    headers = plain_headers((name.strip(), value.strip()) for name, _, value in lines)
    assert all(value.encode() is not None for value in headers.values())
    assert NOW <= (retry_at(headers, NOW) or NOW) <= NOW + _ONE_YEAR
    assert NOW <= (fresh_until(headers, NOW) or NOW) <= NOW + _ONE_YEAR
    asked = WebRequest(URL, 1, etag=headers.get("etag"), last_modified=headers.get("last-modified"))
    assert all("\n" not in value and "\r" not in value for value in validators(asked).values())
    try:
        unpacking = unpacker(headers.get("content-encoding", ""))
        size = 0
        for piece in unpacking.pieces(body):
            size += len(piece)
            if size > _MOST_UNPACKED_BYTES:
                return
        unpacking.finish()
    except UnpackingError as error:
        _check_reason(error)


def address(data: bytes) -> None:
    """An address that somebody names: may it be fetched, and how is it shown?"""
    text = data.decode("utf-8", "replace")
    normal = normal_url(text)
    assert normal_url(normal) == normal
    shown = safe_url(text)
    assert shown is None or not set(' ()<>[]"\\\n') & set(
        shown.partition("://")[2].partition("]")[2]
    )
    try:
        url = web_url(text, OPTIONS)
    except ValueError as error:
        _check_reason(error)
        return
    assert url.scheme in {"http", "https"}
    try:
        number = ip_address(host_of(url).strip("[]"))
    except ValueError:
        return
    refusal(str(number), OPTIONS)


def question(data: bytes) -> None:
    """What somebody types: how it is understood, and what it finds."""
    news = _news()
    try:
        reading = read(data.decode("utf-8", "replace")[:300], NOW, news)
    except InvalidQueryError as error:
        # what was typed is in it as it was typed, and cleaned where it is shown
        _check_shown(one_line(str(error)))
        return
    query = reading.query
    assert query.since is None or query.until is None or query.since < query.until
    ranks = [hit.rank for hit in news.search(query, 10)]
    assert ranks == list(range(1, len(ranks) + 1))


def text(data: bytes) -> None:
    """A text of whatever language: sentences, passages, copies, and how it is shown."""
    written = data.decode("utf-8", "ignore")
    for spans in (split_sentences(written), split_passages(written)):
        _check_spans(spans, written)
    assert len(set(fingerprint(written))) == len(fingerprint(written))
    assert changed_share(written, written) == 0
    _check_shown(one_line(written))
    shown = plain(written)
    assert "@everyone" not in shown
    assert "@here" not in shown


def markdown(data: bytes) -> None:
    """A Markdown file with its front matter."""
    _read_file("a.md", data)


def saved_page(data: bytes) -> None:
    """An HTML file."""
    _read_file("a.html", data)


def json_file(data: bytes) -> None:
    """A JSON file."""
    _read_file("a.json", data)


def json_lines(data: bytes) -> None:
    """A file of JSON lines, as it is and packed."""
    _read_file("a.jsonl", data)
    _read_file("a.jsonl.gz", gzip.compress(data, 1))
    _read_file("a.jsonl.gz", data)


def csv_file(data: bytes) -> None:
    """A CSV file."""
    _read_file("a.csv", data)


def web_archive(data: bytes) -> None:
    """A crawler's archive, record by record; its pages are those of `page`."""
    try:
        for found in archived_pages(BytesIO(data)):
            assert found is not None
    except FileRefusedError as error:
        _check_reason(error)


def backup(data: bytes) -> None:
    """A backup that is to be restored."""
    with tempfile.TemporaryDirectory() as name:
        path, folder = Path(name) / "backup.zip", Path(name) / "taken out"
        path.write_bytes(data)
        folder.mkdir()
        try:
            contents = read_contents(path)
            check_archive(path, contents)
            if all(file.name == "pullquote.sqlite3" for file in contents.files):
                extract(path, contents, folder)
        except (OperationError, StorageError) as error:
            _check_reason(error)
        assert {each.name for each in folder.iterdir()} <= {"pullquote.sqlite3"}
        assert {each.name for each in Path(name).iterdir()} == {path.name, folder.name}


TARGETS: dict[str, Callable[[bytes], None]] = {
    each.__name__: each
    for each in (
        feed, page, links, opml, robots, answer, address, question, text, markdown, saved_page,
        json_file, json_lines, csv_file, web_archive, backup,
    )
}  # fmt: skip


def _check_shown(line: str) -> None:
    """Nothing in it moves a cursor or begins another line."""
    assert not {category(character) for character in line} & {"Cc", "Zl", "Zp"}


def _check_reason(error: Exception) -> None:
    """A person reads it, on one line."""
    assert str(error)
    assert str(error).isprintable()


def _read_file(name: str, data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder).resolve() / name
        path.write_bytes(data)
        try:
            for item in read_articles(FoundFile(path, len(data)), _SIZES, now=NOW):
                if isinstance(item, Article):
                    assert item.text.encode().strip()
                    _check_spans(split_passages(item.text, title=item.title), item.text)
                else:
                    assert str(item).isprintable()
        except FileRefusedError as error:
            _check_reason(error)


def _check_stories(stories: Sequence[PreparedStory]) -> None:
    for story in stories:
        article = story.article
        assert article.text.encode().strip()
        assert article.title == squeezed(article.title)
        assert article.published is None or article.published.at.tzinfo is not None
        assert article.url is None or web_address(article.url) == article.url
        _check_spans(story.spans, article.text)


def _check_spans(spans: Sequence[tuple[int, int]], of: str) -> None:
    """Each is a part of the text that says something, and none begins before another ends."""
    at = 0
    for start, end in spans:
        assert at <= start < end <= len(of)
        assert of[start:end].strip()
        at = end


@cache
def _news() -> Searcher:
    stories = [
        ("The Lantern", "Mara Thorne", "The grain deal held, and inflation fell to 3 percent."),
        (
            "Radio Pell",
            None,
            "Snow fell on the harbour of Pell over the weekend, and ferries stayed.",
        ),
        ("Time", "Zoë Ames", "The council closed the bridge in March after a lorry struck it."),
    ]
    return Searcher.over(
        [
            Passage(
                number,
                Article(str(number), "", told, None, publisher, author, PublicationTime(NOW)),
                0,
                len(told),
            )
            for number, (publisher, author, told) in enumerate(stories, start=1)
        ]
    )
