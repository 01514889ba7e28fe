"""Where words come from: the small line under a quote. Knows no Discord."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.views.elsewhere import told_others
from bot.views.escaping import one_line, safe_url
from bot.views.shortening import shortened
from bot.views.wording import published

if TYPE_CHECKING:
    from bot.answering.model import Quote
    from index.model import Article

LINK_LABEL = "Read it at the publisher"
_NAME_LENGTH = 60
_TITLE_LENGTH = 120


def heading(article: Article) -> str | None:
    """Return the title in bold, None for an article without one."""
    title = one_line(shortened(article.title, _TITLE_LENGTH))
    return f"**{title}**" if title else None


def attribution(article: Article, address: str | None, *, author: bool = True) -> str:
    """`-# Publisher · date · Author · link`; what is not known is left out, or said to be unknown.

    `address` is where the link leads: an article's url, perhaps with a text fragment. None, and
    any that is no web address, leaves the link out.
    """
    parts = [_name(article.publisher) or "publisher unknown", published(article.published)]
    if author and (name := _name(article.author)):
        parts.append(name)
    if address and (url := safe_url(address)):
        parts.append(f"[{LINK_LABEL}](<{url}>)")
    return "-# " + " · ".join(parts)


def other_sources(quote: Quote, *, linked: bool) -> str | None:
    """`-# also in Publisher, Publisher`: who else says the same; None where nobody does."""

    def named(article: Article) -> str:
        name = _name(article.publisher) or "publisher unknown"
        url = safe_url(article.url) if linked and article.url else None
        return f"[{name}](<{url}>)" if url else name

    told = told_others(quote, named)
    return f"-# {told}" if told else None


def _name(text: str | None) -> str:
    return one_line(shortened(text, _NAME_LENGTH)) if text else ""
