"""An outlet of the news site: what a newsroom does, and how it treats those who ask."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from tests.integration.news_site.asked import Answer
from tests.integration.news_site.conditional import Validators
from tests.integration.news_site.feeds import FeedFormat
from tests.integration.news_site.links import BY_NAME
from tests.integration.news_site.newsroom import Newsroom, Published

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from tests.integration.news_site.asked import Misbehaviour
    from tests.integration.news_site.stories import Story, StoryWriter

FEEDS, PAGES, ROBOTS, EVERYTHING = "every feed", "every page", "robots.txt", "everything"


@dataclass(slots=True)
class Manners:
    """How an outlet treats those who ask: cache headers of its feeds, and its robots.txt."""

    validators: Validators = Validators.BOTH
    max_age_seconds: int | None = None
    robots: str = "User-agent: *\nAllow: /\n"


@dataclass(slots=True)
class _Fault:
    misbehaviour: Misbehaviour
    at: str
    times_left: int | None


@dataclass(slots=True)
class Outlet:
    """One publisher with a host of its own. Made by `NewsSite.outlet`.

    `changed_at` is a whole second later at each change, since Last-Modified knows no less.
    """

    room: Newsroom
    writer: StoryWriter
    clock: Callable[[], datetime]
    manners: Manners = field(default_factory=Manners)
    changed_at: datetime = field(init=False)
    documents: dict[str, Answer] = field(default_factory=dict)
    _faults: list[_Fault] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.changed_at = self.clock().replace(microsecond=0)

    @property
    def host(self) -> str:
        return self.room.host

    @property
    def name(self) -> str:
        return self.room.name

    # ── what a newsroom does ─────────────────────────────────────────────────
    def publish(self, story: Story | None = None) -> Story:
        """Publish a story, or one that is written now."""
        story = story or self.write()
        self._put(Published(story))
        return story

    def write(self) -> Story:
        """Write a story and keep it in a drawer."""
        return self.writer.write(self._now())

    def revise(self, story: Story, **changes: object) -> Story:
        """Change a published story; without `changes`, its second paragraph is written anew."""
        if not changes:
            first, _, *rest = story.paragraphs
            rewritten = " ".join(self.writer.sentence() for _ in range(3))
            changes = {"paragraphs": (first, rewritten, *rest)}
        # feeds tell the time to the second, and a change within one is none that they tell of
        updated = max(self._now(), (story.updated or story.published) + timedelta(seconds=1))
        revised: Story = replace(story, updated=updated, **changes)  # type: ignore[arg-type]
        before = self.room.get(story.number)
        self._put(Published(revised, first_at=before.first_at if before else None))
        return revised

    def withdraw(self, story: Story) -> None:
        """Take a story back: its page is gone, feeds are silent, Atom says so."""
        self._put(Published(story, withdrawn_at=self._now()))

    def syndicate(
        self, story: Story, to: Outlet, *, cut: float = 0.0, title: str | None = None
    ) -> Story:
        """Let another outlet print a story, shortened by a share and under a title of its own."""
        copy = replace(story.cut(cut), title=title or story.title, published=to.clock())
        to.print_copy(copy, first_at=(self.host, story.path))
        return copy

    def print_copy(self, story: Story, first_at: tuple[str, str]) -> None:
        """Publish what another outlet wrote."""
        self._put(Published(story, first_at=first_at))

    def put_up(
        self, path: str, document: str | bytes, content_type: str = "text/html; charset=utf-8"
    ) -> str:
        """Have a document of any kind at a path; return its address."""
        body = document.encode() if isinstance(document, str) else document
        self.documents[path] = Answer(body, content_type)
        self.changed_at = max(self._now(), self.changed_at + timedelta(seconds=1))
        return self.url(path)

    # ── where it is ──────────────────────────────────────────────────────────
    def url(self, path: str = "") -> str:
        return BY_NAME.to(self.host, path)

    def page_url(self, story: Story) -> str:
        return self.url(story.path)

    def feed_url(self, form: FeedFormat = FeedFormat.RSS) -> str:
        return self.url(form)

    @property
    def sitemap_url(self) -> str:
        return self.url(FeedFormat.NEWS_SITEMAP)

    # ── what goes wrong ──────────────────────────────────────────────────────
    def misbehaves(
        self, misbehaviour: Misbehaviour, *, at: str = FEEDS, times: int | None = None
    ) -> None:
        """Answer wrongly: at FEEDS, PAGES, ROBOTS, EVERYTHING or a path; `times`, or for ever."""
        self._faults.append(_Fault(misbehaviour, at, times))

    def behaves(self) -> None:
        """Let everything be as it should again."""
        self._faults.clear()

    def fault_at(self, path: str) -> Misbehaviour | None:
        """Take the fault that is due at a path."""
        for fault in self._faults:
            if fault.at in {path, EVERYTHING, _kind_of(path)} and fault.times_left != 0:
                if fault.times_left is not None:
                    fault.times_left -= 1
                return fault.misbehaviour
        return None

    def _now(self) -> datetime:
        return self.clock().replace(microsecond=0)

    def _put(self, published: Published) -> None:
        self.room.put(published)
        self.changed_at = max(self._now(), self.changed_at + timedelta(seconds=1))


def _kind_of(path: str) -> str:
    if path in set(FeedFormat):
        return FEEDS
    return ROBOTS if path == "robots.txt" else PAGES
