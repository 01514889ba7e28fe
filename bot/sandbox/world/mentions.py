"""Who a message pings, given its text and what its sender allowed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.sandbox.wire import Payload
    from bot.sandbox.world.model import User

_USER = re.compile(r"<@!?(\d+)>")
_EVERYONE = re.compile(r"@(?:everyone|here)\b")


@dataclass(frozen=True)
class Pings:
    """The users that are pinged, and whether everyone is."""

    users: tuple[User, ...]
    everyone: bool


def pings_of(text: str, users: Mapping[int, User], allowed: Payload | None) -> Pings:
    """Resolve the mentions of `text`; `allowed` None lets all of them ping."""
    named = dict.fromkeys(int(found) for found in _USER.findall(text))
    known = [users[user_id] for user_id in named if user_id in users]
    everyone = bool(_EVERYONE.search(text))
    if allowed is None:
        return Pings(tuple(known), everyone)
    parsed = allowed.get("parse") or ()
    listed = {int(user_id) for user_id in allowed.get("users") or ()}
    pinged = tuple(user for user in known if "users" in parsed or user.id in listed)
    return Pings(pinged, everyone and "everyone" in parsed)


def pings_author(allowed: Payload | None) -> bool:
    """Whether a reply pings whom it replies to."""
    return allowed is None or bool(allowed.get("replied_user"))
