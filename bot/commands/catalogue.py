"""All commands at once, and all that they need."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from bot.commands.alerts import KeepingAlerts, alerts
from bot.commands.article import article
from bot.commands.ask import ask
from bot.commands.diagnose import diagnose
from bot.commands.digest import digest
from bot.commands.feeds import KeepingFeeds, feeds
from bot.commands.headlines import Headlines
from bot.commands.index_state import IndexState, index
from bot.commands.latest import latest
from bot.commands.measures import Unmeasured
from bot.commands.message_content import MessageContent
from bot.commands.message_menus import message_menus
from bot.commands.privacy import privacy
from bot.commands.reindex import reindex
from bot.commands.replying import Replying
from bot.commands.search import search
from bot.commands.settings import settings
from bot.commands.setup import setup
from bot.commands.sources import SourcesOfNews, sources
from bot.commands.status import status

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from typing import TypeAlias

    from discord import app_commands

    from bot.commands.cooldown import Cooldown
    from bot.commands.deciding import Deciding
    from bot.commands.long_jobs import LongJobs
    from bot.commands.measures import Measures
    from bot.commands.ports import Answers, FollowedFeeds, News
    from bot.commands.setup import SettingUp
    from bot.commands.speaking import Speaking
    from bot.commands.verifying import Verifying
    from bot.storage.memory import Memory

    AnyCommand: TypeAlias = (
        app_commands.Command[Any, ..., None] | app_commands.Group | app_commands.ContextMenu
    )


@dataclass(frozen=True, slots=True)
class Parts:
    """What the commands are made from. `clock` gives aware times."""

    answers: Answers
    news: News
    feeds: FollowedFeeds
    memory: Memory
    cooldown: Cooldown
    clock: Callable[[], datetime]
    version: str
    speaking: Speaking
    verifying: Verifying
    measures: Measures = field(default_factory=Unmeasured)
    content: MessageContent = field(default_factory=MessageContent)
    left_days: int = 7
    server_feeds: int = 0


def commands(
    parts: Parts, jobs: LongJobs, deciding: Deciding, setting_up: SettingUp
) -> list[AnyCommand]:
    """Return every command, new ones at each call."""
    keeping = KeepingAlerts(parts.news, parts.memory, parts.speaking, parts.clock)
    replying = Replying(parts.answers, parts.memory, parts.clock)
    headlines = Headlines(parts.news)
    of_news = SourcesOfNews(parts.news, parts.feeds, parts.clock)
    found_in = (parts.news, parts.memory, parts.cooldown, parts.clock, parts.speaking)
    return [
        ask(replying, parts.cooldown, parts.speaking, parts.news, parts.memory, parts.clock),
        search(*found_in, headlines),
        latest(*found_in),
        article(parts.news, headlines, parts.cooldown, parts.speaking, parts.memory),
        status(parts.news, parts.feeds, parts.version, parts.speaking, parts.memory),
        sources(of_news, parts.cooldown, parts.speaking, parts.memory),
        alerts(keeping, parts.cooldown, parts.speaking),
        digest(parts.memory, keeping, parts.cooldown, parts.speaking, parts.clock),
        privacy(parts.memory, parts.cooldown, parts.speaking, parts.clock),
        reindex(jobs),
        index(IndexState(parts.news, parts.verifying, parts.speaking)),
        diagnose(parts.news, parts.memory, parts.speaking),
        setup(setting_up),
        settings(deciding, parts.news),
        feeds(KeepingFeeds(parts.feeds, deciding, parts.cooldown, parts.server_feeds)),
        *message_menus(*found_in),
    ]
