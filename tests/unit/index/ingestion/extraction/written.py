"""Pages as publishers write them, small enough to be read in a test."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from index.ingestion.extraction.page import extract

if TYPE_CHECKING:
    from collections.abc import Iterable

    from index.ingestion.extraction.model import ExtractedPage

URL = "https://www.lantern.example/2024/05/harbour-wall"
NOW = datetime(2024, 6, 1, 12, tzinfo=UTC)

STORY = (
    "The council of Pellmouth voted on Monday to repair the harbour wall before winter.",
    "Fishermen had asked for the work since the storm of 1987 took forty metres of it.",
    "The repairs will cost four million pounds, said the mayor, Anna Kell, and last until May.",
    "Two ferries will leave from the northern quay meanwhile, an hour later than they do now.",
)
TEXT = "\n\n".join(STORY)


def paragraphs(lines: Iterable[str] = STORY) -> str:
    """Write lines as paragraphs."""
    return "".join(f"<p>{line}</p>" for line in lines)


def page(body: str = paragraphs(), head: str = "", *, title: str = "The wall is repaired") -> str:
    """Write a page with one article."""
    return (
        f"<!DOCTYPE html><html><head><title>{title}</title>{head}</head>"
        f"<body><article><h1>{title}</h1>{body}</article></body></html>"
    )


def meta(name: str, content: str) -> str:
    """Write a meta element."""
    return f'<meta property="{name}" content="{content}">'


def linked(**node: Any) -> str:
    """Write JSON-LD; a news article where nothing else is said. `of` is its type."""
    described = {"@context": "https://schema.org", "@type": node.pop("of", "NewsArticle"), **node}
    return f'<script type="application/ld+json">{json.dumps(described)}</script>'


def found(written: str | bytes, *, url: str = URL, charset: str | None = None) -> ExtractedPage:
    """Extract a page as it would have been on the first of June 2024."""
    body = written if isinstance(written, bytes) else written.encode()
    return extract(body, url=url, charset=charset, now=NOW)


def published(head: str, body: str = paragraphs()) -> str | None:
    """Tell when a page says that it was published, as it is stored."""
    time = found(page(body, head)).published
    return time.isoformat() if time else None
