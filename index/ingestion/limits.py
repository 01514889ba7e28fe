"""How much of a file is ever read. Knows no format and no path."""

from __future__ import annotations

from dataclasses import dataclass

_MEBIBYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes beyond which a file or an article is refused, in bytes.

    `max_file_bytes` holds for what is read whole (.txt .md .html .json, unpacked when .gz),
    `max_stream_bytes` for what is read line by line (.jsonl .csv, unpacked when .gz), eight times
    that for archives of pages (.warc, unpacked when .gz), and `max_article_bytes` for one article's
    text as UTF-8.
    """

    max_file_bytes: int = 64 * _MEBIBYTE
    max_stream_bytes: int = 2048 * _MEBIBYTE
    max_article_bytes: int = 4 * _MEBIBYTE


def in_words(size: int) -> str:
    """Write a size in bytes for a person: `900 bytes`, `1.5 KiB`, `64 MiB`, `2 GiB`."""
    for unit, bits in (("GiB", 30), ("MiB", 20), ("KiB", 10)):
        if size >= 1 << bits:
            return f"{size / (1 << bits):.1f}".removesuffix(".0") + f" {unit}"
    return f"{size} bytes"
