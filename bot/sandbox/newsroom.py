"""A small world to talk in: the server Newsroom, where Alice reads and Olive decides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.sandbox.world.model import Channel, Guild, User
    from bot.sandbox.world.world import World


@dataclass(frozen=True)
class Newsroom:
    """The server, its one channel, a reader, and its owner."""

    guild: Guild
    general: Channel
    alice: User
    olive: User


def open_newsroom(world: World) -> Newsroom:
    """Let the Newsroom exist in a world."""
    alice, olive = world.add_user("Alice"), world.add_user("Olive")
    guild = world.add_guild("Newsroom", olive)
    guild.members[alice.id] = alice
    return Newsroom(guild, world.add_channel(guild, "general"), alice, olive)
