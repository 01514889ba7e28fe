"""What commands need from the rest of the program, as protocols; tests wire fakes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.answering.model import Answer, Question
    from index import IndexProgress, IndexReport
    from index.model import CorpusStatistics, Hit, Query
    from index.query.model import Corpus


class Answers(Protocol):
    """Says what the news says."""

    async def answer(self, question: Question) -> Answer:
        """Answer, or abstain. Raises PullquoteError when neither is possible."""
        ...


class News(Protocol):
    """The articles that are indexed."""

    async def search(self, query: Query, limit: int) -> Sequence[Hit]:
        """Return the best passages, best first, at most `limit`."""
        ...

    @property
    def searcher(self) -> Corpus:
        """What has to be known of the articles to understand a question about them."""
        ...

    def publishers(self) -> Sequence[str]:
        """Return the publishers of the corpus, the one with most articles first; instant."""
        ...

    async def statistics(self) -> CorpusStatistics:
        """Count what is stored."""
        ...

    @property
    def is_indexing(self) -> bool:
        """Whether an index run is at work."""
        ...

    async def reindex(self, on_progress: Callable[[IndexProgress], None]) -> IndexReport:
        """Read every known file and folder again, without holding up the event loop.

        Raises IndexingInProgressError when a run is at work.
        """
        ...
