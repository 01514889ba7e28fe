"""`pullquote`, as a person types it."""

from __future__ import annotations

import os
import runpy
import sys
import tempfile
import warnings
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from subprocess import CompletedProcess
from typing import TYPE_CHECKING

from coverage import Coverage

if TYPE_CHECKING:
    from collections.abc import Mapping
    from multiprocessing.context import ForkServerContext

ROOT = Path(__file__).parents[2]
LONGEST_SECONDS = 60


def environment_of(data_dir: Path, **settings: str) -> dict[str, str]:
    """What the command is run with: settings, and nothing of who runs the tests."""
    environment = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    environment |= {"PULLQUOTE_DATA_DIR": str(data_dir), "PYTHONWARNINGS": "error"}
    environment |= {k: v for k, v in os.environ.items() if k.startswith(("COVERAGE", "COV_"))}
    return environment | settings


def pullquote(*arguments: object, data_dir: Path, stdin: str | None = None, **settings: str):
    """Run the command as a person would, in an environment of its own."""
    environment = environment_of(data_dir, **settings)
    return run_as_typed("bot", *arguments, environment=environment, directory=ROOT, stdin=stdin)


def run_as_typed(
    module: str,
    *arguments: object,
    environment: Mapping[str, str],
    directory: Path,
    stdin: str | None = None,
) -> CompletedProcess[str]:
    """Run a module as `python -m` does: a process of its own, which need not load libraries."""
    typed = [module, *map(str, arguments)]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "0").write_text(stdin or "", encoding="utf-8")
        process = _with_libraries().Process(
            target=_run, args=(typed, dict(environment), directory, folder)
        )
        process.start()
        process.join(LONGEST_SECONDS)
        if process.exitcode is None:
            process.kill()
            process.join()
            raise TimeoutError(f"{typed} did not end")
        said = [(folder / number).read_text(encoding="utf-8") for number in "12"]
        return CompletedProcess(typed, process.exitcode, *said)


@cache
def _with_libraries() -> ForkServerContext:
    """What makes processes that have loaded the libraries, and nothing of the tests."""
    context = get_context("forkserver")
    context.set_forkserver_preload(["bot.__main__", "bot.app", "tests.integration.typed"])
    return context


def _run(typed: list[str], environment: dict[str, str], directory: Path, folder: Path) -> None:
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(directory)
    for number, flags in enumerate([os.O_RDONLY, *[os.O_WRONLY | os.O_CREAT] * 2]):
        os.dup2(os.open(folder / str(number), flags, 0o600), number)
    sys.stdin = os.fdopen(0, encoding="utf-8", closefd=False)
    sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
    sys.stderr = os.fdopen(2, "w", encoding="utf-8", errors="backslashreplace", closefd=False)
    warnings.simplefilter(environment.get("PYTHONWARNINGS", "default"))
    sys.argv = typed
    # is run, and not just taken; not there where others have started the server for themselves
    sys.modules.pop("bot.__main__", None)
    try:
        runpy.run_module(typed[0], run_name="__main__", alter_sys=True)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        _keep_what_was_measured()


def _keep_what_was_measured() -> None:
    # a forked process ends without what others do at their end
    measuring = Coverage.current()
    if measuring is not None:
        measuring.stop()
        measuring.save()
