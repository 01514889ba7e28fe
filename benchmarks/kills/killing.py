"""A command that is killed at a moment nobody chose, as by a power cut of its process.

Knows nothing of what it was at.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path
    from random import Random

_LONGEST_SECONDS = 60.0
_LONGEST_WRITE_SECONDS = 0.2


async def run_and_kill(
    data_dir: Path, chance: Random, *arguments: str, usual_seconds: float
) -> tuple[list[str], bool]:
    """Run `pullquote`; return the whole lines that it wrote, and whether it was killed in time.

    Half the time at any moment of `usual_seconds`, else soon after it has begun to write.
    """
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", *arguments),
        env=os.environ
        | {"PULLQUOTE_DATA_DIR": str(data_dir), "PULLQUOTE_ALLOW_PRIVATE_NETWORKS": "true"},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    told = asyncio.create_task(process.communicate())
    if chance.random() < 0.5:
        await asyncio.wait([told], timeout=chance.uniform(0, usual_seconds))
    else:
        await _until_written(data_dir, told)
        await asyncio.wait([told], timeout=chance.uniform(0, _LONGEST_WRITE_SECONDS))
    if not told.done():
        process.kill()
    out, _ = await told
    return out.decode().split("\n")[:-1], process.returncode == -signal.SIGKILL


async def _until_written(data_dir: Path, told: asyncio.Task[tuple[bytes, bytes]]) -> None:
    before, end = _seen_in(data_dir), time.monotonic() + _LONGEST_SECONDS
    while _seen_in(data_dir) == before and not told.done() and time.monotonic() < end:  # noqa: ASYNC110 -- nobody tells of it
        await asyncio.sleep(0.001)


def _seen_in(data_dir: Path) -> set[tuple[str, int]]:
    seen = set()
    for folder in (data_dir, data_dir.parent, data_dir / "segments"):
        if folder.is_dir():
            for path in folder.iterdir():
                try:
                    seen.add((str(path), path.stat().st_mtime_ns))
                except FileNotFoundError:
                    continue
    return seen
