"""A file that says it is a backup is read whole or refused in a sentence, whatever is in it."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.operations.archive import (
    Contents,
    check_archive,
    described,
    read_contents,
    write_archive,
)
from bot.operations.errors import OperationError
from index.errors import PullquoteError

if TYPE_CHECKING:
    from pathlib import Path

NAME = "pullquote.sqlite3"
DATA = b"The bridge is closed. " * 300


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("archive")
    (folder / NAME).write_bytes(DATA)
    return folder


@pytest.fixture(scope="module")
def contents(folder) -> Contents:
    made_at = datetime(2026, 3, 4, 12, tzinfo=UTC)
    return Contents("1.0", made_at, (described(folder / NAME, schema=4),))


@pytest.fixture(scope="module")
def archive(folder, contents) -> bytes:
    target = io.BytesIO()
    write_archive(target, folder, contents)
    return target.getvalue()


def opened(path: Path, raw: bytes) -> Contents:
    path.write_bytes(raw)
    found = read_contents(path)
    check_archive(path, found)
    return found


def test_what_was_written_is_read(folder, archive, contents):
    assert opened(folder / "a.zip", archive) == contents


@given(where=st.floats(0, 1, exclude_max=True), byte=st.integers(1, 255))
def test_whatever_byte_is_another_it_is_refused_or_the_same(folder, archive, contents, where, byte):
    raw = bytearray(archive)
    raw[int(where * len(raw))] ^= byte
    found, told = None, ""
    try:
        found = opened(folder / "b.zip", bytes(raw))
    except PullquoteError as error:
        told = str(error)
    assert found == contents if not told else "\n" not in told


def test_another_way_to_pack_is_refused(folder, archive):
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name), zipfile.ZIP_LZMA)
    with pytest.raises(OperationError, match="packed in another way"):
        opened(folder / "c.zip", target.getvalue())


def test_what_is_encrypted_is_refused(folder, archive):
    raw = bytearray(archive)
    # bit 0 of the flags, in each entry of the directory (APPNOTE.TXT 4.3.12 and 4.4.4)
    at = raw.find(b"PK\1\2")
    while at >= 0:
        raw[at + 8] |= 1
        at = raw.find(b"PK\1\2", at + 1)
    with pytest.raises(OperationError, match="encrypted"):
        opened(folder / "d.zip", bytes(raw))


@pytest.mark.parametrize(
    "manifest",
    [
        "[" * 100_000,
        "\ud800",
        "null",
        json.dumps({"format": 1, "version": "1.0", "made_at": "2026-03-04T12:00:00", "files": []}),
        json.dumps({"format": "1", "version": "1.0"}),
    ],
    ids=["deep", "no text", "nothing", "a time without a zone", "a format that is no number"],
)
def test_a_manifest_that_makes_no_sense_is_refused(folder, manifest):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as new:
        new.writestr("manifest.json", manifest.encode("utf-8", "surrogatepass"))
    with pytest.raises(OperationError, match="makes no sense"):
        opened(folder / "e.zip", target.getvalue())
