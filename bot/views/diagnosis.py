"""What keeps the bot from answering in a channel, each with what to do. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.views.message import MessageText
from bot.views.settings import intent_missing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.texts import Texts


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found in a channel.

    `lacking` are the permissions that the bot does not have there, in Discord's words, `question`
    and `log` those that it lacks in the channels of that name; None where that channel is gone.
    Every message is a question also in the threads that are opened for one.
    """

    lacking: Sequence[str]
    is_allowed: bool
    is_every_message_a_question: bool
    reads_messages: bool
    question: Sequence[str] | None
    log: Sequence[str] | None
    blocked_count: int
    article_count: int


def diagnosis_text(found: Findings, texts: Texts) -> MessageText:
    """Say of each obstacle what to do; or that there is none."""
    lines = [f"- {line}" for line in _obstacles(found, texts)]
    if not lines:
        lines = [texts.say("Nothing keeps me from answering in this channel.")]
    if found.blocked_count:
        lines.append(
            texts.say_counted(
                "-# {count} person is blocked in this server: {settings} shows who.",
                "-# {count} people are blocked in this server: {settings} shows who.",
                count=found.blocked_count,
                settings=texts.command("settings show"),
            )
        )
    return MessageText(("\n".join(lines),))


def _obstacles(found: Findings, texts: Texts) -> Iterator[str]:
    for permission in found.lacking:
        yield texts.say(
            "I lack the permission {permission} here: allow it to me under Edit Channel, "
            "Permissions.",
            permission=permission,
        )
    if not found.is_allowed:
        yield texts.say(
            "I may not be asked in this channel: add it with {channels}, or let all be allowed "
            "with {reset}.",
            channels=texts.command("settings channels"),
            reset=texts.command("settings reset"),
        )
    if found.is_every_message_a_question and not found.reads_messages:
        yield intent_missing(texts)
    yield from elsewhere(found.question, found.log, texts)
    if not found.article_count:
        yield texts.say(
            "There is no news yet: whoever runs me adds some with `pullquote index FOLDER`, or "
            "follows what brings it with `pullquote feeds add ADDRESS`."
        )


def elsewhere(
    question: Sequence[str] | None, log: Sequence[str] | None, texts: Texts
) -> Iterator[str]:
    """Say what the bot lacks in channels that a server has chosen; None for one that is gone."""
    titles = (
        (texts.say("Channel in which every message is a question"), question),
        (texts.say("Channel of the log"), log),
    )
    for title, lacking in titles:
        if lacking is None:
            yield texts.say(
                "{channel}: it is gone, or I do not see it. Choose another with {settings}.",
                channel=title,
                settings=texts.command("settings set"),
            )
        elif lacking:
            yield texts.say(
                "{channel}: I lack {permissions} there. Allow it to me under Edit Channel, "
                "Permissions.",
                channel=title,
                permissions=", ".join(lacking),
            )
