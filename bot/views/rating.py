"""What is said to who rates an answer, and of all ratings. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.views.message import MessageText

if TYPE_CHECKING:
    from bot.storage.ratings import RatingCounts
    from bot.texts import Texts


def rated_text(texts: Texts, *, is_helpful: bool) -> MessageText:
    """Say how an answer is rated now."""
    told = (
        texts.say("Noted: the answer is helpful to you. The other button takes that back.")
        if is_helpful
        else texts.say("Noted: the answer does not help you. The other button takes that back.")
    )
    return MessageText((told,))


def ratings_line(counts: RatingCounts, kept_days: int, texts: Texts) -> str | None:
    """Say how answers were rated of late; None where none was."""
    if not counts.helpful + counts.unhelpful:
        return None
    return texts.say_counted(
        "Answers of the last day found helpful: {helpful}, not helpful: {unhelpful}",
        "Answers of the last {count} days found helpful: {helpful}, not helpful: {unhelpful}",
        count=kept_days,
        helpful=counts.helpful,
        unhelpful=counts.unhelpful,
    )
