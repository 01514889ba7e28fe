"""An outlet's stories as feeds and the like: pure functions from a newsroom to text."""

from __future__ import annotations

import gzip
import json
from email.utils import format_datetime
from enum import StrEnum
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from tests.integration.news_site.pages import paragraphs

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from tests.integration.news_site.links import Links
    from tests.integration.news_site.newsroom import Newsroom
    from tests.integration.news_site.stories import Story

NEWS_API_LENGTH = 200


class FeedFormat(StrEnum):
    """What an outlet offers, by the path where it is."""

    RSS = "feed.xml"  # summaries only
    FULL_RSS = "full.xml"
    ATOM = "atom.xml"  # names what was withdrawn
    RDF = "feed.rdf"
    JSON_FEED = "feed.json"
    NEWS_SITEMAP = "sitemap_news.xml"
    PACKED_SITEMAP = "sitemap_news.xml.gz"
    SITEMAP_INDEX = "sitemap_index.xml"
    NEWS_API = "api/articles.json"


def rss(room: Newsroom, links: Links, *, is_full: bool = False) -> str:
    ttl = f"<ttl>{room.ttl_minutes}</ttl>" if room.ttl_minutes is not None else ""
    items = "".join(_rss_item(room, story, links, is_full=is_full) for story in room.latest())
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>'
        f"<title>{escape(room.name)}</title><link>{links.to(room.host, '')}</link>"
        f"<description>News from {escape(room.name)}</description>{ttl}\n{items}</channel></rss>\n"
    )


def _rss_item(room: Newsroom, story: Story, links: Links, *, is_full: bool) -> str:
    content = f"<content:encoded><![CDATA[{paragraphs(story)}]]></content:encoded>"
    return (
        f"<item><title>{escape(story.title)}</title>"
        f"<link>{links.to(room.host, story.path)}</link>"
        f'<guid isPermaLink="false">{escape(room.guid(story))}</guid>'
        f"<pubDate>{format_datetime(story.published)}</pubDate>"
        f"<dc:creator>{escape(story.author)}</dc:creator>"
        f"<category>{escape(story.section)}</category>"
        f"<description>{escape(story.summary)}</description>{content if is_full else ''}</item>\n"
    )


def atom(room: Newsroom, links: Links) -> str:
    entries = "".join(_atom_entry(room, story, links) for story in room.latest())
    deleted = "".join(
        f'<at:deleted-entry ref="{escape(room.guid(each.story))}" '
        f'when="{_iso(each.withdrawn_at)}"/>\n'
        for each in room.withdrawn()
        if each.withdrawn_at
    )
    times = [story.updated or story.published for story in room.latest()]
    updated = f"<updated>{_iso(max(times))}</updated>" if times else ""
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" '
        'xmlns:at="http://purl.org/atompub/tombstones/1.0">'
        f"<title>{escape(room.name)}</title><id>{links.to(room.host, '')}</id>{updated}"
        f'<link rel="self" href="{links.to(room.host, FeedFormat.ATOM)}"/>\n'
        f"{entries}{deleted}</feed>\n"
    )


def _atom_entry(room: Newsroom, story: Story, links: Links) -> str:
    return (
        f'<entry><title>{escape(story.title)}</title><link href="'
        f'{links.to(room.host, story.path)}"/><id>{escape(room.guid(story))}</id>'
        f"<published>{_iso(story.published)}</published>"
        f"<updated>{_iso(story.updated or story.published)}</updated>"
        f'<author><name>{escape(story.author)}</name></author><category term="'
        f'{escape(story.section)}"/><summary>{escape(story.summary)}</summary></entry>\n'
    )


def rdf(room: Newsroom, links: Links) -> str:
    places = [(story, links.to(room.host, story.path)) for story in room.latest()]
    named = "".join(f'<rdf:li rdf:resource="{place}"/>' for _, place in places)
    items = "".join(
        f'<item rdf:about="{place}"><title>{escape(story.title)}</title><link>{place}</link>'
        f"<description>{escape(story.summary)}</description>"
        f"<dc:date>{_iso(story.published)}</dc:date></item>\n"
        for story, place in places
    )
    home = links.to(room.host, "")
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f'<channel rdf:about="{home}"><title>{escape(room.name)}</title><link>{home}</link>'
        f"<description>News</description><items><rdf:Seq>{named}</rdf:Seq></items></channel>\n"
        f"{items}</rdf:RDF>\n"
    )


