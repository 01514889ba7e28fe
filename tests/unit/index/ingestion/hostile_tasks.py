"""Tasks that overdo, as a module that a worker process can import."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

from index.errors import ArticleRefusedError, SourceError


class PeculiarError(SourceError):
    def __init__(self, reason: str, *, is_passing: bool):
        super().__init__(reason)
        self.is_passing = is_passing


def own_id() -> int:
    return os.getpid()


def doubled(number: int, *, plus: int = 0) -> int:
    return 2 * number + plus


def after(seconds: float) -> str:
    time.sleep(seconds)
    return "done"


def refuses() -> None:
    raise ArticleRefusedError("nothing on it is an article")


def refuses_in_its_own_way() -> None:
    raise PeculiarError("the server is in trouble", is_passing=True)


def loops_in_python() -> None:
    while True:
        pass


def loops_in_c() -> None:
    sum(range(10**18))


def loops_having_told(path: str) -> None:
    Path(path).write_text(str(os.getpid()), encoding="ascii")
    sum(range(10**18))


def hogs_memory() -> int:
    hoard = []
    while True:
        hoard.append(bytearray(50 << 20))


def ends_its_process() -> None:
    os._exit(0)


def leaves() -> None:
    sys.exit("enough")


def is_killed() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def recurses(depth: int = 0) -> int:
    return recurses(depth + 1) + 1


def divides() -> float:
    return 1 / 0


def cannot_be_sent() -> object:
    return lambda: None


def nested_result() -> list[object]:
    result: list[object] = []
    for _ in range(100_000):
        result = [result]
    return result


def large_result() -> bytes:
    return bytes(3 << 20)


def receives_interrupts() -> bool:
    os.kill(os.getpid(), signal.SIGINT)
    return True


def has_loaded(name: str) -> bool:
    return name in sys.modules
