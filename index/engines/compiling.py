"""Compiles the search kernel, or loads what was compiled; here, or in a process of its own.

The compiler keeps 170 MB for as long as its process lives. numba is imported as late as can be.
"""

from __future__ import annotations

import multiprocessing
import signal
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from index.ranking.arrays import PAGE_SIZE
from index.ranking.building import Origin, SegmentBuilder
from index.ranking.collection import Collection
from index.ranking.part import Part

if TYPE_CHECKING:
    from collections.abc import Callable

    from index.ranking.searching import Kernel


def compiled_kernel() -> Kernel:
    """Return the kernel, once it has searched something, so that all is compiled or loaded."""
    from index.ranking.kernel.search import search

    kernel = _with_work(search)
    _try_out(kernel)
    return kernel


def compile_aside(cache_dir: str) -> None:
    """Have it compiled and kept by a process of its own, where nothing is kept in that folder yet.

    Where that does not work, nothing is kept, and this process is left to compile.
    """
    if any(Path(cache_dir).rglob("*.nbi")):
        return
    # spawned, not forked: this process has threads
    context = multiprocessing.get_context("spawn")
    process = context.Process(target=_compile, args=(cache_dir,), daemon=True)
    process.start()
    process.join()


def _compile(cache_dir: str) -> None:
    # who ends the other process ends this one with it
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        from numba.core import config

        settings: Any = config
        settings.CACHE_DIR = cache_dir
        compiled_kernel()
    except Exception:  # noqa: BLE001 (the other process will find out what it is, and tell)
        sys.exit(1)


def _with_work(search: Callable[..., int]) -> Kernel:
    """Give each thread the arrays that it works with."""
    own = threading.local()

    def kernel(*arguments: Any) -> int:
        try:
            work = own.work
        except AttributeError:
            work = own.work = np.zeros(PAGE_SIZE, np.uint8)
        return search(work, *arguments)

    return kernel


def _try_out(kernel: Kernel) -> None:
    """Search something, so that everything is compiled or loaded."""
    builder = SegmentBuilder()
    builder.add(Origin(1, 1), [["news"]])
    part = Part(builder.build())
    if not Collection([part], kernel=lambda: kernel).search(["news"], 1):
        raise RuntimeError("the search kernel does not find what is there")
