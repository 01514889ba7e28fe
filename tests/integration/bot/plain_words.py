"""Writing commands in plain words to the bot, and what comes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.sandbox import Channel, LoopbackDiscord, Message, User

ALONE = "That is for you alone: I have sent it to you by direct message."
ALONE_IN_GERMAN = "Das ist für dich allein: Ich habe es dir als Direktnachricht geschickt."
PATIENCE_SECONDS = 20.0


async def said(
    local: LoopbackDiscord,
    person: User,
    channel: Channel,
    text: str,
    *,
    reply_to: Message | None = None,
) -> Message:
    """What is answered where words were written: directly, or with a mention of the bot."""
    words = text if channel.is_dm else f"{local.world.bot.mention} {text}"
    message = await local.ask(
        person, channel, words, reply_to=reply_to, timeout_seconds=PATIENCE_SECONDS
    )
    assert message.mentioned_ids == frozenset()
    return message


async def said_alone(
    local: LoopbackDiscord,
    person: User,
    channel: Channel,
    text: str,
    *,
    reply_to: Message | None = None,
) -> Message:
    """What somebody is told by direct message, of which a channel learns that it was sent."""
    with local.watch(local.world.dm(person)) as direct:
        told = await said(local, person, channel, text, reply_to=reply_to)
        assert told.content in {ALONE, ALONE_IN_GERMAN}
        return await direct.posted(PATIENCE_SECONDS)
