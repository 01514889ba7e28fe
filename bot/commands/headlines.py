"""Headlines that are offered while somebody types.

The newest are held in memory, since every key that is pressed asks for them; they are read anew in
the background when they are old. Nothing here waits on the event loop for more than a moment.
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import structlog

from bot.views import limits
from bot.views.escaping import clean
from index.analysis.folding import fold
from index.analysis.words import words
from index.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from bot.commands.ports import News, Seen
    from index.storage.article_reader import Headline

    # a community, None for all that have nothing of their own, and whose news it has chosen
    _OfWhom = tuple[str | None, frozenset[str]]

HELD_COUNT = 5000
SHELF_COUNT = 20
"""Communities, and choices of publishers, whose headlines are held at a time."""
FRESH_SECONDS = 60.0
HELD_SECONDS = 600.0
"""How long headlines are offered while newer ones are read; of older ones, some may be removed."""
WAIT_SECONDS = 1.0
"""How long typing waits for headlines that were never read; Discord waits three seconds."""

_log = structlog.stdlib.get_logger(__name__)


class _Held(NamedTuple):
    """A headline, and its words as they are compared, a space before each."""

    headline: Headline
    words: str


@dataclass(slots=True)
class _Shelf:
    """What is held for one community and choice of publishers."""

    held: Sequence[_Held] = ()
    read_at: float | None = None
    reading: asyncio.Task[None] | None = None


class Headlines:
    """Finds headlines of `news` by the beginnings of their words."""

    def __init__(self, news: News, clock: Callable[[], float] = time.monotonic):
        self._news = news
        self._clock = clock
        self._shelves: OrderedDict[_OfWhom, _Shelf] = OrderedDict()

    async def like(self, typed: str, reader: str | None) -> list[Headline]:
        """Return up to 25 headlines, each title once, that have all words typed.

        The last word may be the beginning of one. The newest are first; where nothing is typed,
        they are simply the newest. Raises nothing: who types is offered what is there.
        """
        seen = self._news.seen_by(reader)
        shelf = self._shelf_of((seen.community, seen.chosen))
        if shelf.read_at is not None and self._clock() - shelf.read_at > HELD_SECONDS:
            shelf.held, shelf.read_at = (), None
        if shelf.read_at is None or self._clock() - shelf.read_at > FRESH_SECONDS:
            self._begin_to_read(shelf, seen)
        if shelf.read_at is None and shelf.reading is not None:
            await asyncio.wait({shelf.reading}, timeout=WAIT_SECONDS)
        return await asyncio.to_thread(matching, typed, shelf.held)

    def _shelf_of(self, of_whom: _OfWhom) -> _Shelf:
        shelf = self._shelves.setdefault(of_whom, _Shelf())
        self._shelves.move_to_end(of_whom)
        while len(self._shelves) > SHELF_COUNT:
            self._shelves.popitem(last=False)
        return shelf

    def _begin_to_read(self, shelf: _Shelf, seen: Seen) -> None:
        if shelf.reading is None or shelf.reading.done():
            shelf.reading = asyncio.create_task(self._read(shelf, seen))

    async def _read(self, shelf: _Shelf, seen: Seen) -> None:
        try:
            found = await seen.articles.headlines(HELD_COUNT)
        except StorageError as error:
            _log.warning("headlines not read", reason=str(error))
            return
        shelf.held = await asyncio.to_thread(_folded, found)
        shelf.read_at = self._clock()


def matching(typed: str, held: Iterable[_Held]) -> list[Headline]:
    """Return the first 25 of some headlines that have all words typed, each title once."""
    beginnings = [f" {fold(word)}" for word in words(typed)]
    found: dict[str, Headline] = {}
    for headline, folded in held:
        if headline.title not in found and _has(folded, beginnings):
            found[headline.title] = headline
            if len(found) == limits.CHOICE_COUNT:
                break
    return list(found.values())


def choice_name(title: str) -> str:
    """Return a headline as a choice shows it: at most 100 units, on one line, never empty."""
    return _cut(" ".join(clean(title).split())) or "–"


def choice_query(title: str) -> str:
    """Return the words of a headline as a search for them: none is an operator."""
    return _cut(" ".join(words(clean(title))))


def _folded(headlines: Iterable[Headline]) -> list[_Held]:
    return [
        _Held(each, "".join(f" {fold(word)}" for word in words(each.title))) for each in headlines
    ]


def _has(folded: str, beginnings: Sequence[str]) -> bool:
    return all(beginning in folded for beginning in beginnings)


def _cut(text: str) -> str:
    """Return all of a text, or its first words, or as much of the first as a choice may have."""
    return next(filter(_fits, _shorter(text)), "")


def _shorter(text: str) -> Iterator[str]:
    yield text
    text = text[: limits.CHOICE_LENGTH]
    kept = text
    while " " in kept:
        kept = kept.rpartition(" ")[0]
        yield kept
    for end in range(len(text), 0, -1):
        yield text[:end]


def _fits(text: str) -> bool:
    return limits.length(text) <= limits.CHOICE_LENGTH
