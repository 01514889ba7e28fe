"""A request to an outlet, with the answer that is due; what a misbehaviour is given."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aiohttp import web

if TYPE_CHECKING:
    from tests.integration.news_site.links import Links
    from tests.integration.news_site.newsroom import Newsroom


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said, without what HTTP adds."""

    body: bytes
    content_type: str
    status: int = 200


@dataclass(frozen=True, slots=True)
class Asked:
    """Who was asked for what. `answer` is what an outlet without faults says."""

    request: web.Request
    room: Newsroom
    links: Links
    path: str
    answer: Answer

    def here(self, path: str) -> str:
        """Return the address of another path of this outlet."""
        return self.links.to(self.room.host, path)


Misbehaviour = Callable[[Asked], Awaitable[web.StreamResponse]]
"""Answers in place of the outlet."""
