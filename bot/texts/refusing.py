"""The error whose text is in the catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.errors import PullquoteError

if TYPE_CHECKING:
    from bot.texts.saying import Saying


class RefusedError(PullquoteError):
    """Something was asked for that is not done; `saying` is told to whoever asked.

    As a string it is the English text with its placeholders, for the log.
    """

    def __init__(self, saying: Saying):
        super().__init__(saying.text)
        self.saying = saying
