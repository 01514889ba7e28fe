"""A page that an outlet goes on writing while something happens: pure functions to HTML."""

from __future__ import annotations

import json
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Update:
    """Something that happened, under a name within its page."""

    name: str
    title: str
    text: str
    published: datetime


def live_page(url: str, title: str, lead: str, updates: Sequence[Update]) -> str:
    """Write a live blog, the newest update first."""
    told = sorted(updates, key=lambda each: each.published, reverse=True)
    data = {
        "@context": "https://schema.org",
        "@type": "LiveBlogPosting",
        "headline": title,
        "url": url,
        "datePublished": min(each.published for each in updates).isoformat(),
        "liveBlogUpdate": [
            {
                "@type": "BlogPosting",
                "@id": f"{url}#{each.name}",
                "headline": each.title,
                "articleBody": each.text,
                "datePublished": each.published.isoformat(),
            }
            for each in told
        ],
    }
    shown = "".join(
        f"<section id='{each.name}'><h2>{escape(each.title)}</h2><p>{escape(each.text)}</p>"
        "</section>\n"
        for each in told
    )
    return (
        f"<!DOCTYPE html>\n<html lang='en'><head><title>{escape(title)}</title>"
        f"<link rel='canonical' href='{url}'><script type='application/ld+json'>"
        f"{json.dumps(data)}</script></head><body><main><article><h1>{escape(title)}</h1>"
        f"<p>{escape(lead)}</p>\n{shown}</article></main></body></html>\n"
    )
