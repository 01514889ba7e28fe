from __future__ import annotations

import hashlib
import os
import socket
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from index.ingestion.folder import Refusal, find_files, list_files
from index.ingestion.limits import Limits
from index.ingestion.reading import content_hash

if TYPE_CHECKING:
    from collections.abc import Iterator

NOBODY = 65534


def write(path: Path, content: str = "A story about rain.") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content)
    return path


def names(root: Path, *given: Path) -> list[str]:
    found, _ = find_files(given or [root], Limits())
    return [file.path.relative_to(root).as_posix() for file in found]


def reasons(*given: Path, limits: Limits | None = None) -> dict[str, str]:
    _, refusals = find_files(given, limits or Limits())
    return {refusal.path.name: refusal.reason for refusal in refusals}


def test_every_supported_kind_is_found_in_the_order_of_paths(tmp_path: Path):
    wanted = ["B.TXT", "a.md", "c/d/e.jsonl", "c/f.html", "g.json.gz", "h.csv.gz", "i.ndjson"]
    for name in reversed(wanted):
        write(tmp_path / name)

    assert names(tmp_path) == wanted


def test_sizes_are_those_on_disk(tmp_path: Path):
    write(tmp_path / "a.txt", "12345")

    (file,), refusals = find_files([tmp_path], Limits())

    assert (file.path, file.size, refusals) == (tmp_path / "a.txt", 5, [])


def test_hidden_names_are_passed_over_in_silence(tmp_path: Path):
    write(tmp_path / ".git" / "a.txt")
    write(tmp_path / ".b.txt")

    listing = list_files([tmp_path], Limits())

    assert (listing.files, listing.refusals, listing.ignored) == ([], [], [])


def test_a_hidden_file_that_a_person_names_is_found(tmp_path: Path):
    write(tmp_path / ".b.txt")

    assert names(tmp_path, tmp_path / ".b.txt") == [".b.txt"]


def test_other_kinds_inside_a_folder_are_listed_but_not_refused(tmp_path: Path):
    for name in ("a.pdf", "b", "c.gz", "d.txt.gz"):
        write(tmp_path / name)

    listing = list_files([tmp_path], Limits())

    assert [path.name for path in listing.ignored] == ["a.pdf", "b", "c.gz", "d.txt.gz"]
    assert listing.refusals == []


def test_an_unsupported_file_that_a_person_names_is_refused_with_the_kinds_that_are_read(
    tmp_path: Path,
):
    pdf = write(tmp_path / "a.pdf")

    assert ".jsonl" in reasons(pdf)["a.pdf"]


def test_a_path_that_is_not_there_is_refused(tmp_path: Path):
    assert reasons(tmp_path / "gone.txt") == {"gone.txt": "there is no such file or folder"}


def test_a_path_with_a_nul_is_refused():
    assert "name" in reasons(Path("a\0b.txt"))["a\0b.txt"]


def test_what_is_given_twice_or_inside_another_is_found_once(tmp_path: Path):
    file = write(tmp_path / "in" / "a.txt")
    link = tmp_path / "link.txt"
    link.symlink_to(file)

    assert names(tmp_path, file.parent, tmp_path / "in", file, link, file) == ["in/a.txt"]


def test_a_refusal_is_told_once(tmp_path: Path):
    gone = tmp_path / "gone"

    assert len(find_files([gone, gone], Limits())[1]) == 1


def test_a_folder_given_through_a_link_is_followed(tmp_path: Path):
    file = write(tmp_path / "real" / "a.txt")
    (tmp_path / "link").symlink_to(tmp_path / "real")

    (found,), _ = find_files([tmp_path / "link"], Limits())

    assert found.path == file


@pytest.mark.parametrize("target", ["secret.txt", ".", "nowhere", "/etc/passwd"])
def test_links_inside_a_folder_are_refused_and_never_followed(tmp_path: Path, target: str):
    write(tmp_path / "secret.txt")
    write(tmp_path / "folder" / "a.txt")
    (tmp_path / "folder" / "link.txt").symlink_to(tmp_path / target)

    assert names(tmp_path, tmp_path / "folder") == ["folder/a.txt"]
    assert "not followed" in reasons(tmp_path / "folder")["link.txt"]


