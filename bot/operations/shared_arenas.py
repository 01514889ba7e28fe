"""How the C library keeps memory that was freed: in few places, for all threads. Linux alone.

glibc gives threads places of their own, up to eight a core, and each keeps what was freed in it. A
bot that answers and indexes at once, in a dozen threads, so holds a good deal more than it uses.
"""

from __future__ import annotations

import ctypes
import sys
from contextlib import suppress

MOST = 2
_M_ARENA_MAX = -8


def share_arenas() -> None:
    """Let threads share at most two; does nothing where the C library knows no such thing.

    To be called before threads are started.
    """
    if sys.platform == "linux":
        # another C library than glibc
        with suppress(AttributeError):
            ctypes.CDLL(None).mallopt(_M_ARENA_MAX, MOST)
