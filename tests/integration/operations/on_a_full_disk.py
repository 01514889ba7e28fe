"""A data directory on a small disk that fills up, and is cleared. Run where a disk may be mounted.

    unshare --mount python -m tests.integration.operations.on_a_full_disk DATA_DIR FOLDER

Prints, as JSON, how each command ended: `[status, standard output, standard error]`.
"""

from __future__ import annotations

import errno
import json
import shutil
import subprocess
import sys
from pathlib import Path

from tests.integration.typed import ROOT, environment_of

_SIZE = "24m"
_BLOCK = b"\0" * 4096


def fill(path: Path) -> None:
    """Leave no byte free."""
    with path.open("ab", buffering=0) as file:
        while True:
            try:
                file.write(_BLOCK)
            except OSError as error:
                if error.errno == errno.ENOSPC:
                    return
                raise


def typed(data_dir: Path, *arguments: str) -> tuple[int, str, str]:
    """Run a command of ours on it."""
    environment = environment_of(data_dir)
    done = subprocess.run(  # noqa: S603 (our own program)
        [sys.executable, "-m", "bot", *arguments],
        cwd=ROOT,
        # coverage writes a file of its own
        env={k: v for k, v in environment.items() if not k.startswith("COVERAGE_")},
        capture_output=True,
        check=False,
        text=True,
        timeout=120,
    )
    return done.returncode, done.stdout, done.stderr


def main(kept: Path, folder: Path) -> None:
    """Fill the disk, see what becomes of an index run, and clear it."""
    disk = kept.with_name("disk")
    disk.mkdir()
    subprocess.run(  # noqa: S603 (our own words)
        ["mount", "-t", "tmpfs", "-o", f"size={_SIZE}", "disk", str(disk)],  # noqa: S607 (where it is differs)
        check=True,
    )
    data_dir = disk / "data"
    shutil.copytree(kept, data_dir)
    ballast = disk / "ballast"
    fill(ballast)
    ended = {
        "index, full": typed(data_dir, "index", str(folder), "--json"),
        "ask, full": typed(data_dir, "ask", "bridge"),
        "backup, full": typed(data_dir, "backup", str(disk / "backup.zip")),
    }
    left = sorted(path.name for path in disk.iterdir())
    ballast.unlink()
    ended |= {
        "verify, cleared": typed(data_dir, "verify"),
        "index, cleared": typed(data_dir, "index", str(folder), "--json"),
        "verify, in the end": typed(data_dir, "verify"),
    }
    sys.stdout.write(json.dumps({"ended": ended, "left": left}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
