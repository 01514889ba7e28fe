"""The machine, and what this process takes of it."""

from __future__ import annotations

import os
import platform
import sys
from dataclasses import dataclass
from pathlib import Path

if sys.platform != "win32":
    import resource

_PROCESS = Path("/proc/self")


@dataclass(frozen=True)
class Memory:
    """Resident megabytes of this process."""

    private: float
    """Anonymous pages: nobody else has them, and they cannot be dropped."""
    files: float
    """Pages of files: shared with others, and dropped when memory is short."""


def memory() -> Memory | None:
    """Read what is resident now; nothing where the system does not tell."""
    sizes = _sizes(_PROCESS / "smaps_rollup")
    if "Anonymous" not in sizes:
        return None
    return Memory(sizes["Anonymous"], sizes["Rss"] - sizes["Anonymous"])


def resident() -> float | None:
    """Return the resident megabytes."""
    return _sizes(_PROCESS / "status").get("VmRSS")


def resident_peak() -> float | None:
    """Return the most megabytes that were resident since `forget_peak`."""
    return _sizes(_PROCESS / "status").get("VmHWM")


def children_peak() -> float:
    """Return the most megabytes that were resident in any one process that this one waited for."""
    if sys.platform == "win32":
        return 0.0
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1e3


def processor_seconds() -> float:
    """Return what this process, its threads and those it waited for have computed."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def forget_peak() -> None:
    """Begin to watch for the peak anew."""
    if (_PROCESS / "clear_refs").exists():
        (_PROCESS / "clear_refs").write_text("5", encoding="ascii")


def _sizes(path: Path) -> dict[str, float]:
    if not path.exists():
        return {}
    fields = (line.split() for line in path.read_text(encoding="utf-8").splitlines())
    return {f[0].rstrip(":"): int(f[1]) / 1e3 for f in fields if len(f) == 3 and f[2] == "kB"}


def keep_to_one_core() -> None:
    """Run on the last of the cores allowed, where the system can be told."""
    if sys.platform == "linux":
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def size_of(directory: Path) -> int:
    """Return the bytes of all files under a directory."""
    return sum(path.stat().st_size for path in directory.rglob("*") if path.is_file())


def describe_machine() -> str:
    """Name the processor, the cores and the interpreter."""
    model = platform.processor() or platform.machine()
    information = Path("/proc/cpuinfo")
    if information.exists():
        for line in information.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                model = line.partition(":")[2].strip()
                break
    return (
        f"{model}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"
    )
