"""What runs inside a worker of `isolation`: its limits, and how a task's outcome goes back.

Knows nothing of pools, and nothing of what the tasks are about. An outcome leaves as bytes that
were made, and measured, here: what cannot be sent is known before anything is.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.errors import PullquoteError
from index.ingestion.limits import in_words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

# how much later than its parent a worker ends a task by itself, should the parent be gone
_GRACE_SECONDS = 5


@dataclass(frozen=True, slots=True)
class WorkerLimits:
    """What a worker may take for one task, beyond the memory that it has when it starts."""

    max_seconds: float
    max_memory_bytes: int
    max_result_bytes: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a task ended: with a pickled value, with a pickled error of ours, or for a reason."""

    value: bytes | None = None
    error: bytes | None = None
    reason: str = ""


def end_with_parent() -> None:
    """End this worker when the process that started it is gone, however it ended.

    A worker waits on a queue that it could write to itself, so it would wait for ever.
    """
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def prepare(limits: WorkerLimits, imports: tuple[str, ...]) -> None:
    """Make this process a worker: import what tasks will need, then limit its memory.

    SIGTERM ends it at once, without asking Python, which may be deep in a parser written in C.
    """
    end_with_parent()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    for name in imports:
        import_module(name)
    _limit_memory(limits.max_memory_bytes)


def perform(
    limits: WorkerLimits,
    function: Callable[..., Any],
    arguments: tuple[Any, ...],
    named: Mapping[str, Any],
) -> Outcome:
    """Run a task, and tell how it ended; nothing but the end of the process comes in between."""
    _set_alarm(limits.max_seconds + _GRACE_SECONDS)
    try:
        return _valued(function(*arguments, **named), limits.max_result_bytes)
    except PullquoteError as error:
        return _refused(error)
    except MemoryError:
        return Outcome(reason=f"reading it takes more than {in_words(limits.max_memory_bytes)}")
    except RecursionError:
        return Outcome(reason="it is nested too deeply")
    except BaseException as error:  # noqa: BLE001 whatever a parser raises, even SystemExit
        return Outcome(reason=f"it cannot be read: {type(error).__name__}")
    finally:
        _set_alarm(0)


def _valued(value: object, max_bytes: int) -> Outcome:
    try:
        pickled = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    except (pickle.PicklingError, TypeError, AttributeError):
        return Outcome(reason=f"what was read of it, a {type(value).__name__}, cannot be sent")
    if len(pickled) > max_bytes:
        return Outcome(reason=f"what was read of it is larger than {in_words(max_bytes)}")
    return Outcome(value=pickled)


def _refused(error: PullquoteError) -> Outcome:
    """Send an error of ours as it is, where it can be made again on the other side."""
    try:
        pickled = pickle.dumps(error, pickle.HIGHEST_PROTOCOL)
        pickle.loads(pickled)  # noqa: S301 made on the line above
    except Exception:  # noqa: BLE001 an error may be made by any code
        return Outcome(reason=str(error))
    return Outcome(error=pickled)


def _set_alarm(seconds: float) -> None:
    """End this process in so many seconds, whatever it does then; 0 takes that back."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _limit_memory(max_bytes: int) -> None:
    """Limit the address space, where the system can. Python's own share is not the task's."""
    if sys.platform == "win32":
        return
    import resource

    # some systems have the limit in name only, and refuse to set it
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (_size() + max_bytes,) * 2)


def _size() -> int:
    """How large this process' address space is; 0 where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except (OSError, ValueError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")
