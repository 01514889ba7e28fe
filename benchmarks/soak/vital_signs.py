"""What a process takes of its machine at a moment, as Linux tells it."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

_PROCESSES = Path("/proc")


class VitalSigns(NamedTuple):
    """Resident megabytes, of which the private part is nobody else's, and open files."""

    resident: float
    private: float
    open_files: int


def vital_signs(pid: int) -> VitalSigns | None:
    """Read them; None where the process is not there."""
    folder = _PROCESSES / str(pid)
    try:
        lines = (folder / "smaps_rollup").read_text(encoding="ascii").splitlines()[1:]
        open_files = len(list((folder / "fd").iterdir()))
    except OSError:
        return None
    kilobytes = {name: int(rest.split()[0]) for name, _, rest in (x.partition(":") for x in lines)}
    return VitalSigns(kilobytes["Rss"] / 1024, kilobytes["Anonymous"] / 1024, open_files)