def test_a_link_in_a_circle_is_refused(tmp_path: Path):
    link = tmp_path / "round.txt"
    link.symlink_to(link)

    assert "circle" in reasons(link)["round.txt"]


def test_fifos_and_sockets_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    os.mkfifo(tmp_path / "fifo.txt")
    monkeypatch.chdir(tmp_path)  # a socket's path must be short
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket.txt")
        expected = {"fifo.txt": "not a regular file", "socket.txt": "not a regular file"}

        assert reasons(tmp_path) == expected
        assert reasons(tmp_path / "fifo.txt", tmp_path / "socket.txt") == expected


def test_a_device_is_refused():
    assert reasons(Path("/dev/null")) == {"null": "not a regular file"}


def test_each_kind_has_its_size_limit(tmp_path: Path):
    for name in ("a.txt", "b.jsonl", "c.json.gz"):
        write(tmp_path / name, "x" * 50)
    write(tmp_path / "d.csv", "x" * 101)
    limits = Limits(max_file_bytes=49, max_stream_bytes=100)

    assert [file.path.name for file in find_files([tmp_path], limits)[0]] == [
        "b.jsonl",
        "c.json.gz",
    ]
    assert reasons(tmp_path, limits=limits) == {
        "a.txt": "larger than the limit of 49 bytes; split it",
        "d.csv": "larger than the limit of 100 bytes; split it",
    }


def test_names_that_are_no_text_are_refused_on_one_line(tmp_path: Path):
    bad = tmp_path / os.fsdecode(b"caf\xe9.txt")
    bad.write_text("x")
    (tmp_path / os.fsdecode(b"dir\xff")).mkdir()
    (tmp_path / os.fsdecode(b"dir\xff") / "a.txt").write_text("x")

    _, refusals = find_files([tmp_path, bad], Limits())

    assert [str(refusal).removeprefix(tmp_path.as_posix()) for refusal in refusals] == [
        r"/caf\xe9.txt: its name is not valid UTF-8; rename it",
        r"/dir\xff: its name is not valid UTF-8; rename it",
    ]


def test_a_refusal_is_one_line_whatever_the_name():
    refusal = Refusal(Path("/a\nb\x1b[31m\u202e\\.txt"), "too odd", 3)

    assert str(refusal) == r"/a\u000ab\u001b[31m\u202e\\.txt:3: too odd"


def test_a_deep_tree_is_searched_without_recursion(tmp_path: Path):
    folder = tmp_path
    for _ in range(1200):  # deeper than Python's recursion limit, shorter than the longest path
        folder /= "d"
        folder.mkdir()
    file = write(folder / "a.txt")
    try:
        (found,), _ = find_files([tmp_path], Limits())
        assert found.path == file
        assert content_hash(found) == hashlib.sha256(file.read_bytes()).hexdigest()
    finally:
        file.unlink()
        while folder != tmp_path:  # what clears up after pytest is recursive
            folder.rmdir()
            folder = folder.parent


@pytest.fixture
def open_to_all() -> Iterator[Path]:
    """A folder that another user may enter: pytest's own may not be."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name).resolve()


@pytest.fixture
def as_nobody(open_to_all: Path) -> Iterator[Path]:
    """Give up root's right to read everything, when the tests run as root."""
    user = os.geteuid()
    write(open_to_all / "a.txt")
    write(open_to_all / "closed.txt").chmod(0)
    write(open_to_all / "folder" / "b.txt").parent.chmod(0)
    write(open_to_all / "listed" / "c.txt").parent.chmod(0o444)
    if user == 0:
        os.seteuid(NOBODY)
    try:
        yield open_to_all
    finally:
        os.seteuid(user)
        for name in ("folder", "listed"):
            (open_to_all / name).chmod(0o755)


def test_a_folder_that_may_not_be_read_costs_only_itself(as_nobody: Path):
    assert names(as_nobody) == ["a.txt", "closed.txt"]
    assert "permission" in reasons(as_nobody)["folder"]
    assert "permission" in reasons(as_nobody)["c.txt"]
    assert "permission" in reasons(as_nobody / "folder" / "b.txt")["b.txt"]
