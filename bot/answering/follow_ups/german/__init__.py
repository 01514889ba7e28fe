"""German questions that lean on the one before. Knows no English, and no news."""

from bot.answering.follow_ups.german.filling import filled_in_german, is_german

__all__ = ["filled_in_german", "is_german"]
