"""Questions that lean on the one before: what they leave out is filled in. Knows no news."""

from bot.answering.follow_ups.filling import filled

__all__ = ["filled"]
