"""Whether a reading is what a suite expects; how many are."""

from __future__ import annotations

import html
import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from benchmarks.feeds.model import DATE, LINK, TITLE
from benchmarks.feeds.readers import CHANGE
from index.model import PublicationTime

if TYPE_CHECKING:
    from benchmarks.feeds.model import Expected, Reading, Sample

_TAG = re.compile(r"<[A-Za-z/!][^>]*>")


@dataclass(slots=True)
class Tally:
    """What came of the documents of one part: counts, and a line for each that went wrong."""

    document_count: int = 0
    recognised_count: int = 0
    refused_count: int = 0
    no_feed_count: int = 0
    named_count: int = 0
    kept_count: int = 0
    checked: Counter[str] = field(default_factory=Counter)
    agreed: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)

    def add(self, sample: Sample, reading: Reading, of_completed: Reading) -> None:
        """Count what came of a document, and what of its values when its entries have titles."""
        if not sample.is_feed:
            self.no_feed_count += 1
            self.refused_count += not reading.is_feed
            if reading.is_feed:
                self.failures.append(f"{sample.name}: read as a feed, which it is not")
            return
        self.document_count += 1
        self.named_count += sample.named_count
        self.kept_count += min(sample.named_count, len(reading.entries))
        reason = _shortcoming(sample, reading)
        if reason:
            self.failures.append(f"{sample.name}: {reason}")
        else:
            self.recognised_count += 1
        for expected in sample.values:
            self._compare(sample, expected, of_completed)

    def _compare(self, sample: Sample, expected: Expected, reading: Reading) -> None:
        if expected.field == LINK and not _is_web(str(expected.value), sample.url):
            return
        self.checked[expected.field] += 1
        inside = expected.entry < len(reading.entries)
        entry = reading.entries[expected.entry] if inside else {}
        if _agrees(expected, entry, sample.url):
            self.agreed[expected.field] += 1
        else:
            found = entry.get(expected.field)
            self.failures.append(
                f"{sample.name}: {expected.field} {str(expected.value)[:70]!r}, "
                f"read as {str(found)[:70]!r}"
            )


def _shortcoming(sample: Sample, reading: Reading) -> str:
    if not reading.is_feed:
        return reading.reason
    count = len(reading.entries) + reading.left_out_count
    if sample.entry_count is not None and count != sample.entry_count:
        return f"{count} entries where there are {sample.entry_count}"
    if count < sample.named_count:
        return f"{count} entries where there are at least {sample.named_count}"
    return ""


def _agrees(expected: Expected, entry: dict[str, object], url: str) -> bool:
    if isinstance(expected.value, datetime):
        times = (entry.get(CHANGE), entry.get(DATE)) if expected.is_change else (entry.get(DATE),)
        return any(_is_at(found, expected.value.astimezone(UTC)) for found in times)
    found = str(entry.get(expected.field) or "")
    if expected.field == TITLE:
        return _squeezed(found) in _as_shown(expected.value)
    return _normal(found) == _normal(urljoin(url, expected.value))


def _is_at(found: object, expected: datetime) -> bool:
    """Compare to the second; where a day is all that was read, to the day."""
    if isinstance(found, PublicationTime):
        return found.at == expected or (found.is_day and found.at.date() == expected.date())
    return found == expected


def _as_shown(title: str) -> set[str]:
    """Give the title as it stands, and as a browser would show it, were it HTML."""
    return {_squeezed(title), _squeezed(html.unescape(_TAG.sub("", title)))}


def _squeezed(text: str) -> str:
    return " ".join(text.split())


def _is_web(address: str, url: str) -> bool:
    return urlsplit(urljoin(url, address)).scheme in {"http", "https"}


def _normal(address: str) -> str:
    parts = urlsplit(address)
    return parts._replace(netloc=parts.netloc.lower(), path=parts.path or "/").geturl()
