"""What is decided for a server, as changes of what was decided before. Knows no Discord."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.storage.servers import UNDECIDED, ServerSettings
from bot.texts import RefusedError, saying

if TYPE_CHECKING:
    from bot.texts import Languages

MOST_CHANNELS = 100
MOST_PEOPLE = 1000
MOST_PUBLISHERS = 100


class Resettable(StrEnum):
    """What can be as it was at first."""

    LANGUAGE = "language"
    ZONE = "zone"
    PRIVATE = "private"
    THREADS = "threads"
    QUESTIONS = "questions"
    LOG = "log"
    CHANNELS = "channels"
    PEOPLE = "people"
    PUBLISHERS = "publishers"
    LIMITS = "limits"
    EVERYTHING = "everything"


RESETS: Mapping[Resettable, Callable[[ServerSettings], ServerSettings]] = {
    Resettable.LANGUAGE: lambda known: replace(known, language=None),
    Resettable.ZONE: lambda known: replace(known, zone=None),
    Resettable.PRIVATE: lambda known: replace(known, is_private=False),
    Resettable.THREADS: lambda known: replace(known, opens_threads=False),
    Resettable.QUESTIONS: lambda known: replace(known, question_channel_id=None),
    Resettable.LOG: lambda known: replace(known, log_channel_id=None),
    Resettable.CHANNELS: lambda known: replace(known, allowed_channel_ids=frozenset()),
    Resettable.PEOPLE: lambda known: replace(known, blocked_user_ids=frozenset()),
    Resettable.PUBLISHERS: lambda known: replace(known, publishers=frozenset()),
    Resettable.LIMITS: lambda known: replace(known, person_limit=None, server_limit=None),
    Resettable.EVERYTHING: lambda _known: UNDECIDED,
}


@dataclass(frozen=True, slots=True)
class Named:
    """What somebody decides, None for what is to stay."""

    language: str | None = None
    zone: str | None = None
    is_private: bool | None = None
    question_channel_id: int | None = None
    log_channel_id: int | None = None
    person_limit: int | None = None
    server_limit: int | None = None
    opens_threads: bool | None = None

    def decided(self, known: ServerSettings) -> ServerSettings:
        """Return what holds then."""
        named = {each.name: getattr(self, each.name) for each in fields(self)}
        return replace(known, **{name: value for name, value in named.items() if value is not None})


def checked_language(typed: str | None, languages: Languages) -> str | None:
    """Return the language that was typed, by its locale or its name. Raises RefusedError."""
    if typed is None:
        return None
    for each in languages.all():
        if typed.strip().casefold() in {each.name.casefold(), each.language.casefold()}:
            return each.language
    names = ", ".join(each.name for each in languages.all())
    raise RefusedError(
        saying("I do not speak “{language}”; I speak {names}.", language=typed, names=names)
    )


def with_channels(
    allowed: int | None, disallowed: int | None
) -> Callable[[ServerSettings], ServerSettings]:
    """Return the change of the channels to ask in. Raises RefusedError for none."""
    _check_named(allowed, disallowed)

    def change(known: ServerSettings) -> ServerSettings:
        channel_ids = (known.allowed_channel_ids | _one(allowed)) - _one(disallowed)
        if len(channel_ids) > MOST_CHANNELS:
            raise RefusedError(
                saying(
                    "There may be {count} channels in the list; take one away first.",
                    count=MOST_CHANNELS,
                )
            )
        return replace(known, allowed_channel_ids=channel_ids)

    return change


def with_people(
    blocked: int | None, unblocked: int | None
) -> Callable[[ServerSettings], ServerSettings]:
    """Return the change of whom the bot does not answer. Raises RefusedError for none."""
    _check_named(blocked, unblocked)

    def change(known: ServerSettings) -> ServerSettings:
        user_ids = (known.blocked_user_ids | _one(blocked)) - _one(unblocked)
        if len(user_ids) > MOST_PEOPLE:
            raise RefusedError(
                saying(
                    "There may be {count} blocked people; unblock somebody first.",
                    count=MOST_PEOPLE,
                )
            )
        return replace(known, blocked_user_ids=user_ids)

    return change


def with_publishers(
    added: str | None, removed: str | None
) -> Callable[[ServerSettings], ServerSettings]:
    """Return the change of the publishers that answers come from. Raises RefusedError for none."""
    _check_named(added, removed)
    gone = None if removed is None else removed.strip().casefold()

    def change(known: ServerSettings) -> ServerSettings:
        names = {each for each in known.publishers if each.casefold() != gone}
        if added is not None:
            names.add(added)
        if len(names) > MOST_PUBLISHERS:
            raise RefusedError(
                saying(
                    "There may be {count} publishers in the list; take one away first.",
                    count=MOST_PUBLISHERS,
                )
            )
        return replace(known, publishers=frozenset(names))

    return change


def _check_named(first: object, second: object) -> None:
    if first is None and second is None:
        raise RefusedError(saying("Name at least one thing to change."))


def _one(each: int | None) -> frozenset[int]:
    return frozenset() if each is None else frozenset({each})
