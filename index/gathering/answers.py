"""What the status of an answer means for who follows the news, in words. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

OK = 200
NOT_MODIFIED = 304
GONE = 410

_REASONS: Mapping[int, str] = {
    401: "it may only be read by those who log in (401)",
    403: "its server does not let Pullquote read it (403)",
    404: "there is nothing at its address (404)",
    GONE: "its server says that it is gone for good (410)",
    429: "its server wants to be asked less often (429)",
}


def refusal_of(status: int) -> str:
    """Say what an HTTP status other than success means."""
    if reason := _REASONS.get(status):
        return reason
    if status >= 500:  # noqa: PLR2004 (RFC 9110 §15.6)
        return f"its server is in trouble ({status})"
    return f"its server answered with {status}"
