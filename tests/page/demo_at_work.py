"""`pullquote demo` in a process of its own, for as long as a `with` block lasts."""

from __future__ import annotations

import asyncio
import os
import re
import sys
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

ROOT = Path(__file__).parents[2]
_START_SECONDS = 60


@asynccontextmanager
async def demo_at_work(*arguments: str, **settings: str) -> AsyncIterator[str]:
    """Start the demo on a free port and yield its page's whole address."""
    own = {k: v for k, v in os.environ.items() if not k.startswith(("DISCORD", "PULLQUOTE"))}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "demo", "--port", "0", *arguments),
        cwd=ROOT,
        env=own | {"PYTHONUNBUFFERED": "1"} | settings,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        yield await asyncio.wait_for(_address(process), _START_SECONDS)
    finally:
        process.terminate()
        await process.communicate()


async def _address(process: asyncio.subprocess.Process) -> str:
    assert process.stdout is not None
    said = ""
    while line := (await process.stdout.readline()).decode():
        said += line
        if found := re.search(r"Talk to it at (\S+)", line):
            return found[1]
    raise AssertionError(f"the demo ended without a page: {said}")
