"""Runs a bot against a local Discord, as `bot.sandbox.launch` does, with names from a file.

    python -m benchmarks.soak.launching -m MODULE [ARGUMENT…]

Names that end in `.test` lead where the JSON file says that `SOAK_NAMES` names: to `[host, port]`.
While it is not there, the DNS does not answer.
"""

from __future__ import annotations

import json
import os
import socket
import sys
from pathlib import Path
from typing import Any

from bot.sandbox.launch import main

VARIABLE = "SOAK_NAMES"

_by_this_machine = socket.getaddrinfo


def by_file(host: Any, port: Any, *others: Any, **named: Any) -> Any:
    """Look a name up as `socket.getaddrinfo` does. Raises gaierror."""
    if not str(host).endswith(".test"):
        return _by_this_machine(host, port, *others, **named)
    try:
        names = json.loads(Path(os.environ[VARIABLE]).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution") from None
    return _by_this_machine(*names[host], *others, **named)


if __name__ == "__main__":
    socket.getaddrinfo = by_file
    main(sys.argv[1:])
