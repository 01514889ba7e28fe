"""Passages by id, as far as a community may see them: a PassageSource like the reader behind it.

Whatever an engine finds becomes words only here, so that it may look where it likes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.model import Passage
    from index.storage.passage_reader import PassageReader


class PassagesSeen:
    """Reads what `community` may see. Safe in any thread."""

    def __init__(self, reader: PassageReader, community: str | None):
        self._reader = reader
        self._community = community

    def passages(self, ids: Sequence[int]) -> dict[int, Passage]:
        """Return the passages that are there and seen, by id. Raises StorageError."""
        # in this order: what is read before it is looked whose it is may be gone by then
        is_all_seen = not self._reader.has_owners()
        found = self._reader.passages(ids)
        if is_all_seen or not found:
            return found
        seen = self._reader.seen_ids(list(found), self._community)
        return {each: passage for each, passage in found.items() if each in seen}

    def passages_of(self, article_id: str) -> list[Passage]:
        """Return an article's passages in reading order; none where it is unknown or not seen."""
        is_all_seen = not self._reader.has_owners()
        found = self._reader.passages_of(article_id)
        if is_all_seen or not found:
            return found
        seen = self._reader.seen_ids([each.id for each in found], self._community)
        return [each for each in found if each.id in seen]

    def articles_of(self, ids: Sequence[int]) -> dict[int, int]:
        """Return the numbers of the articles of the passages that are there, by passage id."""
        return self._reader.articles_of(ids)

    def texts_of(self, numbers: Sequence[int]) -> Iterator[tuple[int, Sequence[str]]]:
        """Yield articles by number: title, publisher and text of those that are there."""
        return self._reader.texts_of(numbers)

    def article_numbers(self, article_ids: Sequence[str]) -> set[int]:
        """Return the numbers by which engines know articles, of those that are there."""
        return self._reader.article_numbers(article_ids)

    def article_numbers_by(self, authors: Sequence[str]) -> set[int]:
        """Return the numbers of the articles whose author has all words of one of some names."""
        return self._reader.article_numbers_by(authors)
