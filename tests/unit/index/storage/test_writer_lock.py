import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

from index.errors import IndexingInProgressError, StorageError, WriterBusyError
from index.storage.segments.writer_lock import WriterLock

HOLDER = """
import subprocess, sys, time
from pathlib import Path
from index.storage.segments.writer_lock import WriterLock
with WriterLock(Path(sys.argv[1])):
    if sys.argv[2] == "True":
        program = "input(); print('worker', flush=True)"
        subprocess.Popen([sys.executable, "-c", program], close_fds=False)
    print("held", flush=True)
    time.sleep(60) if sys.argv[2] == "True" else sys.stdin.read()
"""


@contextmanager
def another_process(path: Path, *, starts_worker: bool = False):
    """A process that holds the lock until its input ends, or is killed with a worker running."""
    with subprocess.Popen(  # noqa: S603 (our own program)
        [sys.executable, "-c", HOLDER, str(path), str(starts_worker)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout.readline() == "held\n"
        try:
            yield process
        finally:
            process.kill()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "writer.lock"


def test_the_lock_can_be_had_again_once_it_is_free(path):
    lock = WriterLock(path)
    for _ in range(3):
        with lock:
            assert path.read_text(encoding="ascii") == f"{os.getpid()}\n"
        assert path.read_bytes() == b""


def test_another_process_is_refused_with_the_number_of_the_holder(path):
    with another_process(path) as process:
        message = rf"^Pullquote is already writing this index \(pid {process.pid}\); wait for it"
        with pytest.raises(WriterBusyError, match=message) as caught:
            WriterLock(path).acquire()
        assert isinstance(caught.value, IndexingInProgressError)
        process.communicate("")
        with WriterLock(path):
            pass


def test_a_holder_that_is_killed_frees_the_lock(path):
    with another_process(path) as process:
        process.kill()
        process.wait()
        with WriterLock(path):
            assert path.read_text(encoding="ascii") == f"{os.getpid()}\n"


def test_a_second_writer_in_the_same_process_is_refused(path):
    lock = WriterLock(path)
    with lock:
        for second in (WriterLock(path), lock):
            with pytest.raises(WriterBusyError, match=f"pid {os.getpid()}"):
                second.acquire()
        with pytest.raises(WriterBusyError):
            WriterLock(path).acquire()
    with WriterLock(path):
        pass


def test_a_holder_that_has_not_left_its_number_yet_is_told_without(path):
    with WriterLock(path):
        path.write_bytes(b"")
        with pytest.raises(WriterBusyError, match="already writing this index; wait"):
            WriterLock(path).acquire()


def test_an_error_inside_frees_the_lock(path):
    with pytest.raises(ValueError, match="stop"), WriterLock(path):
        raise ValueError("stop")
    with WriterLock(path):
        pass


def test_releasing_what_is_not_held_does_nothing(path):
    WriterLock(path).release()
    assert not path.exists()


def test_a_program_that_the_holder_started_does_not_keep_the_lock(path):
    with another_process(path, starts_worker=True) as process:
        process.kill()
        process.wait()
        with WriterLock(path):
            # the worker still runs: nobody else has the other end of what it waits for
            process.stdin.write("\n")
            process.stdin.flush()
            assert process.stdout.readline() == "worker\n"


def test_a_folder_that_is_not_there_is_told(tmp_path):
    with pytest.raises(StorageError, match="check the path and its permissions"):
        WriterLock(tmp_path / "none" / "writer.lock").acquire()