def json_feed(room: Newsroom, links: Links) -> str:
    items = [
        {
            "id": room.guid(story),
            "url": links.to(room.host, story.path),
            "title": story.title,
            "content_html": paragraphs(story),
            "date_published": _iso(story.published),
            "date_modified": _iso(story.updated or story.published),
            "authors": [{"name": story.author}],
            "tags": [story.section],
        }
        for story in room.latest()
    ]
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": room.name,
        "home_page_url": links.to(room.host, ""),
        "feed_url": links.to(room.host, FeedFormat.JSON_FEED),
        "items": items,
    }
    return json.dumps(feed, indent=1)


def news_sitemap(room: Newsroom, links: Links) -> str:
    urls = "".join(
        f"<url><loc>{links.to(room.host, story.path)}</loc>"
        f"<lastmod>{_iso(story.updated or story.published)}</lastmod><news:news>"
        f"<news:publication><news:name>{escape(room.name)}</news:name>"
        "<news:language>en</news:language></news:publication>"
        f"<news:publication_date>{_iso(story.published)}</news:publication_date>"
        f"<news:title>{escape(story.title)}</news:title></news:news></url>\n"
        for story in room.latest()
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        f'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">\n{urls}</urlset>\n'
    )


def packed_sitemap(room: Newsroom, links: Links) -> bytes:
    return gzip.compress(news_sitemap(room, links).encode(), mtime=0)


def sitemap_index(room: Newsroom, links: Links) -> str:
    times = [story.updated or story.published for story in room.latest()]
    lastmod = f"<lastmod>{_iso(max(times))}</lastmod>" if times else ""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap>'
        f"<loc>{links.to(room.host, FeedFormat.PACKED_SITEMAP)}</loc>{lastmod}</sitemap>"
        "</sitemapindex>\n"
    )


def news_api(room: Newsroom, links: Links) -> str:
    articles = [
        {
            "source": {"id": None, "name": room.name},
            "author": story.author,
            "title": story.title,
            "description": story.summary,
            "url": links.to(room.host, story.path),
            "publishedAt": f"{story.published:%Y-%m-%dT%H:%M:%SZ}",
            "content": _shortened(story.text),
        }
        for story in room.latest()
    ]
    answer = {"status": "ok", "totalResults": len(articles), "articles": articles}
    return json.dumps(answer)


def _shortened(text: str) -> str:
    more = len(text) - NEWS_API_LENGTH
    return f"{text[:NEWS_API_LENGTH]}… [+{more} chars]" if more > 0 else text


def _iso(time: datetime | None) -> str:
    return time.isoformat(timespec="seconds") if time else ""


def _full_rss(room: Newsroom, links: Links) -> str:
    return rss(room, links, is_full=True)


WRITERS: dict[FeedFormat, tuple[str, Callable[[Newsroom, Links], str | bytes]]] = {
    FeedFormat.RSS: ("application/rss+xml; charset=utf-8", rss),
    FeedFormat.FULL_RSS: ("application/rss+xml; charset=utf-8", _full_rss),
    FeedFormat.ATOM: ("application/atom+xml; charset=utf-8", atom),
    FeedFormat.RDF: ("application/rdf+xml; charset=utf-8", rdf),
    FeedFormat.JSON_FEED: ("application/feed+json", json_feed),
    FeedFormat.NEWS_SITEMAP: ("application/xml", news_sitemap),
    FeedFormat.PACKED_SITEMAP: ("application/gzip", packed_sitemap),
    FeedFormat.SITEMAP_INDEX: ("text/xml", sitemap_index),
    FeedFormat.NEWS_API: ("application/json; charset=utf-8", news_api),
}
