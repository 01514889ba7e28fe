"""People, servers, channels and messages as values of the local Discord.

What they look like on the wire is `payloads`' business.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.sandbox.wire import (
    ALL_PERMISSIONS,
    EVERYONE_MAY,
    THREADS,
    ChannelType,
    ComponentType,
    MessageFlag,
    Payload,
    Permission,
    walk,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime


@dataclass(eq=False)
class User:
    """A person, or the bot. Not everyone lets apps write to them directly."""

    id: int
    name: str
    is_bot: bool = False
    locale: str = "en-US"
    accepts_direct_messages: bool = True

    @property
    def mention(self) -> str:
        """What a message contains where this user is mentioned."""
        return f"<@{self.id}>"


@dataclass(eq=False)
class Role:
    """A name that several members of a server answer to, and what they may do by it."""

    id: int
    name: str
    permissions: Permission = field(default_factory=lambda: Permission(0))
    holder_ids: set[int] = field(default_factory=set)

    @property
    def mention(self) -> str:
        """What a message contains where this role is mentioned."""
        return f"<@&{self.id}>"


@dataclass(eq=False)
class Guild:
    """A server: an owner who may do everything, and everyone else.

    `bot_joined_at` is when the bot was added, None for just now. In an outage it is not available.
    """

    id: int
    name: str
    owner: User
    locale: str = "en-US"
    has_bot: bool = True
    bot_joined_at: datetime | None = None
    is_available: bool = True
    everyone_may: Permission = EVERYONE_MAY
    channels: dict[int, Channel] = field(default_factory=dict)
    members: dict[int, User] = field(default_factory=dict)
    granted: dict[int, Permission] = field(default_factory=dict)
    roles: dict[int, Role] = field(default_factory=dict)

    def grant(self, user: User, permissions: Permission) -> None:
        """Let one member do more than everyone; the bot's client knows it of interactions alone."""
        self.granted[user.id] = self.granted.get(user.id, Permission(0)) | permissions

    def permissions_of(self, user: User) -> Permission:
        """Return what a member may do where no channel says otherwise."""
        granted = self.granted.get(user.id, Permission(0))
        if user is self.owner or granted & Permission.ADMINISTRATOR:
            return Permission(ALL_PERMISSIONS)
        return self.everyone_may | granted


@dataclass(eq=False)
class Channel:
    """A text channel, a thread, or a direct conversation, with the messages in it.

    `denied` takes permissions away from single members, here and in the channel's threads.
    """

    id: int
    name: str
    type: ChannelType = ChannelType.TEXT
    guild: Guild | None = None
    parent: Channel | None = None
    opener: User | None = None
    recipients: tuple[User, ...] = ()
    denied: dict[int, Permission] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)

    @property
    def is_dm(self) -> bool:
        """Whether this is a direct conversation."""
        return self.type is ChannelType.DM

    @property
    def is_thread(self) -> bool:
        """Whether this is a thread of another channel."""
        return self.type in THREADS

    @property
    def mention(self) -> str:
        """What a message contains where this channel is mentioned."""
        return f"<#{self.id}>"

    def permissions_of(self, user: User) -> Permission:
        """Return what a member may do here; in a direct conversation, everything."""
        if self.guild is None:
            return Permission(ALL_PERMISSIONS)
        held = self.guild.permissions_of(user)
        if held & Permission.ADMINISTRATOR:
            return held
        return held & ~(self.parent or self).denied.get(user.id, Permission(0))


@dataclass(eq=False)
class Message:
    """A message as it stands now; `payload` is its wire form and changes with every edit."""

    payload: Payload
    channel: Channel
    author: User
    seen_only_by: User | None = None

    @property
    def id(self) -> int:
        """The message's own id."""
        return int(self.payload["id"])

    @property
    def flags(self) -> MessageFlag:
        """The marks on the message."""
        return MessageFlag(self.payload["flags"])

    @property
    def content(self) -> str:
        """The classic content; empty where the message is made of Components V2."""
        return str(self.payload["content"])

    @property
    def embeds(self) -> list[Payload]:
        """The embeds, in wire form."""
        return list(self.payload["embeds"])

    @property
    def components(self) -> list[Payload]:
        """Every component with all that are nested in it, in wire form and reading order."""
        return list(walk(self.payload["components"]))

    @property
    def is_ephemeral(self) -> bool:
        """Whether only one person sees it."""
        return MessageFlag.EPHEMERAL in self.flags

    @property
    def is_loading(self) -> bool:
        """Whether it still says that the app is thinking."""
        return MessageFlag.LOADING in self.flags

    @property
    def is_edited(self) -> bool:
        """Whether it was changed after it was posted."""
        return self.payload["edited_timestamp"] is not None

    @property
    def text(self) -> str:
        """All the words a reader sees: content, embeds and text components, line by line."""
        return "\n".join(part for part in self._words() if part)

    @property
    def buttons(self) -> list[Payload]:
        """The buttons, in wire form and reading order."""
        return [each for each in self.components if each["type"] == ComponentType.BUTTON]

    @property
    def button_labels(self) -> list[str]:
        """What stands on the buttons."""
        return [str(button.get("label") or "") for button in self.buttons]

    @property
    def replies_to(self) -> int | None:
        """The id of the message that this one replies to."""
        reference = self.payload.get("message_reference")
        return int(reference["message_id"]) if reference else None

    @property
    def mentioned_ids(self) -> frozenset[int]:
        """Who is pinged."""
        return frozenset(int(user["id"]) for user in self.payload["mentions"])

    @property
    def mentioned_role_ids(self) -> frozenset[int]:
        """Which roles are pinged."""
        return frozenset(int(role_id) for role_id in self.payload["mention_roles"])

    def is_visible_to(self, user: User) -> bool:
        """Whether this person's client shows it."""
        return self.seen_only_by in {None, user}

    def _words(self) -> Iterator[str]:
        yield self.content
        for embed in self.embeds:
            yield embed.get("title") or ""
            yield embed.get("description") or ""
            for each in embed.get("fields") or ():
                yield f"{each['name']}\n{each['value']}"
            yield (embed.get("footer") or {}).get("text") or ""
        for component in self.components:
            if component["type"] == ComponentType.TEXT_DISPLAY:
                yield component["content"]
