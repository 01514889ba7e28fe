"""The fields of one article, as its source named them, understood as an Article.

Names match without regard to case, `_`, `-` and blanks. Knows no file and no format.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from index.errors import ArticleRefusedError
from index.ingestion.dates import publication_time
from index.ingestion.limits import in_words
from index.ingestion.links import web_address
from index.ingestion.titles import MAX_TITLE_CHARACTERS, made_title, shortened, squeezed
from index.ingestion.wording import quoted
from index.model import Article, PublicationTime

if TYPE_CHECKING:
    from datetime import datetime

TEXT_NAMES = ("text", "content", "body")
URL_NAMES = ("url", "link")
PUBLISHER_NAMES = ("source", "publisher")
DATE_NAMES = ("published", "date", "publishedat")
AUTHOR_NAMES = ("author", "authors")

_MAX_ID_CHARACTERS = 500
_MAX_LIST_ITEMS = 100
_NAME_PADDING = re.compile(r"[\s_-]+")


def by_name(fields: Mapping[str, object]) -> dict[str, object]:
    """Put the fields under their bare names: `published_at` and `publishedAt` are `publishedat`.

    Of two fields with one bare name the first with a value stays.
    """
    named: dict[str, object] = {}
    for key, value in fields.items():
        name = _NAME_PADDING.sub("", key).casefold()
        if named.get(name) in (None, ""):
            named[name] = value
    return named


def article_of(
    fields: Mapping[str, object],
    *,
    place: str,
    file_title: str | None,
    max_text_bytes: int,
    now: datetime,
) -> tuple[Article, list[str]]:
    """Make the article, and tell what is missing from it, one short sentence each.

    `place` is its id when it brings neither id nor url; `file_title` its title when it has none
    (None: its first words are). Raises ArticleRefusedError when it has no usable text or id.
    """
    named = by_name(fields)
    notes: list[str] = []
    text = _text(named, max_text_bytes)
    url = _url(named, notes)
    article = Article(
        id=_id(named) or url or place,
        title=shortened(_line(named, "title"), MAX_TITLE_CHARACTERS)
        or file_title
        or made_title(text),
        text=text,
        url=url,
        publisher=_line(named, *PUBLISHER_NAMES) or None,
        author=_line(named, *AUTHOR_NAMES) or None,
        published=_published(named, now, notes),
        category=_line(named, "category") or None,
        is_partial=named.get("partial") is True,
    )
    _check_characters(article)
    return article, notes


def _text(named: Mapping[str, object], max_bytes: int) -> str:
    present = [named[name] for name in TEXT_NAMES if named.get(name) not in (None, "")]
    for value in present:
        if isinstance(value, str) and value.strip():
            # Surrogates are told of later; here they only count.
            if len(value) * 4 > max_bytes < len(value.encode(errors="surrogatepass")):
                limit = in_words(max_bytes)
                raise ArticleRefusedError(f"its text is longer than the limit of {limit}; split it")
            return value
    if present and not isinstance(present[0], str):
        raise ArticleRefusedError("its text is not a string; write it as one")
    raise ArticleRefusedError(f"it has no text (looked for {', '.join(TEXT_NAMES)})")


def _id(named: Mapping[str, object]) -> str:
    value = named.get("id")
    found = value if isinstance(value, str) else _words(value)
    if len(found) > _MAX_ID_CHARACTERS:
        raise ArticleRefusedError(f"its id is longer than {_MAX_ID_CHARACTERS} characters")
    return found if found.strip() else ""


def _url(named: Mapping[str, object], notes: list[str]) -> str | None:
    given = _line(named, *URL_NAMES)
    if not given:
        return None
    try:
        return web_address(given)
    except ValueError as error:
        notes.append(f"its url {quoted(given)} {error}, so it has no link")
        return None


def _published(
    named: Mapping[str, object], now: datetime, notes: list[str]
) -> PublicationTime | None:
    for name in DATE_NAMES:
        value = named.get(name)
        if value is None or (isinstance(value, str) and not value.strip()):
            continue
        try:
            return publication_time(value, now=now)
        except ValueError as error:
            notes.append(f"its date {quoted(value)} {error}, so its date is unknown")
            return None
    return None


def _line(named: Mapping[str, object], *names: str) -> str:
    """Give the first of these fields that has words, on one line; else nothing."""
    return next((line for name in names if (line := _words(named.get(name)))), "")


def _words(value: object) -> str:
    """Put on one line a text, a number, `{"name": …}` (NewsAPI, schema.org), or a list of them."""
    if isinstance(value, list):
        return ", ".join(filter(None, map(_simple_words, value[:_MAX_LIST_ITEMS])))
    return _simple_words(value)


def _simple_words(value: object) -> str:
    if isinstance(value, Mapping):
        value = value.get("name") or value.get("id")
    if isinstance(value, str):
        return squeezed(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return ""
    return str(value) if math.isfinite(value) else ""


def _check_characters(article: Article) -> None:
    """Refuse what is no text: NUL, and halves of surrogate pairs, which UTF-8 cannot hold."""
    for name in ("text", "id", "title", "publisher", "author", "category"):
        value = getattr(article, name) or ""
        if "\0" in value:
            raise ArticleRefusedError(f"its {name} holds NUL characters, so it is not text")
        try:
            value.encode()
        except UnicodeEncodeError as error:
            raise ArticleRefusedError(
                f"its {name} holds half of a surrogate pair at character {error.start}, not text"
            ) from None
