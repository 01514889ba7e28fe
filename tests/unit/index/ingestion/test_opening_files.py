from __future__ import annotations

import gzip
import hashlib
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from index.errors import FileRefusedError
from index.ingestion.folder import FoundFile, find_files
from index.ingestion.limits import Limits
from index.ingestion.reading import content_hash

if TYPE_CHECKING:
    from collections.abc import Callable

STORY = b'{"text": "Rain fell on Monday in the north."}\n'
FOLDER = Path(tempfile.gettempdir())


def test_a_content_hash_is_that_of_the_bytes_on_disk(tmp_path: Path):
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(STORY * 100_000))

    expected = hashlib.sha256(path.read_bytes()).hexdigest()
    assert content_hash(FoundFile(path, path.stat().st_size)) == expected


def swap_for_a_link(path: Path) -> None:
    path.unlink()
    path.symlink_to("/etc/passwd")


def swap_for_a_fifo(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def swap_for_a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def swap_its_folder_for_a_link(path: Path) -> None:
    path.parent.rename(path.parent.with_name("elsewhere"))
    path.parent.symlink_to("elsewhere")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (Path.unlink, "there is no such file"),
        (swap_for_a_link, "a link"),
        (swap_for_a_fifo, "not a regular file"),
        (swap_for_a_folder, "not a regular file"),
        (swap_its_folder_for_a_link, "or is a link"),
    ],
)
def test_a_file_that_changed_into_something_else_since_it_was_found_is_refused(
    tmp_path: Path, read: Callable[..., Any], change: Callable[[Path], None], reason: str
):
    path = tmp_path / "in" / "a.jsonl"
    path.parent.mkdir()
    path.write_bytes(STORY)
    (found,), _ = find_files([tmp_path], Limits())
    change(path)

    with pytest.raises(FileRefusedError, match=reason):
        content_hash(found)
    try:
        outcome = read("in/a.jsonl")
    except FileNotFoundError:
        return  # nothing is left to be read
    assert reason in outcome.refused


def test_no_file_stays_open_when_one_is_refused_or_left_half_read(
    tmp_path: Path, read: Callable[..., Any]
):
    open_files = Path("/proc/self/fd")
    before = len(list(open_files.iterdir()))
    os.mkfifo(tmp_path / "fifo.txt")
    for _ in range(5):
        read("fifo.txt")
        read("a.jsonl", b"\x00\n" * 10)
        read("b.jsonl.gz", b"no gzip")

    assert len(list(open_files.iterdir())) == before


def test_a_file_that_may_not_be_read_is_refused():
    user = os.geteuid()
    with tempfile.TemporaryDirectory(dir=FOLDER) as name:
        folder = Path(name).resolve()
        folder.chmod(0o755)
        path = folder / "closed.txt"
        path.write_text("secret")
        path.chmod(0)
        if user == 0:
            os.seteuid(65534)
        try:
            with pytest.raises(FileRefusedError, match="permission"):
                content_hash(FoundFile(path, 6))
        finally:
            os.seteuid(user)


def test_a_file_that_grew_beyond_its_limit_since_it_was_found_is_refused(
    read: Callable[..., Any],
):
    outcome = read("a.txt", b"x" * 101, Limits(max_file_bytes=100))

    assert outcome.refused == "its content is larger than the limit of 100 bytes; split it"


def test_a_gzip_bomb_is_stopped_at_the_limit(read: Callable[..., Any]):
    bomb = gzip.compress(b"text\n" + b"\n" * (8 << 20), compresslevel=1)
    limits = Limits(max_file_bytes=1 << 20, max_stream_bytes=1 << 20)

    for name in ("a.jsonl.gz", "a.json.gz", "a.csv.gz"):
        assert "limit of 1 MiB" in read(name, bomb, limits).refused


@pytest.mark.parametrize(
    "content",
    [
        b"no gzip at all",
        gzip.compress(STORY, mtime=0)[:-9],
        gzip.compress(STORY, mtime=0)[:5],
        b"\x1f\x8b\x08\x00junk",
    ],
)
def test_damaged_gzip_data_is_refused(read: Callable[..., Any], content: bytes):
    assert "damaged" in read("a.json.gz", content).refused


def test_what_came_before_the_damage_is_sound(read: Callable[..., Any]):
    lines = b"".join(
        b'{"id": %d, "text": "%s"}\n' % (n, os.urandom(500).hex().encode()) for n in range(2000)
    )

    outcome = read("a.jsonl.gz", gzip.compress(lines)[:-100])

    assert "damaged" in outcome.refused
    assert 0 < len(outcome.articles) < 2000


def test_a_gzip_file_of_many_members_is_read_through(read: Callable[..., Any]):
    assert len(read("a.jsonl.gz", gzip.compress(STORY) * 3).articles) == 3
