"""What a message says, as blocks of markdown, whichever way it is sent. Knows no Discord.

The same blocks become text displays for a slash command and plain content for a reply: content is
what push notifications, screen readers' short forms and searches for links see.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.views import limits

_GAP = "\n\n"


@dataclass(frozen=True, slots=True)
class MessageText:
    """Blocks of Discord markdown, none empty; every one of them could stand alone."""

    blocks: tuple[str, ...]

    @property
    def content(self) -> str:
        """The blocks as one text."""
        return _GAP.join(self.blocks)

    @property
    def length(self) -> int:
        """Of `content`, as Discord counts."""
        return limits.length(self.content)
