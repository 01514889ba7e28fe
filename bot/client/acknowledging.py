"""How long Discord waits for the first sign of life after an interaction; three seconds kill it.

Measured on the wire, so that it holds for every command and button alike: from when the client
hears of an interaction to when Discord has taken the answer to it.
"""

from __future__ import annotations

import re
import time
from collections import OrderedDict
from typing import TYPE_CHECKING

import aiohttp

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import SimpleNamespace

_CALLBACK = re.compile(r"/interactions/(\d+)/[^/]+/callback$")
# an interaction that nobody answers is forgotten after so many others
_REMEMBERED_COUNT = 1000


class Acknowledging:
    """Tells `on_acknowledged` the seconds for each interaction that is answered."""

    def __init__(self, on_acknowledged: Callable[[float], None]):
        self._on_acknowledged = on_acknowledged
        self._heard_at: OrderedDict[int, float] = OrderedDict()

    def heard(self, interaction_id: int) -> None:
        """Note that an interaction has come in."""
        self._heard_at[interaction_id] = time.perf_counter()
        while len(self._heard_at) > _REMEMBERED_COUNT:
            self._heard_at.popitem(last=False)

    def trace(self) -> aiohttp.TraceConfig:
        """Return what the HTTP client is to be watched with."""
        trace = aiohttp.TraceConfig()
        trace.on_request_end.append(self._request_ended)
        return trace

    async def _request_ended(
        self,
        _session: aiohttp.ClientSession,
        _context: SimpleNamespace,
        ended: aiohttp.TraceRequestEndParams,
    ) -> None:
        found = _CALLBACK.search(ended.url.path)
        if found and ended.response.ok:
            heard_at = self._heard_at.pop(int(found[1]), None)
            if heard_at is not None:
                self._on_acknowledged(time.perf_counter() - heard_at)
