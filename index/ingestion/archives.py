"""WARC files: each page that is an article becomes one, the others are counted.

Pages are strangers' work and are read in processes that can be ended. Knows no record's format.
"""

from __future__ import annotations

import os
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, BinaryIO

from index.errors import ArticleRefusedError, FileRefusedError, SourceError
from index.ingestion.archived_pages import ArchivedPage, archived_pages
from index.ingestion.isolation_for_threads import ThreadIsolation

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from index.ingestion.extraction.model import ExtractedPage
    from index.ingestion.isolation import Isolation
    from index.ingestion.records import Record

_IMPORTS = ("index.ingestion.extraction.page", "trafilatura", "htmldate", "tld")
_MAX_WORKERS = 4
# enough that no worker waits for the others, few enough to be held: three mebibytes each at most
_PAGES_PER_WORKER = 4

_NO_ARTICLE = "a page without an article"
_NOT_TO_BE_QUOTED = "a page that asks not to be quoted"
_UNREADABLE = "a page that cannot be read"
_REPEATED = "an address that came before"


def read_archive(stream: BinaryIO, *, now: datetime) -> Iterator[Record]:
    """Yield the articles of an archive, numbered by their record from 1, and what else is in it.

    Where it is damaged the last thing is an error that says so. Raises FileRefusedError where
    nothing at all can be read.
    """
    worker_count = min(os.cpu_count() or 1, _MAX_WORKERS)
    with ThreadIsolation(worker_count, imports=_IMPORTS) as workers:
        reading = _Reading(workers, now)
        damage: FileRefusedError | None = None
        try:
            for found in archived_pages(stream):
                reading.take(found)
                if reading.waiting_count >= _PAGES_PER_WORKER * worker_count:
                    yield from reading.finished()
        except FileRefusedError as error:
            damage = error
        yield from reading.finished()
    if damage and not reading.record_count:
        raise damage
    if reading.passed_over:
        yield None, reading.summary()
    if damage:
        number = reading.record_count + 1
        yield number, ArticleRefusedError(f"the archive is read up to here: {damage}")


class _Reading:
    """What has been met of one archive so far."""

    def __init__(self, workers: ThreadIsolation, now: datetime):
        self.record_count = 0
        self.passed_over: Counter[str] = Counter()
        self._workers = workers
        self._now = now
        self._waiting: list[tuple[int, ArchivedPage]] = []
        self._known: set[str] = set()

    @property
    def waiting_count(self) -> int:
        """How many pages are still to be read."""
        return len(self._waiting)

    def take(self, found: ArchivedPage | str) -> None:
        """Take the next record: a page, or why it gives none."""
        self.record_count += 1
        if not isinstance(found, ArchivedPage):
            self.passed_over[found] += 1
        elif found.url in self._known:
            self.passed_over[_REPEATED] += 1
        else:
            self._known.add(found.url)
            self._waiting.append((self.record_count, found))

    def finished(self) -> Iterator[Record]:
        """Yield the articles of the pages that wait."""
        waiting, self._waiting = self._waiting, []
        if not waiting:
            return
        pages = self._workers.results([partial(_extracted, page, self._now) for _, page in waiting])
        for (number, page), result in zip(waiting, pages, strict=True):
            yield from self._records(number, page, result)

    def summary(self) -> str:
        """Say how much of the archive gives no article, and why."""
        told = ", ".join(f"{count} × {reason}" for reason, count in self.passed_over.most_common())
        count = sum(self.passed_over.values())
        return f"{count} of its {self.record_count} records give no article: {told}"

    def _records(
        self, number: int, page: ArchivedPage, result: ExtractedPage | SourceError
    ) -> Iterator[Record]:
        if isinstance(result, SourceError):
            self.passed_over[_UNREADABLE] += 1
        elif not result.may_be_quoted:
            self.passed_over[_NOT_TO_BE_QUOTED] += 1
        elif not (result.text or result.updates):
            self.passed_over[_NO_ARTICLE] += 1
        else:
            for fields in _articles(page, result):
                yield number, fields


async def _extracted(page: ArchivedPage, now: datetime, workers: Isolation) -> ExtractedPage:
    # it takes a second to load, which nobody waits for who has no archive
    from index.ingestion.extraction.page import extract

    return await workers.run(
        extract,
        page.body,
        url=page.url,
        charset=page.charset,
        now=now,
        robots_header=page.robots_tag,
    )


def _articles(page: ArchivedPage, found: ExtractedPage) -> Iterator[dict[str, object]]:
    """Yield the page's article, and each update of a live blog as one of its own."""
    common: dict[str, object] = {
        "source": found.publisher,
        "author": found.author,
        "category": found.category,
        "published": found.published and found.published.isoformat(),
        "partial": found.is_partial,
    }
    if found.text:
        yield common | {"url": page.url, "title": found.title, "text": found.text}
    for update in found.updates:
        own = {"title": update.title or found.title, "text": update.text}
        address = update.url or f"{page.url}#{update.id}"
        published = update.published or found.published
        yield common | own | {"url": address, "published": published and published.isoformat()}
