"""How a question was understood, as a small line on Discord. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.views.escaping import one_line
from bot.views.shortening import shortened
from bot.views.wording import told_reading

if TYPE_CHECKING:
    from bot.texts import Texts
    from index.query.model import Reading

_LONGEST_NOTE = 80


def reading_line(reading: Reading, texts: Texts) -> str | None:
    """Return the line, None where there is nothing to say beyond the question's words."""
    told = told_reading(reading, texts, _safe, emphasis="*")
    return f"-# {told}" if told else None


def _safe(text: str) -> str:
    return one_line(shortened(text, _LONGEST_NOTE))
