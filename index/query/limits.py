"""Which articles may answer: what was typed as filters, what a date in prose narrows, and options.

Where several speak of the same, the narrowest holds, and what contradicts is an error. Knows no
words to look for.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING

from index.errors import InvalidQueryError
from index.query.dates import known_range, parse_range
from index.query.periods import told_day
from index.query.wording import shown

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from index.query.operators import Filter
    from index.query.publishers import PublisherNames


@dataclass(frozen=True, slots=True)
class Limits:
    """`since` is inclusive, `until` exclusive, both aware; no publishers or authors admit all."""

    since: datetime | None = None
    until: datetime | None = None
    publishers: frozenset[str] = frozenset()
    authors: frozenset[str] = frozenset()

    def within(self, since: datetime | None, until: datetime | None) -> Limits:
        """Return them with a range of time that holds as well."""
        begins = [each for each in (self.since, since) if each]
        ends = [each for each in (self.until, until) if each]
        return replace(self, since=max(begins, default=None), until=min(ends, default=None))

    def checked(self, asked_at: datetime) -> Limits:
        """Return them. Raises InvalidQueryError where no time is left."""
        if self.since and self.until and self.since >= self.until:
            begin, end = (
                told_day(each.astimezone(asked_at.tzinfo).date())
                for each in (self.since, self.until)
            )
            raise InvalidQueryError(
                f"No time is both since {begin} and before {end}; "
                "exchange `since` and `until`, or leave one out."
            )
        return self

    def of_publishers(self, publishers: frozenset[str]) -> Limits:
        """Return them for some publishers alone. Raises InvalidQueryError where none is left."""
        if not self.publishers or not publishers:
            return replace(self, publishers=self.publishers or publishers)
        folded = {name.casefold() for name in self.publishers}
        both = frozenset(name for name in publishers if name.casefold() in folded)
        if not both:
            raise InvalidQueryError(
                f"No article is from {shown(min(publishers))} and from "
                f"{shown(min(self.publishers))}; leave one publisher out."
            )
        return replace(self, publishers=both)


def understood(name: str, value: str, asked_at: datetime, publishers: PublisherNames) -> bool:
    """Whether the value of a filter means something."""
    if name == "publisher":
        return bool(publishers.find(value))
    return name != "author" and known_range(value, asked_at) is not None


def typed_limits(
    filters: Sequence[Filter], asked_at: datetime, publishers: PublisherNames
) -> Limits:
    """Return what filters admit; several publishers or authors admit each of theirs.

    Raises InvalidQueryError.
    """
    named = [each.value for each in filters if each.name == "publisher"]
    # "publisher:cnn,bbc", unless a comma is part of a name
    parts = [[value] if publishers.find(value) else value.split(",") for value in named]
    limits = Limits(
        publishers=frozenset[str]().union(*map(publishers.known, chain.from_iterable(parts))),
        authors=frozenset(each.value for each in filters if each.name == "author"),
    )
    for each in filters:
        if each.name in {"since", "until", "on"}:
            time = parse_range(each.value, asked_at)
            since = time.since if each.name != "until" else None
            until = time.until if each.name != "since" else None
            limits = limits.within(since, until)
    return limits
