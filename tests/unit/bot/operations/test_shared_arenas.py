from __future__ import annotations

import ctypes
import os
import subprocess
import sys

import pytest

from bot.operations.shared_arenas import MOST

# as many threads as answer at a time take memory at once, and count the places that it comes from
_COUNTING = """
import ctypes, sys, threading
from bot.operations.shared_arenas import share_arenas
if sys.argv[1] == "shared":
    share_arenas()
libc = ctypes.CDLL(None)
libc.malloc.restype = ctypes.c_void_p
together = threading.Barrier(12)
def take():
    together.wait()
    libc.malloc(ctypes.c_size_t(1000))
    together.wait()
threads = [threading.Thread(target=take) for _ in range(12)]
for each in threads: each.start()
for each in threads: each.join()
libc.fopen.restype = ctypes.c_void_p
file = ctypes.c_void_p(libc.fopen(sys.argv[2].encode(), b"w"))
libc.malloc_info(0, file)
libc.fclose(file)
print(open(sys.argv[2]).read().count("<heap "))
"""


def arena_count(how: str, path) -> int:
    done = subprocess.run(  # noqa: S603 (our own words)
        [sys.executable, "-c", _COUNTING, how, str(path)],
        check=True,
        env={
            k: v for k, v in os.environ.items() if k not in {"MALLOC_ARENA_MAX", "GLIBC_TUNABLES"}
        },
        capture_output=True,
        text=True,
        timeout=60,
    )
    return int(done.stdout)


@pytest.mark.skipif(
    sys.platform != "linux" or not hasattr(ctypes.CDLL(None), "malloc_info"), reason="needs glibc"
)
def test_threads_share_the_places_that_freed_memory_is_kept_in(tmp_path):
    assert arena_count("shared", tmp_path / "told.xml") <= MOST
    assert arena_count("as it comes", tmp_path / "told.xml") > MOST
