"""`verify` in a process of its own, told in counts: for those who may not know what is stored.

A check reads everything there is, so it is done where it holds up nobody, and after all others.
"""

from __future__ import annotations

import asyncio
import os
from collections import Counter
from contextlib import suppress
from typing import TYPE_CHECKING

from bot.operations.errors import OperationError
from bot.operations.verification import verify
from bot.views.index_state import Trouble, Verified
from index.errors import StorageError
from index.ingestion.isolation import Isolation

if TYPE_CHECKING:
    from pathlib import Path

# beyond what anybody waits for; segments are mapped whole, which counts as memory
_LONGEST_SECONDS = 3600.0
_MOST_BYTES = 1 << 40
_LEAST_URGENT = 19


async def verified_aside(data_dir: Path) -> Verified:
    """Check everything in a data directory; the process ends when this is cancelled.

    Raises StorageError where it cannot be checked, and SourceError where the process is lost.
    """
    async with Isolation(
        max_seconds=_LONGEST_SECONDS, max_memory_bytes=_MOST_BYTES, imports=(__name__,)
    ) as aside:
        return await aside.run(counted, data_dir)


def counted(data_dir: Path) -> Verified:
    """Check everything, and count what is wrong by its kind. Raises StorageError."""
    if hasattr(os, "nice"):
        with suppress(OSError):
            os.nice(_LEAST_URGENT)
    try:
        found = asyncio.run(verify(data_dir))
    except OperationError as error:
        raise StorageError(str(error)) from error
    kinds = Counter(Trouble(each.remedy.value) for each in found.findings)
    return Verified(dict(kinds), found.passage_count, found.saved_count)
