"""Answers HTTP requests: match, judge, carry out, judge the answer, remember both."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aiohttp import web

from bot.sandbox.errors import ApiError, FieldError, InvalidFormError
from bot.sandbox.judging import Judge, Onlooker, Violation
from bot.sandbox.rest import application, callbacks, channels, commands, follow_ups, messages
from bot.sandbox.rest.body import RequestBody, read_body
from bot.sandbox.rest.call import Call, Handler, Reply

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.sandbox.description import Operation
    from bot.sandbox.faults import Faults
    from bot.sandbox.world.world import World

API_PATH = "/api/v10"
HANDLERS: Mapping[str, Handler] = {
    **application.OPERATIONS,
    **commands.OPERATIONS,
    **channels.OPERATIONS,
    **messages.OPERATIONS,
    **callbacks.OPERATIONS,
    **follow_ups.OPERATIONS,
}
_SERVER_ERROR = 500


@dataclass(frozen=True)
class Exchange:
    """One request of the bot's client and its answer."""

    method: str
    path: str
    operation: str
    status: int
    body: Any = field(repr=False)
    reply: Any = field(repr=False)
    query: Mapping[str, str] = field(default_factory=dict, repr=False)
    content_type: str | None = None


class RestServer:
    """The HTTP API. `exchanges` and `violations` grow with every request."""

    def __init__(self, world: World, token: str, judge: Judge | Onlooker, faults: Faults) -> None:
        self._world = world
        self._token = token
        self._judge = judge
        self._faults = faults
        self.gateway_url = ""
        self.exchanges: list[Exchange] = []
        self.violations: list[Violation] = []

    async def handle(self, request: web.Request) -> web.Response:
        """Answer one request; an error of Discord's is an answer too."""
        path = request.rel_url.raw_path.removeprefix(API_PATH)
        found = self._judge.description.find(request.method, path)
        operation = found[0] if found else None
        body, headers = RequestBody(), dict[str, str]()
        try:
            body = await read_body(request)
            reply = await self._answer(request, path, found, body)
        except ApiError as error:
            reply, headers = Reply(error.body(), error.status), error.headers
        if operation is not None and reply.status < _SERVER_ERROR:
            self._judge_reply(operation, path, reply)
        self._remember(request, path, operation, body, reply)
        return _response(reply, headers)

    async def _answer(
        self,
        request: web.Request,
        path: str,
        found: tuple[Operation, dict[str, str]] | None,
        body: RequestBody,
    ) -> Reply:
        await asyncio.sleep(self._faults.latency_seconds)
        self._faults.raise_for(request.method, path)
        if found is None:
            unknown = FieldError((), "DESCRIPTION", "no such operation")
            self.violations.append(Violation("route", request.method, path, "?", unknown))
            raise ApiError(404, 0, "404: Not Found")
        operation, parameters = found
        self._check_token(request, operation)
        self._judge_request(request, operation, parameters, path, body)
        handler = HANDLERS.get(operation.id)
        if handler is None:
            missing = FieldError((), "SANDBOX", "the local Discord does not offer this operation")
            self.violations.append(Violation("route", request.method, path, operation.id, missing))
            raise ApiError(501, 0, f"{operation.id} is not offered")
        query = dict(request.query)
        return handler(
            Call(self._world, self.gateway_url, parameters, query, body.json, body.files)
        )

    def _check_token(self, request: web.Request, operation: Operation) -> None:
        expected = f"Bot {self._token}"
        if operation.needs_token and request.headers.get("Authorization") != expected:
            raise ApiError(401, 0, "401: Unauthorized")

    def _judge_request(
        self,
        request: web.Request,
        operation: Operation,
        parameters: Mapping[str, str],
        path: str,
        body: RequestBody,
    ) -> None:
        judged = {
            "path": self._judge.parameter_errors(operation, "path", parameters),
            "query": self._judge.parameter_errors(operation, "query", dict(request.query)),
            "request": self._judge.request_errors(operation, body.content_type, body.json),
        }
        for part, errors in judged.items():
            self._record(part, operation, path, errors)
        if any(judged.values()):
            raise InvalidFormError([error for errors in judged.values() for error in errors])

    def _judge_reply(self, operation: Operation, path: str, reply: Reply) -> None:
        errors = self._judge.reply_errors(operation, reply.status, reply.body)
        self._record("reply", operation, path, errors)

    def _record(self, part: str, operation: Operation, path: str, errors: list[FieldError]) -> None:
        self.violations += [
            Violation(part, operation.method, path, operation.id, error) for error in errors
        ]

    def _remember(
        self,
        request: web.Request,
        path: str,
        operation: Operation | None,
        body: RequestBody,
        reply: Reply,
    ) -> None:
        self.exchanges.append(
            Exchange(
                request.method,
                path,
                operation.id if operation else "?",
                reply.status,
                body.json,
                reply.body,
                dict(request.query),
                body.content_type,
            )
        )


def _response(reply: Reply, headers: Mapping[str, str]) -> web.Response:
    if reply.body is None:
        return web.Response(status=reply.status, headers=headers)
    # discord.py parses an answer only when its type is exactly "application/json".
    exactly = {"Content-Type": "application/json", **headers}
    return web.Response(status=reply.status, body=json.dumps(reply.body).encode(), headers=exactly)
