"""What listens on this machine: one web application on a port of the loopback address."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Self

from aiohttp import web

if TYPE_CHECKING:
    from types import TracebackType

HOST = "127.0.0.1"


class Listener(ABC):
    """Listens from `start` to `stop`, or for as long as it is entered. With port 0, on any port."""

    def __init__(self, port: int, goodbye_seconds: float) -> None:
        self.port = port
        self._goodbye_seconds = goodbye_seconds
        self._runner: web.AppRunner | None = None

    @property
    def address(self) -> str:
        """The address without a path."""
        return f"http://{HOST}:{self.port}"

    @abstractmethod
    async def start(self) -> None:
        """Listen. Raises OSError where the port is taken."""

    @abstractmethod
    async def stop(self) -> None:
        """Listen no more."""

    async def _serve(self, app: web.Application) -> None:
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=self._goodbye_seconds)
        await runner.setup()
        try:
            await web.TCPSite(runner, HOST, self.port).start()
        except OSError:
            await runner.cleanup()
            raise
        self._runner = runner
        self.port = runner.addresses[0][1]

    async def _hang_up(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.stop()
