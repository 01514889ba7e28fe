"""JSON Feed 1.0 and 1.1 (jsonfeed.org/version/1.1), and articles in JSON as NewsAPI gives them."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from index.ingestion.feeds.addresses import absolute
from index.ingestion.feeds.collecting import collected, first
from index.ingestion.feeds.endings import ended
from index.ingestion.feeds.fragments import line_of, plain, prose_of
from index.ingestion.feeds.model import (
    DocumentKind,
    Entry,
    FeedDocument,
    FeedRefusedError,
    FieldMap,
)
from index.ingestion.feeds.times import entry_time
from index.ingestion.fields import (
    AUTHOR_NAMES,
    DATE_NAMES,
    PUBLISHER_NAMES,
    TEXT_NAMES,
    URL_NAMES,
    by_name,
)
from index.ingestion.titles import MAX_TITLE_CHARACTERS, shortened

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

_MAX_INTEGER_DIGITS = 300
_MAX_AUTHORS = 20
_LIST_NAMES = ("articles", "results", "items", "news", "stories", "data", "docs")
_SUMMARY_NAMES = ("description", "summary", "abstract")
# as newsdata.io, the New York Times, and schema.org call it
_MORE_DATE_NAMES = ("pubdate", "publisheddate", "datepublished", "publicationdate")
_FEED_VERSION = re.compile(r"1(?:\.[01])?")
_FEEDS_OWN_NAMES = frozenset({"content_html", "content_text"})
_ID_NAMES = ("id", "guid", "uuid")


def read_json(text: str, *, url: str, now: datetime, field_map: FieldMap | None) -> FeedDocument:
    """Read a JSON Feed, or a list of articles. Raises FeedRefusedError."""
    value = _parsed(text)
    if field_map is None and _is_feed(value):
        return _feed(value, url, now)
    items = _items(value, field_map)
    paths = field_map.fields if field_map and field_map.fields else {}
    entries = collected(
        [_article(each, paths, url, now) for each in items if isinstance(each, dict)]
    )
    return FeedDocument(DocumentKind.NEWS_JSON, entries=entries.entries, refused=entries.refused)


def _parsed(text: str) -> Any:
    try:
        return json.loads(text, parse_int=_integer, parse_constant=lambda _: None)
    except ValueError as error:
        raise FeedRefusedError("it begins like JSON and is none that is valid") from error
    except RecursionError as error:
        raise FeedRefusedError("it is JSON that is nested too deeply for news") from error


def _integer(digits: str) -> int | str:
    return int(digits) if len(digits) <= _MAX_INTEGER_DIGITS else digits


# ── JSON Feed ────────────────────────────────────────────────────────────────
def _is_feed(value: Any) -> bool:
    """Tell a JSON Feed by its version; some write the bare number, some nothing at all."""
    if not isinstance(value, dict):
        return False
    version = str(value.get("version"))
    if "jsonfeed.org/version/" in version:
        return True
    items = _list(value.get("items"))
    names = {name for each in items[:10] if isinstance(each, dict) for name in each}
    return isinstance(value.get("items"), list) and (
        _FEED_VERSION.fullmatch(version) is not None or bool(names & _FEEDS_OWN_NAMES)
    )


def _feed(feed: Mapping[str, Any], url: str, now: datetime) -> FeedDocument:
    items = feed.get("items")
    entries = collected([_item(each, url, now) for each in _list(items) if isinstance(each, dict)])
    return FeedDocument(
        DocumentKind.FEED,
        entries=entries.entries,
        title=line_of(feed.get("title")) or None,
        home_url=absolute(feed.get("home_page_url"), url),
        refused=entries.refused,
    )


def _item(item: Mapping[str, Any], url: str, now: datetime) -> Entry:
    text, is_cut = _longest(
        (item.get("content_html"), True),
        (item.get("content_text"), False),
        (item.get("summary"), False),
    )
    authors = [_name(each) for each in (*_list(item.get("authors")), item.get("author"))]
    return Entry(
        guid=_word(item.get("id")),
        url=absolute(item.get("url"), url) or absolute(item.get("external_url"), url),
        title=_title(item.get("title")),
        text=text,
        is_cut=is_cut,
        published=entry_time(item.get("date_published"), now=now),
        updated=entry_time(item.get("date_modified"), now=now),
        author=", ".join(dict.fromkeys(filter(None, authors[:_MAX_AUTHORS]))) or None,
        category=first(map(_word, _list(item.get("tags")))),
    )


# ── articles in JSON ─────────────────────────────────────────────────────────
def _items(value: Any, field_map: FieldMap | None) -> Sequence[Any]:
    if field_map is not None and field_map.items:
        found = _at(value, field_map.items)
        if not isinstance(found, list):
            raise FeedRefusedError(f"it has no list of articles at {field_map.items}")
        return found
    if isinstance(value, list):
        return value
    if isinstance(value, dict):
        for name in _LIST_NAMES:
            if isinstance(value.get(name), list):
                return list(value[name])
    raise FeedRefusedError(
        "it is JSON without a list of articles; say where that is with `--map items=PATH`"
    )


def _article(item: Mapping[str, Any], paths: Mapping[str, str], url: str, now: datetime) -> Entry:
    named = by_name({str(key): value for key, value in item.items()})
    named.update({name: _at(item, path) for name, path in paths.items()})
    body = next((named[name] for name in TEXT_NAMES if isinstance(named.get(name), str)), None)
    summary = next((named[n] for n in _SUMMARY_NAMES if isinstance(named.get(n), str)), None)
    text, is_cut = _longest((body, True), (summary, True))
    names = (*DATE_NAMES, *_MORE_DATE_NAMES)
    published = (entry_time(named[name], now=now) for name in names if named.get(name))
    return Entry(
        guid=first(_word(named.get(name)) for name in _ID_NAMES),
        url=first(absolute(named.get(name), url) for name in URL_NAMES),
        title=_title(named.get("title") or named.get("headline")),
        text=text,
        # an API that gives no body at all gives a summary
        is_cut=bool(text) and (is_cut or body is None),
        published=next(filter(None, published), None),
        author=first(_name(named.get(name)) for name in AUTHOR_NAMES),
        publisher=first(_name(named.get(name)) for name in PUBLISHER_NAMES),
        category=_name(named.get("category")),
    )


def _at(value: Any, path: str) -> Any:
    """Follow a dotted path, with numbers for places in lists; None where it leads nowhere."""
    for step in path.split("."):
        if isinstance(value, dict):
            value = value.get(step)
        elif isinstance(value, list) and step.isdecimal() and int(step) < len(value):
            value = value[int(step)]
        else:
            return None
    return value


# ── values ───────────────────────────────────────────────────────────────────
def _longest(*texts: tuple[object, bool]) -> tuple[str, bool]:
    """Return the longest of some texts, and whether it is cut; each with whether it is HTML."""
    read = [
        ended(prose_of(value, is_markup=is_markup))
        for value, is_markup in texts
        if isinstance(value, str)
    ]
    best = max(read, key=lambda each: len(each.text), default=None)
    return (best.text, best.is_cut) if best else ("", False)


def _title(value: object) -> str:
    return shortened(line_of(value), MAX_TITLE_CHARACTERS)


def _name(value: object) -> str | None:
    if isinstance(value, list):
        names = [_name(each) for each in value[:_MAX_AUTHORS]]
        return ", ".join(filter(None, names)) or None
    if isinstance(value, dict):
        value = value.get("name") or value.get("id")
    name = _title(value)
    return None if "://" in name else name or None


def _word(value: object) -> str | None:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    # JSON may spell halves of surrogate pairs, which no database takes
    word = plain(str(value)).strip()
    return word[:2000] or None


def _list(value: object) -> Sequence[Any]:
    return value if isinstance(value, list) else ()
