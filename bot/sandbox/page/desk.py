"""The door through which a person at the page hands news to the bot, where the demo has it open.

Whoever reads files for somebody must know who asks: beyond what `guarding` keeps out, it takes the
key that the page's whole address holds, which other people and programs of this machine were not
given. What news is, and how it is read, is the business of whoever is at the desk.
"""

from __future__ import annotations

import hmac
import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Protocol

from aiohttp import web

if TYPE_CHECKING:
    from bot.sandbox.wire import Payload

_LONGEST_NAME = 2000  # characters
_NO_KEY = (
    "Open the page by the whole address that the terminal shows, with what stands behind its #, "
    "then add your news again."
)
_BUSY = "Something is being read already; wait for its end, or stop it."


@dataclass(frozen=True)
class Suggestion:
    """A command to go on with; `begun` is what may stand in its first field."""

    label: str
    command: str
    begun: str = ""


@dataclass(frozen=True)
class Outcome:
    """What became of what was handed in: a sentence or two, what was left out, what to ask."""

    text: str
    is_error: bool = False
    left_out: tuple[str, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()


@dataclass(frozen=True)
class Reading:
    """What the desk is at, or was at last; `number` is a new one with every change.

    `done` is a share from 0 to 1, None where nobody knows it. It has ended once it has an outcome.
    """

    number: int
    named: str
    progress: str = ""
    done: float | None = None
    outcome: Outcome | None = None


class Desk(Protocol):
    """Reads what a person names, one thing at a time."""

    @property
    def reading(self) -> Reading | None:
        """What is being read, or was read last."""
        ...

    def take_up(self, named: str) -> None:
        """Begin to read a path of this machine, or an address."""
        ...

    def stop(self) -> None:
        """Read no further."""
        ...


class Door:
    """Takes orders for a desk from those who have the key."""

    def __init__(self, desk: Desk, key: str) -> None:
        self._desk = desk
        self._key = key

    async def handle(self, request: web.Request) -> web.Response:
        """Carry out {"do": "add", "named": …} or {"do": "stop"}; an answer may have an error."""
        given = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if not hmac.compare_digest(given.encode(errors="replace"), self._key.encode()):
            return web.Response(status=401, text=_NO_KEY)
        try:
            return web.json_response(self._done(await request.json()))
        except (json.JSONDecodeError, LookupError, TypeError, ValueError, AttributeError):
            raise web.HTTPBadRequest from None

    def shown(self) -> Payload:
        """Return what the page draws."""
        reading = self._desk.reading
        return {"reading": asdict(reading) if reading else None}

    @property
    def revision(self) -> int:
        """A number that is another one when there is something new to be shown."""
        reading = self._desk.reading
        return reading.number if reading else 0

    def _done(self, order: Payload) -> Payload:
        if order["do"] == "stop":
            self._desk.stop()
            return {}
        named = order["named"].strip()
        named.encode()  # half a character is no name
        if order["do"] != "add" or not 0 < len(named) <= _LONGEST_NAME:
            raise ValueError(order["do"])
        reading = self._desk.reading
        if reading is not None and reading.outcome is None:
            return {"error": _BUSY}
        self._desk.take_up(named)
        return {}
