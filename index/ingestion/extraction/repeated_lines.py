"""Lines as numbers that can be counted over all pages of a host, and pages without such lines."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from index.ingestion.extraction.bodies import lines_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from index.ingestion.extraction.model import ExtractedPage

MIN_CHARACTERS = 20


def line_hashes(lines: Iterable[str]) -> tuple[int, ...]:
    """Give a number for each different line that is long enough to be told from another.

    The numbers are the same in every process and fit SQLite's integers.
    """
    found = dict.fromkeys(_hash(line) for line in lines if len(line) >= MIN_CHARACTERS)
    return tuple(found)


def without_lines(page: ExtractedPage, repeated: frozenset[int]) -> ExtractedPage:
    """Leave out of a page the lines with these hashes; a page is never left without a line."""
    if not repeated.intersection(page.line_hashes):
        return page
    kept = [line for line in lines_of(page.text) if not _is_one_of(line, repeated)]
    if not kept:
        return page
    return replace(page, text="\n\n".join(kept), line_hashes=line_hashes(kept))


def _is_one_of(line: str, hashes: frozenset[int]) -> bool:
    return len(line) >= MIN_CHARACTERS and _hash(line) in hashes


def _hash(line: str) -> int:
    digest = hashlib.blake2b(line.encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
