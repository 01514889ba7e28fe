"""What commands need from the rest of the program, as protocols; tests wire fakes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from index.query.model import Corpus

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from bot.answering.model import Answer, Question
    from index import IndexProgress, IndexReport
    from index.gathering.model import AskedFeed, FeedSample, FeedTurn
    from index.model import Article, CorpusStatistics, Feed, Hit, IndexSize, Passage, Query
    from index.searcher import Searcher
    from index.storage.article_reader import ArticleFacts, Headline, PublisherNews
    from index.storage.story_store import Announcement


class Answers(Protocol):
    """Says what the news says."""

    async def answer(self, question: Question, community: str | None) -> Answer:
        """Answer, or abstain, from what a community may see; from everybody's news for None.

        Raises PullquoteError when neither is possible.
        """
        ...


class StoredArticles(Protocol):
    """Articles by when they were published, or one by one. Each may raise StorageError."""

    async def newest(self, before: datetime, limit: int) -> Sequence[Article]:
        """Return articles of known date, the newest first; none from `before` on."""
        ...

    async def headlines(self, limit: int) -> Sequence[Headline]:
        """Return the titles of the newest articles, the newest first."""
        ...

    async def publishers(self, before: datetime) -> Sequence[PublisherNews]:
        """Return who has published them, with most first; no newest date is from `before` on."""
        ...

    async def newest_arrival(self) -> datetime | None:
        """Return when the newest of them came in; None where none has."""
        ...

    async def numbered(self, number: int) -> ArticleFacts | None:
        """Return what is known of the article of a number."""
        ...

    async def named(self, article_id: str) -> ArticleFacts | None:
        """Return what is known of the article of an id."""
        ...


class Searched(Corpus, Protocol):
    """What has to be known of the articles to weigh the words of a question."""

    def idf(self, term: str) -> float:
        """Return how much a term tells."""
        ...


class Seen(Protocol):
    """The articles that a community may see, which is who reads them."""

    @property
    def community(self) -> str | None:
        """Who has news of their own among it; None where all of it is everybody's."""
        ...

    @property
    def chosen(self) -> frozenset[str]:
        """The publishers whose news it is alone; none where it is everybody's."""
        ...

    @property
    def is_everything(self) -> bool:
        """Whether nobody else has news of their own."""
        ...

    async def search(self, query: Query, limit: int) -> Sequence[Hit]:
        """Return the best passages, best first, at most `limit`."""
        ...

    @property
    def searcher(self) -> Searcher:
        """The newest searcher; what takes it along does not mind newer ones."""
        ...

    def publishers(self) -> Sequence[str]:
        """Return the publishers of the corpus, the one with most articles first; instant."""
        ...

    @property
    def articles(self) -> StoredArticles:
        """The articles as such, without searching."""
        ...

    async def statistics(self) -> CorpusStatistics:
        """Count what is stored."""
        ...

    async def passages_of(self, article_id: str) -> Sequence[Passage]:
        """Return an article's passages in reading order; none where it is not quoted any more."""
        ...


class News(Protocol):
    """The articles that are indexed; what is shown of them is what `seen_by` gives."""

    def seen_by(self, community: str | None) -> Seen:
        """Return what a community may see; everybody's news alone for None. Instant."""
        ...

    def publishers_for(self, community: str | None) -> Sequence[str]:
        """Return every publisher that a community may choose, the one with most articles first."""
        ...

    async def announcements(self, after: int, limit: int) -> Sequence[Announcement]:
        """Return the stories that came in after an announcement, in their order."""
        ...

    async def newest_announcement(self) -> int:
        """Return the number of the newest announcement there ever was, 0 before the first."""
        ...

    async def size(self) -> IndexSize:
        """Return how much there is, on disk and in memory, whoever may see it."""
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


class FollowedFeeds(Protocol):
    """What news comes from by itself."""

    async def all(self) -> Sequence[Feed]:
        """Return every feed, paused ones too."""
        ...

    async def seen_by(self, community: str | None) -> Sequence[Feed]:
        """Return everybody's feeds and those of a community, paused ones too."""
        ...

    async def add_for(self, community: str, address: str, most: int) -> Sequence[Feed]:
        """Follow what is at a web address for a community. Raises SourceError."""
        ...

    async def test_from_afar(self, address: str) -> FeedSample:
        """Look at what a web address gives, without storing anything. Raises SourceError."""
        ...

    async def pause_of_community(self, feed: Feed) -> None:
        """Poll a feed no more, as its community wants it."""
        ...

    async def resume_of_community(self, feed: Feed) -> None:
        """Poll a feed again, as its community wants it."""
        ...

    async def ask(self, feed: Feed) -> AskedFeed | None:
        """Let a feed be polled as soon as somebody polls.

        None where it is paused or fails, or was polled within the last minute.
        """
        ...

    async def came_of(self, asked: AskedFeed) -> FeedTurn:
        """Tell what has come of asking a feed so far."""
        ...

    async def take_back(self, asked: AskedFeed) -> None:
        """Let a feed that was not polled yet since it was asked be polled when it was to be."""
        ...

    async def remove(self, feed: Feed) -> int:
        """Follow a feed no more; return how many articles went with it."""
        ...

    async def communities(self) -> set[str]:
        """Return who has feeds of their own."""
        ...

    async def forget_community(self, community: str) -> None:
        """Follow the feeds of a community no more; all that they brought in goes with them."""
        ...
