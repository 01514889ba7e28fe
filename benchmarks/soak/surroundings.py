"""What the bot of the soak stands on, as far as it can be spoilt: its clock, its names, its disk.

Each of them is spoilt for one process alone. Two of them need what not every machine has: a C
compiler, and the right to mount a disk.
"""

from __future__ import annotations

import errno
import json
import struct
import subprocess
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.soak.launching import VARIABLE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_DISK_BYTES = 512 << 20
_BLOCK = b"\0" * (1 << 20)
_SOURCE = Path(__file__).with_name("moved_clock.c")


class Clock:
    """The clock of a process, moved by a library that is compiled and preloaded for that."""

    def __init__(self, folder: Path):
        self._file = folder / "clock"
        self._library = folder / "moved_clock.so"
        self.put_by(0)
        self.is_here = _done("cc", "-O2", "-shared", "-fPIC", *("-o", self._library), _SOURCE)

    @property
    def variables(self) -> Mapping[str, str]:
        """What the process is to be started with."""
        if not self.is_here:
            return {}
        return {"LD_PRELOAD": str(self._library), "SOAK_CLOCK": str(self._file)}

    def put_by(self, hours: int) -> None:
        """Let it be so many hours ahead of the time, or behind it."""
        # in its place, since the process has mapped the file
        with self._file.open("r+b" if self._file.exists() else "wb") as file:
            file.write(struct.pack("=q", 3600 * hours))


class Names:
    """The DNS of a process that is run by `launching`."""

    def __init__(self, folder: Path, names: Mapping[str, tuple[str, int]]):
        self._file = folder / "names.json"
        self._names = names
        self.answer()

    @property
    def variables(self) -> Mapping[str, str]:
        """What the process is to be started with."""
        return {VARIABLE: str(self._file)}

    def answer(self) -> None:
        """Know all names."""
        self._file.write_text(json.dumps(self._names), encoding="utf-8")

    def fall_silent(self) -> None:
        """Answer nothing."""
        self._file.unlink()


class Disk:
    """A folder, on a small disk of its own where `is_small`."""

    def __init__(self, folder: Path, *, is_small: bool):
        self.folder = folder
        self.is_small = is_small
        self._ballast = folder / "ballast"

    def fill(self) -> None:
        """Leave no byte free."""
        with self._ballast.open("ab", buffering=0) as file:
            while True:
                try:
                    file.write(_BLOCK)
                except OSError as error:
                    if error.errno == errno.ENOSPC:
                        return
                    raise

    def clear(self) -> None:
        """Make room again."""
        self._ballast.unlink(missing_ok=True)


@contextmanager
def small_disk(folder: Path) -> Iterator[Disk]:
    """Have a folder of that name, on a disk of its own where this machine may mount one."""
    image = folder.with_name(f"{folder.name}.img")
    folder.mkdir()
    with image.open("wb") as file:
        file.truncate(_DISK_BYTES)
    is_small = _done("mkfs.ext4", "-q", "-m", "0", image) and _done(
        "mount", "-o", "loop", image, folder
    )
    try:
        yield Disk(folder, is_small=is_small)
    finally:
        if is_small:
            _done("umount", "--lazy", folder)


def _done(*command: str | Path) -> bool:
    try:
        return not subprocess.run(command, check=False, capture_output=True).returncode  # noqa: S603 (our own words)
    except OSError:
        return False
