"""A document read as if it had just been found."""

from datetime import UTC, datetime

from index.ingestion.feeds.parsing import parse

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
URL = "https://paper.test/feed"


def read(body, *, charset=None, field_map=None):
    raw = body if isinstance(body, bytes) else body.encode()
    return parse(raw, url=URL, content_type="", charset=charset, now=NOW, field_map=field_map)


def rss(item, *, channel=""):
    return f'<rss version="2.0"><channel>{channel}<item>{item}</item></channel></rss>'
