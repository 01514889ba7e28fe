"""When a page says that it was published. Never guesses a time, and never says "now".

In this order: JSON-LD, meta elements, a `<time>` element, and last htmldate, which finds a day in
what is printed. A time with a zone is a minute; a time without, and a day, is a day: nobody knows
where the clock stood.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from index.model import PublicationTime

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from index.ingestion.extraction.linked_data import Node
    from index.ingestion.extraction.trees import Tree

EARLIEST_YEAR = 1990
LEEWAY = timedelta(days=1)

_MAX_CHARACTERS = 64
_META_NAMES = (
    "article:published_time",
    "og:article:published_time",
    "article:published",
    "og:published_time",
    "datepublished",
    "datecreated",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "cxenseparse:publishtime",
    "iso-8601-publish-date",
    "rnews:datepublished",
    "publish-date",
    "publish_date",
    "publishdate",
    "published-date",
    "pubdate",
    "originalpublicationdate",
    "article.published",
    "article_date_original",
    "citation_publication_date",
    "dc.date.issued",
    "dcterms.created",
    "dc.date.created",
    "dc.date",
    "dcterms.date",
    "date",
)
_LEADING_DAY = re.compile(r"((?:19|20)\d\d)([-/.]?)(\d\d)\2(\d\d)(?![\d])")
_BLANKS_BEFORE_ZONE = re.compile(r"\s+(?=(?:[+-]\d\d:?\d\d|Z)$)")
_NAMED_ZERO = re.compile(r"\s*(?:UTC|GMT)$")
_NUMBER = re.compile(r"\d{10}(?:\d{3})?")
_TELLING = re.compile(
    r"publish|pubdate|posted|created|entry-date|dateline|timestamp", re.IGNORECASE
)
_NOT_OF_THE_ARTICLE = frozenset({"aside", "nav", "footer"})


def stated_on_page(
    tree: Tree, article: Node, named: Mapping[str, str], *, now: datetime
) -> PublicationTime | None:
    """Give the first date that the page states for programs to read."""
    found = (read_time(written, now=now) for written in _written(tree, article, named))
    return next(filter(None, found), None)


def read_time(written: object, *, now: datetime) -> PublicationTime | None:
    """Read one date. None for what cannot be one."""
    if not isinstance(written, str) or not written.strip() or len(written) > _MAX_CHARACTERS:
        return None
    try:
        found = _read(written.strip())
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    if found.at.year < EARLIEST_YEAR or found.at > now + LEEWAY:
        return None
    return found


def _written(tree: Tree, article: Node, named: Mapping[str, str]) -> Iterator[object]:
    for name in ("datePublished", "dateCreated", "uploadDate"):
        value = article.get(name)
        yield value[0] if isinstance(value, list) and value else value
    for name in _META_NAMES:
        yield named.get(name)
    yield from _of_time_elements(tree)


def _of_time_elements(tree: Tree) -> Iterator[str]:
    """Yield the times of the page's own article: those marked as such, else the first in it."""
    times = [
        element
        for element in tree.iter("time")
        if element.get("datetime") and _is_of_article(element)
    ]
    marked = [each for each in times if _TELLING.search(_markings(each))]
    in_article = [
        each for each in times if next(each.iterancestors("article", "main"), None) is not None
    ]
    for element in marked[:1] + in_article[:1] + (times if len(times) == 1 else []):
        yield str(element.get("datetime"))


def _is_of_article(element: Tree) -> bool:
    return not any(each.tag in _NOT_OF_THE_ARTICLE for each in element.iterancestors())


def _markings(element: Tree) -> str:
    return " ".join(element.get(name) or "" for name in ("itemprop", "class", "id")) + (
        " pubdate" if "pubdate" in element.attrib else ""
    )


def printed_on_page(tree: Tree, *, url: str, now: datetime) -> PublicationTime | None:
    """Give the day that is printed on a page, where there is one that can be told from others."""
    from htmldate import find_date

    latest = now.astimezone(UTC) + LEEWAY
    try:
        day = find_date(
            tree,
            extensive_search=False,
            original_date=True,
            url=url,
            min_date=f"{EARLIEST_YEAR}-01-01",
            max_date=latest.date().isoformat(),
        )
    except (ValueError, TypeError, AttributeError, KeyError, OverflowError):
        return None  # its own slips over odd pages are no reason to lose the article
    return read_time(day, now=now)


def _read(written: str) -> PublicationTime:
    if _NUMBER.fullmatch(written):
        seconds = int(written) / (1000 if len(written) > 10 else 1)  # noqa: PLR2004 digits of seconds
        return PublicationTime.of(datetime.fromtimestamp(seconds, UTC))
    plain = _NAMED_ZERO.sub("+00:00", _BLANKS_BEFORE_ZONE.sub("", written))
    try:
        return _precise(datetime.fromisoformat(plain), written)
    except ValueError:
        leading = _LEADING_DAY.match(written)
        if leading:
            return PublicationTime.of(date(int(leading[1]), int(leading[3]), int(leading[4])))
        return _precise(parsedate_to_datetime(written), written)


def _precise(at: datetime, written: str) -> PublicationTime:
    is_day = at.tzinfo is None or (":" not in written and "T" not in written)
    return PublicationTime.of(at.date() if is_day else at)
