"""A request as an operation sees it, and the answer it gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from bot.sandbox.errors import ApiError
from bot.sandbox.rules.permissions import require

if TYPE_CHECKING:
    from bot.sandbox.wire import Permission
    from bot.sandbox.world.model import Channel, Message
    from bot.sandbox.world.world import Upload, World


@dataclass(frozen=True)
class Reply:
    """An answer: status and JSON, or status alone."""

    body: Any = None
    status: int = 200


NO_CONTENT = Reply(status=204)


@dataclass(frozen=True)
class Call:
    """A request that was found in order so far."""

    world: World
    gateway_url: str
    parameters: Mapping[str, str]
    query: Mapping[str, str]
    body: Any
    files: tuple[Upload, ...] = ()

    def is_set(self, name: str) -> bool:
        """Whether a boolean of the query is true."""
        return self.query.get(name, "").lower() in {"1", "true"}

    def channel(self, *needed: Permission) -> Channel:
        """Return the channel of the path, where the bot may do what is needed."""
        channel = self.world.channels.get(int(self.parameters["channel_id"]))
        if channel is None:
            raise ApiError(404, 10003, "Unknown Channel")
        require(channel, self.world.bot, *needed)
        return channel

    def message(self, *needed: Permission) -> Message:
        """Return the message of the path; one that is ephemeral is not there for the bot."""
        channel = self.channel(*needed)
        message = channel.messages.get(int(self.parameters["message_id"]))
        if message is None or message.is_ephemeral:
            raise ApiError(404, 10008, "Unknown Message")
        return message


Handler: TypeAlias = Callable[[Call], Reply]
