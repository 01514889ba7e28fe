"""What the local Discord refuses, and how.

SandboxError
├── CannotInvokeError     a person's client would not allow the action; nothing was sent
└── ApiError              a request is answered with an error of Discord's
    ├── InvalidFormError  400, code 50035: fields that break a rule
    └── RateLimitedError  429
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.sandbox.wire import Payload


class SandboxError(Exception):
    """Base of everything raised here on purpose."""


class CannotInvokeError(SandboxError):
    """The person's client would not allow this: unknown command, disabled button, no permission."""


class ApiError(SandboxError):
    """An error answer: HTTP status, Discord's code and its message."""

    def __init__(
        self, status: int, code: int, message: str, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.headers = dict(headers or {})

    def body(self) -> Payload:
        """Return what the answer contains."""
        return {"code": self.code, "message": self.message}


@dataclass(frozen=True)
class FieldError:
    """One field that breaks a rule; `path` leads to it from the body's top."""

    path: tuple[str | int, ...]
    code: str
    message: str

    def __str__(self) -> str:
        return f"{'.'.join(map(str, self.path)) or 'body'}: {self.message}"


class InvalidFormError(ApiError):
    """The body breaks at least one rule; `fields` says which."""

    def __init__(self, fields: Sequence[FieldError]) -> None:
        super().__init__(400, 50035, "Invalid Form Body")
        self.fields = tuple(fields)

    def body(self) -> Payload:
        """Return the errors nested the way the body is."""
        errors: Payload = {}
        for field in self.fields:
            place = errors
            for step in field.path:
                place = place.setdefault(str(step), {})
            found = place.setdefault("_errors", [])
            found.append({"code": field.code, "message": field.message})
        return super().body() | {"errors": errors}


class RateLimitedError(ApiError):
    """Too many requests. Without a `Via` header clients take it for a ban by the proxy."""

    def __init__(self, retry_after_seconds: float, *, is_global: bool = False) -> None:
        headers = {
            "Via": "1.1 google",
            "Retry-After": str(retry_after_seconds),
            "X-RateLimit-Scope": "global" if is_global else "user",
        }
        super().__init__(429, 0, "You are being rate limited.", headers)
        self.retry_after_seconds = retry_after_seconds
        self.is_global = is_global

    def body(self) -> Payload:
        """Return the answer with the time to wait."""
        wait = {"retry_after": self.retry_after_seconds, "global": self.is_global}
        return super().body() | wait


def refuse_if_any(fields: Sequence[FieldError]) -> None:
    """Raise InvalidFormError when there is anything to complain about."""
    if fields:
        raise InvalidFormError(fields)
