"""Which feed somebody means: by its number, as a list offers it, or by words that it alone has.

Knows not whose feeds they are, and what of them may be looked for: both are handed in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.texts import RefusedError, saying

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from index.model import Feed


def fitting(typed: str, feeds: Iterable[Feed], words_of: Callable[[Feed], str]) -> list[Feed]:
    """Return the feeds that have what is typed among their words; all of them for nothing typed."""
    wanted = typed.strip().casefold()
    return [each for each in feeds if wanted in words_of(each).casefold()]


def chosen_feed(choice: str, feeds: Sequence[Feed], words_of: Callable[[Feed], str]) -> Feed:
    """Return the one that is meant. Raises RefusedError where it is none, or not one alone."""
    named = [each for each in feeds if choice == str(each.id)]
    if not named and choice.strip():
        named = fitting(choice, feeds, words_of)
    if len(named) != 1:
        raise RefusedError(saying("This server has no such feed; choose one from the list."))
    return named[0]
