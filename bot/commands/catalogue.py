"""All commands at once, and all that they need."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.commands.ask import ask
from bot.commands.reindex import reindex
from bot.commands.replying import Replying
from bot.commands.search import search
from bot.commands.status import status

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from discord import app_commands

    from bot.commands.cooldown import Cooldown
    from bot.commands.ports import Answers, News
    from bot.commands.reindex import Reindexing
    from bot.storage.memory import Memory


@dataclass(frozen=True, slots=True)
class Parts:
    """What the commands are made from. `clock` gives aware times."""

    answers: Answers
    news: News
    memory: Memory
    cooldown: Cooldown
    clock: Callable[[], datetime]
    version: str


def commands(parts: Parts, reindexing: Reindexing) -> list[app_commands.Command[Any, ..., None]]:
    """Return every command, new ones at each call."""
    return [
        ask(Replying(parts.answers, parts.memory.questions, parts.clock), parts.cooldown),
        search(parts.news, parts.memory.searches, parts.cooldown, parts.clock),
        status(parts.news, parts.version),
        reindex(reindexing),
    ]
