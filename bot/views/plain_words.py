"""What is said of commands in plain words: which there are, how they are written. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.views import limits
from bot.views.message import MessageText

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.texts import Texts

_LIST_LENGTH = limits.LAYOUT_TEXT_LENGTH - 100


def commands_text(listed: Sequence[tuple[str, str]], texts: Texts) -> MessageText:
    """List commands, each an example of how it is written and what it does.

    At most 4,000 units; where they are too many, the last are left out and counted.
    """
    told = texts.say(
        "Write to me as you would ask a question. A message that begins like one of these is a "
        "command; behind an exclamation mark, like {sign}, it always is one."
        " {more} tells more of one.",
        sign=f"`!{texts.say('help')}`",
        more=f"`{texts.say('help')} {texts.command('search').removeprefix('/')}`",
    )
    lines = [f"**{example}** – {does}" for example, does in listed]
    for count in range(len(lines), 0, -1):
        rest = len(lines) - count
        more = [texts.say("and {count} more", count=rest)] if rest else []
        text = MessageText((told, "\n".join((*lines[:count], *more))))
        if text.length <= _LIST_LENGTH:
            return text
    return MessageText((told,))


def command_text(
    example: str, does: str, options: Sequence[tuple[str, str]], texts: Texts
) -> MessageText:
    """Say what one command does, with an example, and what each of its options is for."""
    lines = [f"**{example}** – {does}"]
    lines += [f"- **{name}** – {told}" for name, told in options]
    lines += [texts.say("An option is its name and behind that its value.")] if options else []
    return MessageText(("\n".join(lines),))
