"""`pullquote`, as a person types it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def pullquote(*arguments: object, data_dir: Path, stdin: str | None = None):
    """Run the command as a person would, in an environment of its own."""
    environment = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    environment |= {"PULLQUOTE_DATA_DIR": str(data_dir), "PYTHONWARNINGS": "error"}
    environment |= {k: v for k, v in os.environ.items() if k.startswith(("COVERAGE", "COV_"))}
    return subprocess.run(  # noqa: S603 (our own program, our own arguments)
        [sys.executable, "-m", "bot", *map(str, arguments)],
        capture_output=True,
        check=False,
        cwd=Path(__file__).parents[2],
        encoding="utf-8",
        env=environment,
        input=stdin,
        timeout=60,
    )
