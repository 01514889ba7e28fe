"""Who a message pings, given its text and what its sender allowed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.sandbox.wire import Payload
    from bot.sandbox.world.model import Guild, Role, User

_USER = re.compile(r"<@!?(\d+)>")
_ROLE = re.compile(r"<@&(\d+)>")
_EVERYONE = re.compile(r"@(?:everyone|here)\b")


@dataclass(frozen=True)
class Pings:
    """The users and roles that are pinged, and whether everyone is."""

    users: tuple[User, ...]
    roles: tuple[Role, ...]
    everyone: bool


def pings_of(
    text: str, users: Mapping[int, User], guild: Guild | None, allowed: Payload | None
) -> Pings:
    """Resolve the mentions of `text`; `allowed` None lets all of them ping.

    Roles are those of the server that the message is in; a direct conversation has none.
    """
    roles = guild.roles if guild is not None else {}
    named_users = [users[each] for each in _ids(_USER, text) if each in users]
    named_roles = [roles[each] for each in _ids(_ROLE, text) if each in roles]
    everyone = bool(_EVERYONE.search(text))
    if allowed is None:
        return Pings(tuple(named_users), tuple(named_roles), everyone)
    return Pings(
        tuple(user for user in named_users if _may_ping(user.id, "users", allowed)),
        tuple(role for role in named_roles if _may_ping(role.id, "roles", allowed)),
        everyone and "everyone" in _parsed(allowed),
    )


def pings_author(allowed: Payload | None) -> bool:
    """Whether a reply pings whom it replies to."""
    return allowed is None or bool(allowed.get("replied_user"))


def _ids(mention: re.Pattern[str], text: str) -> list[int]:
    return list(dict.fromkeys(int(found) for found in mention.findall(text)))


def _may_ping(mentioned_id: int, kind: str, allowed: Payload) -> bool:
    listed = {int(each) for each in allowed.get(kind) or ()}
    return kind in _parsed(allowed) or mentioned_id in listed


def _parsed(allowed: Payload) -> Sequence[str]:
    return allowed.get("parse") or ()
