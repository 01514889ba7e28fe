"""Runs a bot's own script or module against a local Discord, in a process of its own.

    python -m bot.sandbox.launch [-m] SCRIPT-OR-MODULE [ARGUMENT…]

The addresses come from the variables that `LoopbackDiscord.environment` holds.
"""

from __future__ import annotations

import runpy
import sys
from typing import TYPE_CHECKING

from bot.sandbox.pointing import point_client_by_environment

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str]) -> None:
    """Run what the arguments name, as if it had been started itself."""
    is_module = arguments[0] == "-m"
    name, *rest = arguments[1:] if is_module else arguments
    sys.argv = [name, *rest]
    with point_client_by_environment():
        if is_module:
            runpy.run_module(name, run_name="__main__", alter_sys=True)
        else:
            runpy.run_path(name, run_name="__main__")


if __name__ == "__main__":
    main(sys.argv[1:])
