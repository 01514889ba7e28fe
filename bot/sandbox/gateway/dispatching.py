"""Who hears of what: events by shard and intent, without what is not theirs to read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.wire import Intent, Payload, Permission
from bot.sandbox.world.payloads import member_payload

if TYPE_CHECKING:
    from bot.sandbox.gateway.sessions import Session, Sessions
    from bot.sandbox.world.model import Channel, Message
    from bot.sandbox.world.world import Event, World

_CONTENT = {"content": "", "embeds": [], "attachments": [], "components": []}
_MESSAGE_EVENTS = {"MESSAGE_CREATE", "MESSAGE_UPDATE"}
_ALWAYS = {"INTERACTION_CREATE"}


class Dispatcher:
    """Listens to the world and tells the sessions."""

    def __init__(self, world: World, sessions: Sessions) -> None:
        self._world = world
        self._sessions = sessions

    def __call__(self, event: Event) -> None:
        """Tell every session that is to hear of this event."""
        if not self._bot_may_know(event):
            return
        home = event.guild if event.guild is not None and event.guild.has_bot else None
        if event.name == "GUILD_DELETE":
            home = event.guild
        for session in self._sessions:
            if session.hears_of(home) and needed_intent(event) in session.intents:
                session.dispatch(event.name, self._as_seen_by(session, event))

    def _bot_may_know(self, event: Event) -> bool:
        if event.message is not None and event.message.is_ephemeral:
            return False
        if event.name != "GUILD_DELETE" and event.guild and not event.guild.is_available:
            return False
        if event.name in _ALWAYS or event.channel is None or event.guild is None:
            return True
        if not event.guild.has_bot:
            return False
        return bool(event.channel.permissions_of(self._world.bot) & Permission.VIEW_CHANNEL)

    def _as_seen_by(self, session: Session, event: Event) -> Payload:
        if event.name not in _MESSAGE_EVENTS or event.message is None or event.channel is None:
            return dict(event.payload)
        payload = dict(event.payload) | _whereabouts(event.channel, event.message)
        replied = event.channel.messages.get(event.message.replies_to or 0)
        if replied and payload.get("referenced_message") and not self._may_read(session, replied):
            payload["referenced_message"] = payload["referenced_message"] | _CONTENT
        if self._may_read(session, event.message):
            return payload
        return payload | _CONTENT

    def _may_read(self, session: Session, message: Message) -> bool:
        """Whether content is told: with the intent, or one's own, in a DM, or where mentioned."""
        if Intent.MESSAGE_CONTENT in session.intents or message.channel.is_dm:
            return True
        return message.author is self._world.bot or self._world.bot.id in message.mentioned_ids


def needed_intent(event: Event) -> Intent:
    """Return the intent without which a session is not told; 0 where all are."""
    if event.name in _ALWAYS:
        return Intent(0)
    if event.name == "TYPING_START":
        is_direct = event.guild is None
        return Intent.DIRECT_MESSAGE_TYPING if is_direct else Intent.GUILD_MESSAGE_TYPING
    if not event.name.startswith("MESSAGE_"):
        return Intent.GUILDS if event.guild is not None else Intent(0)
    return Intent.GUILD_MESSAGES if event.guild is not None else Intent.DIRECT_MESSAGES


def _whereabouts(channel: Channel, message: Message) -> Payload:
    about: Payload = {"channel_type": int(channel.type)}
    if channel.guild is None:
        return about
    member = member_payload(message.author, roles=channel.guild.roles.values())
    del member["user"]
    return about | {"guild_id": str(channel.guild.id), "member": member}
