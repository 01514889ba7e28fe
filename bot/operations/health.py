"""`health`: asks a running bot how it is. For healthchecks, so it loads next to nothing."""

from __future__ import annotations

import http.client
import json
from dataclasses import dataclass

_OK = 200
# where somebody listens on every address, this machine's own is one of them
_ANYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 (asked, not listened on)


@dataclass(frozen=True, slots=True)
class Health:
    """What it said: whether all is well, and why not, as sentences."""

    is_well: bool
    reasons: tuple[str, ...] = ()


def ask_how_it_is(
    address: tuple[str, int], *, is_ready: bool = True, timeout_seconds: float = 5.0
) -> Health:
    """Ask the bot at an address whether it is ready, or only whether it is alive."""
    host, port = address
    path = "/readyz" if is_ready else "/livez"
    connection = http.client.HTTPConnection(
        _ANYWHERE.get(host, host), port, timeout=timeout_seconds
    )
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        told = json.loads(answer.read())
        reasons = tuple(str(reason) for reason in told["reasons"])
    except (OSError, http.client.HTTPException) as error:
        reason = str(error) or type(error).__name__
        return Health(
            is_well=False, reasons=(f"Nobody answers on {host}:{port} ({reason}); is it running?",)
        )
    except (ValueError, KeyError, TypeError):
        return Health(is_well=False, reasons=(f"What answers on {host}:{port} is no Pullquote.",))
    finally:
        connection.close()
    return Health(is_well=answer.status == _OK, reasons=reasons)
