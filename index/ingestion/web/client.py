"""The HTTP client: GET, with every rule of this package applied to every redirect on the way.

Knows no feed and no page. Whatever a server does, the outcome is a WebResponse or a FetchError.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Self

from index.ingestion.web.addresses import host_of
from index.ingestion.web.bodies import read_body
from index.ingestion.web.caching import fresh_until, retry_at, validators
from index.ingestion.web.faults import FAULTS, fetch_error, may_connect_at_once
from index.ingestion.web.headers import plain_headers
from index.ingestion.web.model import FetchError, WebRequest, WebResponse
from index.ingestion.web.politeness import Turns
from index.ingestion.web.redirects import Journey
from index.ingestion.web.robots import Robots
from index.ingestion.web.session import open_session
from index.ingestion.web.time_budget import TimeBudget

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from types import TracebackType

    from aiohttp import ClientSession
    from aiohttp.abc import AbstractResolver
    from yarl import URL

    from index.ingestion.web.options import WebOptions

_SUCCESS = range(200, 300)
_SWITCHING_PROTOCOLS = 101


class _Answer(NamedTuple):
    status: int
    headers: Mapping[str, str]
    body: bytes


class _Errand(NamedTuple):
    request: WebRequest
    budget: TimeBudget
    is_cut: bool


class WebClient:
    """Fetches from the web; open it with `async with`. Several requests may be made at once.

    `clock` gives aware times. `resolver` looks up host names instead of this machine, `ssl_context`
    says which certificates hold.
    """

    def __init__(
        self,
        options: WebOptions,
        *,
        clock: Callable[[], datetime],
        resolver: AbstractResolver | None = None,
        ssl_context: ssl.SSLContext | None = None,
    ):
        self._options = options
        self._clock = clock
        self._resolver = resolver
        self._ssl_context = ssl_context
        self._session: ClientSession | None = None
        self._turns = Turns(options.request_count, options.host_request_count)
        self._robots = Robots(self._fetch_robots, clock)

    async def __aenter__(self) -> Self:
        self._session = open_session(
            self._options, resolver=self._resolver, ssl_context=self._ssl_context
        )
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._session is not None:
            await self._session.close()

    async def get(self, request: WebRequest) -> WebResponse:
        """Fetch an address, wherever it redirects to. Raises FetchError if no answer came.

        Any status is an answer, those of errors too.
        """
        return await self._follow(request)

    async def _fetch_robots(self, url: str, max_bytes: int) -> WebResponse:
        request = WebRequest(url, max_bytes, accept="text/plain, */*;q=0.5", obeys_robots=False)
        return await self._follow(request, is_cut=True)

    async def _follow(self, request: WebRequest, *, is_cut: bool = False) -> WebResponse:
        journey = Journey(request.url, self._options)
        errand = _Errand(request, TimeBudget(self._options.total_seconds), is_cut)
        while True:
            try:
                answer = await self._ask(journey.here, errand)
            except FetchError as error:
                raise journey.told(error) from error.__cause__
            if not journey.goes_on(answer.status, answer.headers):
                return self._response(answer, journey)

    async def _ask(self, url: URL, errand: _Errand) -> _Answer:
        """Ask one address, and a second time if no connection came about."""
        spacing = self._options.host_spacing_seconds
        if errand.request.obeys_robots:
            spacing = max(spacing, await self._robots.delay_before(url))
        try:
            return await self._ask_in_turn(url, errand, spacing)
        except FetchError as error:
            if error.__cause__ is None or not may_connect_at_once(error.__cause__):
                raise
        return await self._ask_in_turn(url, errand, spacing)

    async def _ask_in_turn(self, url: URL, errand: _Errand, spacing: float) -> _Answer:
        host = host_of(url)
        async with self._turns.turn(host, spacing):
            try:
                async with errand.budget.spending():
                    return await self._exchange(url, errand)
            except FAULTS as error:
                raise fetch_error(error, host, self._options) from error

    async def _exchange(self, url: URL, errand: _Errand) -> _Answer:
        if self._session is None:
            raise RuntimeError("open the client with `async with` before it is used")
        request = errand.request
        headers = {"Accept": request.accept, **validators(request)}
        async with self._session.get(url, headers=headers, allow_redirects=False) as response:
            if response.status == _SWITCHING_PROTOCOLS:
                raise FetchError("its server wants to speak another protocol", is_passing=False)
            body = b""
            if response.status in _SUCCESS:
                body = await read_body(response, request.max_bytes, is_cut=errand.is_cut)
            return _Answer(response.status, plain_headers(response.headers.items()), body)

    def _response(self, answer: _Answer, journey: Journey) -> WebResponse:
        now = self._clock()
        return WebResponse(
            status=answer.status,
            url=journey.url,
            headers=answer.headers,
            received_at=now,
            body=answer.body,
            moved_to=journey.moved_to(answer.status),
            retry_at=retry_at(answer.headers, now),
            fresh_until=fresh_until(answer.headers, now),
        )
