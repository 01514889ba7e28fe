"""What a suite expects of a document, and what a reader made of it. Values alone."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

TITLE, LINK, DATE = "title", "link", "date"
FIELDS = (TITLE, LINK, DATE)

_ENTRY = re.compile(rb"<(?:item|(ITEM)|entry)(?:\s[^<>]*)?(?<!/)>")


@dataclass(frozen=True, slots=True)
class Expected:
    """One value that a suite names: of which entry, counted from 0, and which field of it.

    A date is `is_change` where the suite names the time of a change, not that of publication.
    """

    entry: int
    field: str
    value: str | datetime
    is_change: bool = False


@dataclass(frozen=True, slots=True)
class Sample:
    """A document of a suite, the charset that its server would tell, and what is expected of it.

    `entry_count` is None where the suite does not say how many there are; there are at least as
    many as `values` speak of, and `named_count` of them.
    """

    name: str
    body: bytes
    charset: str | None
    url: str
    is_feed: bool
    entry_count: int | None
    named_count: int
    values: tuple[Expected, ...]


def completed(sample: Sample) -> Sample:
    """Give every entry a title, where only dates of them are expected.

    Such a document has entries of a date and nothing else, which ours does not keep.
    """
    if {each.field for each in sample.values} != {DATE}:
        return sample
    body = _ENTRY.sub(
        lambda found: found[0] + (b"<TITLE>t</TITLE>" if found[1] else b"<title>t</title>"),
        sample.body,
    )
    return replace(sample, body=body)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader made of a document: entries as field names with values, `change` for a time.

    `left_out_count` are entries that it told of and did not keep.
    """

    is_feed: bool
    entries: tuple[dict[str, object], ...] = ()
    left_out_count: int = 0
    reason: str = ""
