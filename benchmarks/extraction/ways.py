"""The ways of finding a page's text that are set side by side."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from index.errors import ArticleRefusedError
from index.ingestion.extraction.page import extract

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.extraction.sets import KnownPage

    Way = Callable[[KnownPage], str]


def ours(page: KnownPage) -> str:
    """Extract as Pullquote does, all else that is read of a page included.

    The updates of a live blog become stories of their own, and are not counted.
    """
    try:
        return extract(page.body, url=page.url, charset=None, now=datetime.now(UTC)).text
    except ArticleRefusedError:
        return ""


def precise(page: KnownPage) -> str:
    """Take what trafilatura finds that favours precision."""
    return _trafilatura(page, favor_precision=True)


def default(page: KnownPage) -> str:
    """Take what trafilatura finds as it comes."""
    return _trafilatura(page, favor_precision=False)


def _trafilatura(page: KnownPage, *, favor_precision: bool) -> str:
    from trafilatura import bare_extraction

    found: Any = bare_extraction(
        page.body,
        url=page.url,
        favor_precision=favor_precision,
        include_comments=False,
        include_tables=False,
    )
    return (found.text or "") if found else ""


WAYS: dict[str, Way] = {
    "Pullquote": ours,
    "trafilatura, precision": precise,
    "trafilatura, default": default,
}
