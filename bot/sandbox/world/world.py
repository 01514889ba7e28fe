"""The world: every user, server, channel, command and interaction, and who hears of changes."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from bot.sandbox.wire import ChannelType, InteractionType, Payload, Permission
from bot.sandbox.world.interaction import Interaction
from bot.sandbox.world.model import Channel, Guild, Message, Role, User
from bot.sandbox.world.payloads import (
    available_guild_payload,
    channel_payload,
    guild_payload,
    role_payload,
)
from bot.sandbox.world.snowflakes import Snowflakes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime


@dataclass(frozen=True)
class Event:
    """Something happened. `guild` None means a direct conversation or the person alone."""

    name: str
    payload: Payload
    guild: Guild | None = None
    channel: Channel | None = None
    message: Message | None = None


Listener: TypeAlias = "Callable[[Event], None]"


@dataclass
class Deadlines:
    """How long an app may take: to acknowledge, and to use an interaction's token at all."""

    acknowledge_seconds: float = 3.0
    token_seconds: float = 900.0


@dataclass(frozen=True)
class Upload:
    """A file that came with a request."""

    name: str
    content: bytes
    content_type: str | None = None


@dataclass(eq=False)
class World:
    """Everything that exists; the bot itself is one of its users."""

    bot_name: str = "Pullquote"
    address: str = "http://127.0.0.1"
    recommended_shard_count: int = 1
    deadlines: Deadlines = field(default_factory=Deadlines)
    users: dict[int, User] = field(default_factory=dict)
    guilds: dict[int, Guild] = field(default_factory=dict)
    channels: dict[int, Channel] = field(default_factory=dict)
    commands: dict[int | None, list[Payload]] = field(default_factory=dict)
    interactions: dict[int, Interaction] = field(default_factory=dict)
    uploads: dict[int, Upload] = field(default_factory=dict)
    snowflakes: Snowflakes = field(default_factory=Snowflakes)

    def __post_init__(self) -> None:
        self._listeners: list[Listener] = []
        self.bot = self.add_user(self.bot_name, is_bot=True)
        self.application_id = self.bot.id

    def add_user(self, name: str, *, is_bot: bool = False, locale: str = "en-US") -> User:
        """Let a person (or another bot) exist."""
        user = User(self.snowflakes.next(), name, is_bot, locale)
        self.users[user.id] = user
        return user

    def add_guild(self, name: str, owner: User, *, has_bot: bool = True) -> Guild:
        """Let a server exist; `has_bot=False` for one where the bot is not installed."""
        guild = Guild(self.snowflakes.next(), name, owner, has_bot=has_bot)
        guild.members[owner.id] = owner
        self.guilds[guild.id] = guild
        if has_bot:
            self.publish(Event("GUILD_CREATE", guild_payload(guild, self.bot), guild))
        return guild

    def promote(self, guild: Guild, user: User, permissions: Permission) -> Role:
        """Let a member do more than everyone, by a role, which the bot's client knows of."""
        guild.grant(user, permissions)
        return self.add_role(guild, f"of {user.name}", permissions, {user.id})

    def add_role(
        self,
        guild: Guild,
        name: str,
        permissions: Permission | None = None,
        holder_ids: Iterable[int] = (),
    ) -> Role:
        """Let a role exist that everyone in the server may mention."""
        role = Role(self.snowflakes.next(), name, permissions or Permission(0), set(holder_ids))
        guild.roles[role.id] = role
        if guild.has_bot:
            about = {"guild_id": str(guild.id), "role": role_payload(role, len(guild.roles))}
            self.publish(Event("GUILD_ROLE_CREATE", about, guild))
        return role

    def add_channel(self, guild: Guild, name: str, kind: ChannelType = ChannelType.TEXT) -> Channel:
        """Let a channel of a server exist."""
        channel = self._add(Channel(self.snowflakes.next(), name, kind, guild))
        self.publish(Event("CHANNEL_CREATE", channel_payload(channel), guild, channel))
        return channel

    def delete_channel(self, channel: Channel) -> None:
        """Let a server's channel vanish with its messages."""
        del self.channels[channel.id]
        if channel.guild is not None:
            del channel.guild.channels[channel.id]
        self.publish(Event("CHANNEL_DELETE", channel_payload(channel), channel.guild, channel))

    def add_thread(self, parent: Channel, name: str, opener: User, thread_id: int = 0) -> Channel:
        """Open a thread; one on a message has the message's id."""
        is_announced = parent.type is ChannelType.ANNOUNCEMENT
        thread = Channel(
            thread_id or self.snowflakes.next(),
            name,
            ChannelType.ANNOUNCEMENT_THREAD if is_announced else ChannelType.PUBLIC_THREAD,
            parent.guild,
            parent,
            opener,
        )
        self._add(thread)
        payload = channel_payload(thread) | {"newly_created": True}
        self.publish(Event("THREAD_CREATE", payload, thread.guild, thread))
        return thread

    def dm(self, user: User) -> Channel:
        """Return the direct conversation between this person and the bot."""
        for channel in self.channels.values():
            if channel.is_dm and user in channel.recipients:
                return channel
        people = (user, self.bot)
        return self._add(
            Channel(self.snowflakes.next(), user.name, ChannelType.DM, recipients=people)
        )

    def invite_bot(self, guild: Guild, at: datetime | None = None) -> None:
        """Install the bot in a server that exists, now or at another time."""
        guild.has_bot, guild.bot_joined_at = True, at
        self.publish(Event("GUILD_CREATE", guild_payload(guild, self.bot), guild))

    def remove_bot(self, guild: Guild) -> None:
        """Remove the bot from a server."""
        guild.has_bot = False
        self.publish(Event("GUILD_DELETE", {"id": str(guild.id)}, guild))

    def begin_outage(self, guild: Guild) -> None:
        """Let a server be out of reach for a while; nothing is heard of it."""
        guild.is_available = False
        about = {"id": str(guild.id), "unavailable": True}
        self.publish(Event("GUILD_DELETE", about, guild))

    def end_outage(self, guild: Guild) -> None:
        """Let it be there again."""
        guild.is_available = True
        self.publish(Event("GUILD_CREATE", available_guild_payload(guild, self.bot), guild))

    def deny(self, channel: Channel, user: User, permissions: Permission) -> None:
        """Take permissions away in one channel, and let the bot's client know."""
        channel.denied[user.id] = channel.denied.get(user.id, Permission(0)) | permissions
        self.publish(Event("CHANNEL_UPDATE", channel_payload(channel), channel.guild, channel))

    def allow(self, channel: Channel, user: User, permissions: Permission) -> None:
        """Give back what `deny` took."""
        channel.denied[user.id] = channel.denied.get(user.id, Permission(0)) & ~permissions
        self.publish(Event("CHANNEL_UPDATE", channel_payload(channel), channel.guild, channel))

    def open_interaction(
        self, kind: InteractionType, user: User, channel: Channel, message: Message | None = None
    ) -> Interaction:
        """Let a person have acted; the app is told separately."""
        token = secrets.token_urlsafe(96)
        interaction = Interaction(
            self.snowflakes.next(),
            token,
            kind,
            user,
            channel,
            message,
            deadline_seconds=self.deadlines.acknowledge_seconds,
        )
        self.interactions[interaction.id] = interaction
        return interaction

    def interaction_by_token(self, token: str) -> Interaction | None:
        """Return the interaction that this token belongs to."""
        matching = (each for each in self.interactions.values() if each.token == token)
        return next(matching, None)

    def commands_in(self, guild: Guild | None) -> list[Payload]:
        """Return the commands registered everywhere, and those of this server."""
        everywhere = self.commands.get(None, [])
        return everywhere + (self.commands.get(guild.id, []) if guild else [])

    def subscribe(self, listener: Listener) -> None:
        """Call `listener` with every event from now on."""
        self._listeners.append(listener)

    def unsubscribe(self, listener: Listener) -> None:
        """Stop calling it."""
        self._listeners.remove(listener)

    def publish(self, event: Event) -> None:
        """Tell everyone who listens."""
        for listener in tuple(self._listeners):
            listener(event)

    def _add(self, channel: Channel) -> Channel:
        self.channels[channel.id] = channel
        if channel.guild is not None:
            channel.guild.channels[channel.id] = channel
        return channel
