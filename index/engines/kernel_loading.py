"""The search kernel, loaded from disk or compiled, while NumPy answers.

Knows nothing of what is searched. numba is imported as late as can be: with the machine code on
disk that takes about half a second, and several seconds where it must be compiled.

Machine code is kept in a folder named after the kernel's source, since numba itself would keep
code that calls what has changed in another file.
"""

from __future__ import annotations

import hashlib
import logging
import os
import shutil
import stat
import sys
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from platformdirs import user_cache_path

import index.ranking.kernel
from index.engines.compiling import compile_aside, compiled_kernel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.ranking.searching import Kernel

_log = logging.getLogger(__name__)


class KernelLoader:
    """Holds the kernel once it is there. Made once a process; safe in any thread.

    `cache_dirs` are the places where machine code may be kept, the first that can be written is
    used. What one before it has, as in an image that another user made, is copied there, since
    numba does not use what it cannot write. Where there is neither, every process compiles.
    """

    def __init__(self, cache_dirs: Sequence[Path] | None = None):
        self._cache_dirs = default_cache_dirs() if cache_dirs is None else cache_dirs
        self._kernel: Kernel | None = None
        self._thread: threading.Thread | None = None
        self._starting = threading.Lock()
        self._loading = threading.Lock()
        self._temporary: tempfile.TemporaryDirectory[str] | None = None

    def current(self) -> Kernel | None:
        """Return the kernel, or None while it is not at hand; never waits."""
        return self._kernel

    def start(self) -> None:
        """Load the kernel in a thread, once. What must be compiled is, by a process of its own."""
        with self._starting:
            if self._thread is None:
                self._thread = threading.Thread(target=self._load_aside, name="kernel", daemon=True)
                self._thread.start()

    def load(self) -> bool:
        """Load the kernel now, if it is not there. Returns whether it is."""
        return self._load(is_compiled_aside=False)

    def _load_aside(self) -> None:
        self._load(is_compiled_aside=True)

    def _load(self, *, is_compiled_aside: bool) -> bool:
        with self._loading:
            if self._kernel is None:
                started = time.perf_counter()
                try:
                    self._kernel = self._loaded(is_compiled_aside=is_compiled_aside)
                except Exception as error:  # noqa: BLE001 (NumPy answers the same, whatever it is)
                    _log.warning("search kernel not compiled, NumPy answers: %s", error)
                else:
                    _log.debug("search kernel ready after %.2f s", time.perf_counter() - started)
            return self._kernel is not None

    def _loaded(self, *, is_compiled_aside: bool) -> Kernel:
        from numba.core import config

        settings: Any = config
        if not settings.CACHE_DIR:
            settings.CACHE_DIR = str(self._cache_dir())
        if is_compiled_aside:
            compile_aside(settings.CACHE_DIR)
        return compiled_kernel()

    def _cache_dir(self) -> Path:
        name = folder_name()
        read_only: list[Path] = []
        for place in (folder / name for folder in self._cache_dirs):
            if not _is_trusted(place):
                continue
            if os.access(place, os.W_OK):
                _copy_first(read_only, place)
                return place
            read_only.append(place)
        self._temporary = tempfile.TemporaryDirectory(prefix="pullquote-kernel-")
        place = Path(self._temporary.name) / name
        if not _copy_first(read_only, place):
            _log.warning(
                "no place to keep the compiled search kernel, so that every start compiles it "
                "again: make %s writable, or set NUMBA_CACHE_DIR",
                " or ".join(map(str, self._cache_dirs)),
            )
        return place


def default_cache_dirs() -> list[Path]:
    """Return where machine code may be kept: beside the code, as an image has it, or the user's."""
    places = [_source_dir() / "__pycache__"]
    with suppress(RuntimeError):  # of a user without a home, as in containers
        places.append(user_cache_path("pullquote", appauthor=False))
    return places


def folder_name() -> str:
    """Return the name of the folder, in such a place, with the machine code of these sources."""
    return f"pullquote-kernel-{_digest_of_sources()}"


def _source_dir() -> Path:
    return Path(next(iter(index.ranking.kernel.__path__)))


def _digest_of_sources() -> str:
    digest = hashlib.sha256()
    for source in sorted(_source_dir().glob("*.py")):
        digest.update(source.read_bytes())
    return digest.hexdigest()[:16]


def _is_trusted(place: Path) -> bool:
    """Whether a folder is there, made if missing, and nobody else can put code into it."""
    with suppress(OSError):
        place.mkdir(mode=0o755, parents=True, exist_ok=True)
        return _is_ours(place)
    return False


if sys.platform == "win32":

    def _is_ours(_place: Path) -> bool:
        return True

else:

    def _is_ours(place: Path) -> bool:
        # numba runs what it finds, so whoever writes there must be one whose code runs anyway
        status = place.stat()
        owners = {os.geteuid(), _source_dir().stat().st_uid}
        return status.st_uid in owners and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _copy_first(sources: Sequence[Path], place: Path) -> bool:
    """Copy the first of some folders that has machine code to one that has none."""
    with suppress(OSError):
        source = next((each for each in sources if any(each.rglob("*.nbi"))), None)
        if source is None or any(place.glob("*")):
            return False
        copy = Path(tempfile.mkdtemp(prefix=place.name, dir=place.parent))
        try:
            shutil.copytree(source, copy, dirs_exist_ok=True)
            copy.chmod(0o755)
            # renamed as a whole, so that no other process finds half of it
            copy.replace(place)
        except BaseException:
            shutil.rmtree(copy, ignore_errors=True)
            raise
        return True
    return False
