"""An outlet's pages, with all that stands around an article on the web: pure functions to HTML."""

from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.integration.news_site.links import Links
    from tests.integration.news_site.newsroom import Newsroom, Published
    from tests.integration.news_site.stories import Story

COOKIE_NOTICE = "We use cookies to remember you. Read our cookie policy or accept all cookies."
RELATED_COUNT = 4
FREE_PARAGRAPHS = 2
_STYLE = "body{font:1rem/1.5 serif;margin:auto;max-width:44rem}nav li{display:inline}"


def repeated_line(name: str) -> str:
    """Return what an outlet says below each of its articles."""
    return f"{name} is written by people who live here; follow our reporters wherever you are."


def paragraphs(story: Story) -> str:
    """Return the text as HTML: of a story that is not free, its beginning."""
    shown = story.paragraphs if story.is_free else story.paragraphs[:FREE_PARAGRAPHS]
    return "\n".join(f"<p>{escape(each, quote=False)}</p>" for each in shown)


def story_page(room: Newsroom, published: Published, links: Links) -> str:
    story = published.story
    body = (
        f"<main><article><header><p class='section'>{escape(story.section)}</p>"
        f"<h1>{escape(story.title)}</h1><p class='byline'>By <a rel='author' "
        f"href='{links.to(room.host, 'people')}'>"
        f"{escape(story.author)}</a></p><time datetime='{story.published.isoformat()}'>"
        f"{story.published:%d %B %Y, %H:%M}</time></header>\n"
        f"<div class='article-body'>{paragraphs(story)}</div>\n{_below(room, story)}"
        f"</article>{_related(room, story, links)}</main>"
    )
    return _page(room, links, _story_head(room, published, links), body)


def home_page(room: Newsroom, links: Links) -> str:
    heads = "".join(
        f"<li><a href='{links.to(room.host, story.path)}'>{escape(story.title)}</a></li>\n"
        for story in room.latest()
    )
    kinds = (("application/rss+xml", "feed.xml"), ("application/atom+xml", "atom.xml"))
    alternates = "".join(
        f"<link rel='alternate' type='{kind}' title='{escape(room.name)}' "
        f"href='{links.to(room.host, path)}'>"
        for kind, path in kinds
    )
    head = f"<title>{escape(room.name)}</title>{alternates}"
    return _page(room, links, head, f"<main><h1>Latest news</h1><ul>\n{heads}</ul></main>")


def gone_page(room: Newsroom, links: Links) -> str:
    head = f"<title>Gone - {escape(room.name)}</title>"
    return _page(room, links, head, "<main><h1>Gone</h1><p>We took this story back.</p></main>")


def _page(room: Newsroom, links: Links, head: str, body: str) -> str:
    sections = ("Politics", "Local", "Sport", "Culture", "Weather", "Subscribe")
    nav = "".join(
        f"<li><a href='{links.to(room.host, each.lower())}'>{each}</a></li>" for each in sections
    )
    name = escape(room.name)
    return (
        f"<!DOCTYPE html>\n<html lang='en'><head><meta charset='utf-8'>{head}"
        f"<style>{_STYLE}</style><script>window.paper = {{visits: 0}};</script></head>\n<body>"
        f"<div id='cookie-banner' class='cookie-notice'><p>{COOKIE_NOTICE}</p>"
        f"<button>Accept</button></div><header><a href='{links.to(room.host, '')}'>{name}</a>"
        f"<nav><ul>{nav}</ul></nav></header>\n{body}\n"
        f"<footer><p>© 2026 {name}. All rights reserved.</p><ul>"
        f"<li><a href='{links.to(room.host, 'terms')}'>Terms</a></li>"
        f"<li><a href='{links.to(room.host, 'contact')}'>Contact us</a></li></ul>"
        "</footer></body></html>\n"
    )


def _story_head(room: Newsroom, published: Published, links: Links) -> str:
    story = published.story
    place = links.to(room.host, story.path)
    canonical = links.to(*(published.first_at or (room.host, story.path)))
    robots = "" if story.may_be_quoted else "<meta name='robots' content='index, nosnippet'>"
    data = json.dumps(_structured(room, story, place)).replace("<", "\\u003c")
    title, name, summary = map(escape, (story.title, room.name, story.summary))
    return (
        f"<title>{title} - {name}</title><link rel='canonical' href='{canonical}'>{robots}"
        f"<meta name='description' content='{summary}'>"
        f"<meta property='og:type' content='article'><meta property='og:title' content='{title}'>"
        f"<meta property='og:site_name' content='{name}'><meta property='og:url' content='{place}'>"
        f"<meta property='article:published_time' content='{story.published.isoformat()}'>"
        f"<script type='application/ld+json'>{data}</script>"
    )


def _structured(room: Newsroom, story: Story, place: str) -> dict[str, object]:
    return {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": story.title,
        "url": place,
        "mainEntityOfPage": {"@type": "WebPage", "@id": place},
        "datePublished": story.published.isoformat(),
        "dateModified": (story.updated or story.published).isoformat(),
        "author": [{"@type": "Person", "name": story.author}],
        "publisher": {"@type": "NewsMediaOrganization", "name": room.name},
        "articleSection": story.section,
        "isAccessibleForFree": story.is_free,
    }


def _below(room: Newsroom, story: Story) -> str:
    line = escape(repeated_line(room.name))
    wall = "<div class='paywall'><p>Subscribe to read on, or sign in.</p></div>"
    return f"<p>{line}</p>{'' if story.is_free else wall}"


def _related(room: Newsroom, story: Story, links: Links) -> str:
    others = [other for other in room.latest() if other.number != story.number]
    items = "".join(
        f"<li><a href='{links.to(room.host, other.path)}'>{escape(other.title)}</a></li>"
        for other in others[:RELATED_COUNT]
    )
    return f"<aside class='related'><h2>Related stories</h2><ul>{items}</ul></aside>"
