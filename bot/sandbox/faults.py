"""Trouble on demand: failing routes, slow answers, a gateway that is away or does not listen."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bot.sandbox.errors import ApiError, RateLimitedError


@dataclass
class _Failure:
    method: str
    path: re.Pattern[str]
    error: ApiError
    times: int


@dataclass
class Faults:
    """What goes wrong from now on.

    `latency_seconds` is waited before every REST answer. While `heartbeats_are_dropped`, the
    gateway acknowledges none. The gateway refuses its next `gateway_refusals` connections. While
    `gateway_is_silent`, it accepts connections but says no HELLO and answers nothing on any.
    """

    latency_seconds: float = 0.0
    heartbeats_are_dropped: bool = False
    gateway_refusals: int = 0
    gateway_is_silent: bool = False
    _failures: list[_Failure] = field(default_factory=list)

    def fail(
        self, method: str, path: str, status: int, *, times: int = 1, message: str = "Injected"
    ) -> None:
        """Answer the next `times` requests whose path contains the pattern `path` with an error."""
        error = ApiError(status, 0, message)
        self._failures.append(_Failure(method, re.compile(path), error, times))

    def rate_limit(
        self,
        method: str,
        path: str,
        *,
        retry_after_seconds: float = 0.05,
        times: int = 1,
        is_global: bool = False,
    ) -> None:
        """Answer the next `times` such requests with 429."""
        error = RateLimitedError(retry_after_seconds, is_global=is_global)
        self._failures.append(_Failure(method, re.compile(path), error, times))

    def clear(self) -> None:
        """Let everything work again."""
        self._failures.clear()
        self.latency_seconds, self.gateway_refusals = 0.0, 0
        self.heartbeats_are_dropped = self.gateway_is_silent = False

    def raise_for(self, method: str, path: str) -> None:
        """Raise the ApiError that was asked for, if there is one left for this request."""
        for failure in self._failures:
            if failure.times and failure.method == method and failure.path.search(path):
                failure.times -= 1
                raise failure.error

    def gateway_refuses(self) -> bool:
        """Whether this connection attempt fails; counts it."""
        if not self.gateway_refusals:
            return False
        self.gateway_refusals -= 1
        return True
