import os
import re
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from index.errors import DamagedSegmentError, StorageError
from index.storage.segments.directory import SegmentDirectory
from index.storage.segments.manifest import Manifest, SegmentEntry
from index.storage.segments.segment_file import open_segment_file, write_segment_file

WRITER = """
import sys
from itertools import count
from pathlib import Path
import numpy as np
from index.storage.segments.directory import SegmentDirectory
from index.storage.segments.manifest import Manifest, SegmentEntry
from index.storage.segments.segment_file import write_segment_file
directory = SegmentDirectory(Path(sys.argv[1]))
last = directory.read()
for generation in count(last.generation + 1 if last else 1):
    name = directory.new_name()
    write_segment_file(directory.path_of(name), {}, {"generation": [np.array([generation])] * 9})
    segments = (last.segments if last else ())[-2:] + (SegmentEntry(name, 9, np.array([1])),)
    last = Manifest(generation, "words", segments, generation, "token", generation)
    directory.commit(last)
    print(generation, flush=True)
    directory.collect_garbage(last)
"""


@contextmanager
def writing_process(directory: SegmentDirectory):
    """A process that commits without end, and is killed wherever it happens to be."""
    with subprocess.Popen(  # noqa: S603 (our own program)
        [sys.executable, "-c", WRITER, str(directory.path)], stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def generations_in(directory: SegmentDirectory, manifest: Manifest) -> list[int]:
    segments = [open_segment_file(directory.path_of(s.name)) for s in manifest.segments]
    for segment in segments:
        segment.verify()
    return [int(segment.arrays["generation"][0]) for segment in segments]


@pytest.fixture
def directory(tmp_path):
    made = SegmentDirectory(tmp_path / "news" / "segments")
    made.create()
    return made


def manifest_of(generation: int, *names: str) -> Manifest:
    segments = tuple(SegmentEntry(name, 1, np.array([], "u4")) for name in names)
    return Manifest(generation, "words", segments, generation, "token", generation)


def add_segment(directory: SegmentDirectory) -> str:
    name = directory.new_name()
    write_segment_file(directory.path_of(name), {}, {"ids": [np.arange(5)]})
    return name


def names_in(directory: SegmentDirectory) -> set[str]:
    return {path.name for path in directory.path.iterdir()}


def test_where_nothing_was_committed_there_is_no_manifest(directory, tmp_path):
    assert directory.read() is None
    assert directory.signature() == ()
    assert SegmentDirectory(tmp_path / "none").read() is None


def test_making_a_folder_that_is_there_changes_nothing(directory):
    directory.commit(manifest_of(1))
    directory.create()
    assert directory.read() == manifest_of(1)


def test_the_last_commit_is_read(directory):
    for generation in range(1, 4):
        manifest = manifest_of(generation, add_segment(directory))
        directory.commit(manifest)
        assert SegmentDirectory(directory.path).read() == manifest
    assert "manifest.json" in names_in(directory)
    assert not [name for name in names_in(directory) if name.endswith(".tmp")]


def test_names_are_new_and_numbered(directory):
    first = add_segment(directory)
    assert re.fullmatch(r"000001-[0-9a-f]{8}\.segment", first)
    directory.path_of("000041-0000abcd.segment").touch()
    directory.path_of("notes.txt").touch()
    names = {directory.new_name() for _ in range(100)}
    assert len(names) == 100
    assert all(name.startswith("000042-") for name in names)


def test_the_signature_changes_with_each_commit_however_quick(directory):
    seen = {directory.signature()}
    for _ in range(50):
        # the same size each time
        directory.commit(manifest_of(1))
        assert directory.signature() not in seen
        assert directory.signature() == directory.signature()
        seen.add(directory.signature())


def test_a_clock_that_is_set_back_does_not_hide_a_commit(directory):
    directory.commit(manifest_of(1))
    ahead = 5_000_000_000 * 10**9
    os.utime(directory.path_of("manifest.json"), ns=(ahead, ahead))
    before = directory.signature()
    directory.commit(manifest_of(1))
    assert directory.signature()[0] > before[0]


def killed_before_the_temporary_file(_: Path, __: bytes) -> None:
    pass


def killed_with_an_empty_temporary_file(folder: Path, _: bytes) -> None:
    (folder / "manifest.json.0000abcd.tmp").touch()


def killed_while_writing(folder: Path, data: bytes) -> None:
    (folder / "manifest.json.0000abcd.tmp").write_bytes(data[: len(data) // 2])


def killed_before_renaming(folder: Path, data: bytes) -> None:
    (folder / "manifest.json.0000abcd.tmp").write_bytes(data)


def killed_after_renaming(folder: Path, data: bytes) -> None:
    killed_before_renaming(folder, data)
    (folder / "manifest.json.0000abcd.tmp").replace(folder / "manifest.json")


@pytest.mark.parametrize(
    ("kill", "survivor"),
    [
        (killed_before_the_temporary_file, 1),
        (killed_with_an_empty_temporary_file, 1),
        (killed_while_writing, 1),
        (killed_before_renaming, 1),
        (killed_after_renaming, 2),
    ],
)
def test_a_commit_that_is_killed_leaves_the_old_or_the_new_manifest(directory, kill, survivor):
    old = manifest_of(1, add_segment(directory))
    directory.commit(old)
    new = manifest_of(2, *(s.name for s in old.segments), add_segment(directory))
    kill(directory.path, new.encode())
    found = directory.read()
    assert found == (old, new)[survivor - 1]
    directory.collect_garbage(found)
    assert names_in(directory) == {"manifest.json"} | {s.name for s in found.segments}
    for segment in found.segments:
        open_segment_file(directory.path_of(segment.name)).verify()
    directory.commit(replace(new, generation=3, segments=found.segments))
    assert directory.read().generation == 3


@pytest.mark.parametrize("seconds", [0.0, 0.0123, 0.0456, 0.0789])
def test_a_writer_that_is_killed_leaves_all_that_it_said_it_committed(directory, seconds):
    directory.commit(manifest_of(0))
    with writing_process(directory) as process:
        told = [process.stdout.readline()]
        time.sleep(seconds)
        process.kill()
        told += process.stdout.readlines()
    found = directory.read()
    last_told = int([line for line in told if line.endswith("\n")][-1])
    assert last_told <= found.generation <= last_told + 1
    held = generations_in(directory, found)
    assert held == list(range(found.generation - len(held) + 1, found.generation + 1))
    directory.collect_garbage(found)
    assert names_in(directory) == {"manifest.json"} | {s.name for s in found.segments}


def test_who_reads_while_another_writes_sees_whole_states_only(directory):
    directory.commit(manifest_of(0))
    states, seen = 0, 0
    with writing_process(directory) as process:
        process.stdout.readline()
        while states < 200:
            before = directory.signature()
            manifest = directory.read()
            assert manifest.generation >= seen
            try:
                held = generations_in(directory, manifest)
            except FileNotFoundError:
                # overtaken: there is a newer one
                assert directory.signature() != before
                continue
            assert held[-1] == manifest.generation
            states, seen = states + 1, manifest.generation
    assert seen > 1


def test_a_first_commit_that_is_killed_leaves_none(directory):
    add_segment(directory)
    killed_before_renaming(directory.path, manifest_of(1).encode())
    assert directory.read() is None
    directory.collect_garbage(manifest_of(0))
    assert names_in(directory) == set()


def test_a_damaged_manifest_is_told_and_can_be_replaced(directory):
    directory.commit(manifest_of(1))
    directory.path_of("manifest.json").write_bytes(b"")
    with pytest.raises(DamagedSegmentError):
        directory.read()
    directory.commit(manifest_of(2))
    assert directory.read() == manifest_of(2)


def test_only_what_no_one_names_is_garbage(directory):
    kept, dropped = add_segment(directory), add_segment(directory)
    others = {"notes.txt", "writer.lock"}
    for name in others:
        directory.path_of(name).touch()
    manifest = manifest_of(1, kept)
    directory.commit(manifest)
    directory.collect_garbage(manifest)
    assert names_in(directory) == others | {kept, "manifest.json"}
    assert dropped not in names_in(directory)


@pytest.mark.skipif(os.name == "nt", reason="a mapped file cannot be deleted there")
def test_who_reads_a_segment_keeps_it_when_it_is_collected(directory):
    name = add_segment(directory)
    segment = open_segment_file(directory.path_of(name))
    directory.collect_garbage(manifest_of(1))
    with pytest.raises(FileNotFoundError):
        open_segment_file(directory.path_of(name))
    segment.verify()
    assert segment.arrays["ids"].tolist() == [0, 1, 2, 3, 4]


def test_what_cannot_be_deleted_waits_for_the_next_time(directory):
    # a folder stands for a file that the system holds on to
    held = "000001-0000abcd.segment"
    directory.path_of(held).mkdir()
    for _ in range(5):
        add_segment(directory)
    directory.collect_garbage(manifest_of(1))
    assert names_in(directory) == {held}
    directory.path_of(held).rmdir()
    directory.path_of(held).touch()
    directory.collect_garbage(manifest_of(1))
    assert names_in(directory) == set()


def test_a_manifest_that_cannot_be_put_in_place_leaves_nothing_behind(directory):
    directory.path_of("manifest.json").mkdir()
    with pytest.raises(StorageError, match="check the path and its permissions"):
        directory.commit(manifest_of(1))
    assert names_in(directory) == {"manifest.json"}


def test_a_folder_that_cannot_be_used_is_told(tmp_path):
    (tmp_path / "file").touch()
    directory = SegmentDirectory(tmp_path / "file" / "segments")
    for act in (
        directory.create,
        directory.new_name,
        directory.read,
        directory.signature,
        lambda: directory.commit(manifest_of(1)),
        lambda: directory.collect_garbage(manifest_of(1)),
    ):
        with pytest.raises(StorageError, match=r"; check the path and its permissions\.$"):
            act()
