from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from benchmarks.soak.vital_signs import vital_signs

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells of them so")


def test_files_that_are_opened_are_seen(tmp_path: Path):
    before = vital_signs(os.getpid())
    with (tmp_path / "a").open("w"), (tmp_path / "b").open("w"):
        meanwhile = vital_signs(os.getpid())
    after = vital_signs(os.getpid())
    assert before is not None
    assert meanwhile is not None
    assert meanwhile.open_files == before.open_files + 2
    assert after is not None
    assert after.open_files == before.open_files


def test_memory_that_is_used_is_seen():
    before = vital_signs(os.getpid())
    held = bytearray(os.urandom(1 << 20) * 64)
    after = vital_signs(os.getpid())
    assert before is not None
    assert after is not None
    assert after.private - before.private > 32
    assert after.private <= after.resident
    del held


def test_of_a_process_that_is_gone_nothing_is_told():
    assert vital_signs(0) is None
