"""What a server has decided, in words, and what of it has changed. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.views.escaping import one_line
from bot.views.message import MessageText
from bot.views.shortening import shortened

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.storage.servers import ServerSettings
    from bot.texts import Languages, Texts

_LISTED_COUNT = 10
_NAMED_COUNT = 5
_NAME_LENGTH = 40


def settings_text(
    settings: ServerSettings, languages: Languages, texts: Texts, notes: Sequence[str] = ()
) -> MessageText:
    """Say what holds in a server, and below what is to be said about that."""
    lines = [f"**{label}** · {value}" for label, value in _told(settings, languages, texts)]
    title = texts.say("Settings of this server")
    return MessageText((f"**{title}**\n" + "\n".join(lines), *notes))


def changes_told(
    before: ServerSettings, after: ServerSettings, languages: Languages, texts: Texts
) -> list[str]:
    """Say what is not as it was, a line for each setting."""
    was, now = (_told(each, languages, texts) for each in (before, after))
    return [
        f"{label}: {old} → {new}"
        for (label, old), (_, new) in zip(was, now, strict=True)
        if old != new
    ] or ([texts.say("Something in long lists")] if before != after else [])


def intent_missing(texts: Texts) -> str:
    """Say why messages that do not mention the bot stay without an answer, and what to do."""
    return texts.say(
        "Discord does not let me read messages that do not mention me. Whoever runs me switches on "
        "the Message Content Intent, on the Bot page at "
        "https://discord.com/developers/applications, and starts me again. "
        "Until then, questions have to mention me."
    )


def _told(
    settings: ServerSettings, languages: Languages, texts: Texts
) -> tuple[tuple[str, str], ...]:
    known = languages.find(settings.language) if settings.language else None
    nowhere, everywhere = texts.say("none"), texts.say("all")
    return (
        (texts.say("Language"), known.name if known else texts.say("that of the server's Discord")),
        (texts.say("Time zone"), settings.zone or "UTC"),
        (
            texts.say("Answers to commands"),
            texts.say("to who asked alone, unless they say otherwise")
            if settings.is_private
            else texts.say("for all, unless who asks says otherwise"),
        ),
        (
            texts.say("Answers to messages"),
            texts.say("in a thread for each question, in which every message goes on from it")
            if settings.opens_threads
            else texts.say("in the channel of the question"),
        ),
        (
            texts.say("Channel in which every message is a question"),
            _channel(settings.question_channel_id) or nowhere,
        ),
        (texts.say("Channel of the log"), _channel(settings.log_channel_id) or nowhere),
        (
            texts.say("Channels to ask in"),
            _listed(settings.allowed_channel_ids, "<#{}>", texts) or everywhere,
        ),
        (
            texts.say("Blocked people"),
            _listed(settings.blocked_user_ids, "<@{}>", texts) or texts.say("no one"),
        ),
        (texts.say("Publishers"), _names(settings.publishers, texts) or everywhere),
        (texts.say("Questions of one person an hour"), _limit(settings.person_limit, texts)),
        (texts.say("Questions of all an hour"), _limit(settings.server_limit, texts)),
    )


def _names(names: Iterable[str], texts: Texts) -> str:
    ordered = sorted(names)
    told = ", ".join(one_line(shortened(each, _NAME_LENGTH)) for each in ordered[:_NAMED_COUNT])
    left = len(ordered) - _NAMED_COUNT
    return told if left <= 0 else f"{told} " + texts.say("and {count} more", count=left)


def _channel(channel_id: int | None) -> str | None:
    return None if channel_id is None else f"<#{channel_id}>"


def _limit(most: int | None, texts: Texts) -> str:
    return texts.say("no limit") if most is None else texts.formats.number(most)


def _listed(ids: Iterable[int], form: str, texts: Texts) -> str:
    ordered = sorted(ids)
    told = ", ".join(form.format(each) for each in ordered[:_LISTED_COUNT])
    left = len(ordered) - _LISTED_COUNT
    if left <= 0:
        return told
    return f"{told} " + texts.say("and {count} more", count=left)
