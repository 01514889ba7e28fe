"""Where words come from: the small line under a quote. Knows no Discord."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.views.elsewhere import told_others
from bot.views.escaping import one_line, safe_url
from bot.views.shortening import shortened
from bot.views.wording import published

if TYPE_CHECKING:
    from bot.answering.model import Quote
    from bot.texts import Texts
    from index.model import Article, CopyPlace

_NAME_LENGTH = 60
_TITLE_LENGTH = 120


def heading(article: Article) -> str | None:
    """Return the title in bold, None for an article without one."""
    title = one_line(shortened(article.title, _TITLE_LENGTH))
    return f"**{title}**" if title else None


def attribution(article: Article, address: str | None, texts: Texts, *, author: bool = True) -> str:
    """`-# Publisher · date · Author · link`; what is not known is left out, or said to be unknown.

    `address` is where the link leads: an article's url, perhaps with a text fragment. None, and
    any that is no web address, leaves the link out.
    """
    parts = [told_publisher(article, texts), published(article.published, texts)]
    if author and (name := _name(article.author)):
        parts.append(name)
    if article.is_partial:
        parts.append(told_partial(texts))
    if address and (url := safe_url(address)):
        parts.append(f"[{texts.say('Read it at the publisher')}](<{url}>)")
    return "-# " + " · ".join(parts)


def told_partial(texts: Texts) -> str:
    """Say that an article's end is not public."""
    return texts.say("only its beginning is public")


def told_publisher(article: Article | CopyPlace, texts: Texts) -> str:
    """Return its name, or say that it is unknown."""
    return _name(article.publisher) or texts.say("publisher unknown")


def other_sources(quote: Quote, texts: Texts, *, linked: bool) -> str | None:
    """`-# also in Publisher, Publisher`: who else says the same; None where nobody does."""

    def named(article: Article | CopyPlace) -> str:
        name = told_publisher(article, texts)
        url = safe_url(article.url) if linked and article.url else None
        return f"[{name}](<{url}>)" if url else name

    told = told_others(quote, texts, named)
    return f"-# {told}" if told else None


def _name(text: str | None) -> str:
    return one_line(shortened(text, _NAME_LENGTH)) if text else ""
