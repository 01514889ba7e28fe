import errno
import json
import os
import struct
import subprocess
import sys
import time
import zlib
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import DamagedSegmentError, OutdatedSegmentError, StorageError
from index.storage.segments import segment_header
from index.storage.segments.faults import translated_errors
from index.storage.segments.segment_file import (
    FORMAT_VERSION,
    SegmentFile,
    open_segment_file,
    write_segment_file,
)

PREFIX = struct.Struct("<8sIIQII")
META = {"passages": 3, "recipe": "é\ud800\x00", "average": 2.5, "none": None}
ARRAYS = {
    "lengths": [np.array([3, 1], "u4"), np.array([2], "u4")],
    "nothing": [np.array([], "f8")],
    "flags": [np.array([True, False, True])],
    "ids": [np.arange(40, dtype="i8")],
}
TYPES = ["?", "i1", "u1", "<u2", ">u2", "<i4", ">u4", "<i8", ">i8", "<f4", ">f4", "<f8", ">f8"]


@st.composite
def array_chunks(draw):
    dtype = np.dtype(draw(st.sampled_from(TYPES)))
    lengths = draw(st.lists(st.integers(0, 40), min_size=1, max_size=4))
    data = draw(st.binary(min_size=40 * dtype.itemsize, max_size=40 * dtype.itemsize))
    if dtype.kind == "b":
        data = bytes(byte & 1 for byte in data)
    step = draw(st.sampled_from([1, 2, -1]))
    return [np.frombuffer(data, dtype)[:length][::step] for length in lengths]


JSON = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
JSON = JSON.filter(lambda value: value not in {float("inf"), float("-inf")})


def written(folder: Path, meta=META, arrays=ARRAYS) -> Path:
    path = folder / "000001-0000abcd.segment"
    path.unlink(missing_ok=True)
    write_segment_file(path, meta, arrays)
    return path


def plain(segment: SegmentFile) -> dict[str, tuple[str, bytes]]:
    return {name: (array.dtype.str, array.tobytes()) for name, array in segment.arrays.items()}


def joined(arrays) -> dict[str, tuple[str, bytes]]:
    both = {name: np.concatenate(chunks) for name, chunks in arrays.items()}
    little = {name: array.astype(array.dtype.newbyteorder("<")) for name, array in both.items()}
    return {name: (array.dtype.str, array.tobytes()) for name, array in little.items()}


def region_starts(data: bytes) -> list[int]:
    """Where each field, the description, its padding, and each array begins, and the end."""
    length = PREFIX.unpack_from(data)[2]
    start = segment_header.aligned(PREFIX.size + length)
    entries = json.loads(data[PREFIX.size : PREFIX.size + length])["arrays"].values()
    arrays = [start + offset for _, _, offset, _ in entries]
    return [0, 8, 12, 16, 24, 28, PREFIX.size, PREFIX.size + length, *arrays, len(data)]


def with_description(
    description: object, version: int = FORMAT_VERSION, tail: bytes = b""
) -> bytes:
    """A file whose checksums are right, whatever it says."""
    text = json.dumps(description).encode()
    body = text.ljust(segment_header.aligned(PREFIX.size + len(text)) - PREFIX.size, b"\0") + tail
    fields = (segment_header.MAGIC, version, len(text), PREFIX.size + len(body), zlib.crc32(text))
    prefix = PREFIX.pack(*fields, 0)[:-4]
    return prefix + struct.pack("<I", zlib.crc32(prefix)) + body


@settings(deadline=None)
@given(
    meta=st.dictionaries(st.text(), JSON, max_size=4),
    arrays=st.dictionaries(st.text(), array_chunks(), max_size=5),
)
def test_what_is_written_is_read(meta, arrays):
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.segment"
        size = write_segment_file(path, meta, arrays)
        segment = open_segment_file(path)
        segment.verify()
        assert size == path.stat().st_size
        assert segment.meta == meta
        assert plain(segment) == joined(arrays)


def test_arrays_are_read_only_and_aligned(tmp_path):
    for array in open_segment_file(written(tmp_path)).arrays.values():
        assert not array.flags.writeable
        assert array.ctypes.data % 64 == 0


def test_an_array_outlives_its_segment_and_its_file(tmp_path):
    path = written(tmp_path)
    ids = open_segment_file(path).arrays["ids"]
    path.unlink()
    assert ids.tolist() == list(range(40))


def test_opening_a_large_segment_reads_none_of_its_arrays(tmp_path):
    path = written(tmp_path, {}, {"large": [np.zeros(1 << 20, "u8")] * 4})
    times = []
    for _ in range(20):
        started = time.perf_counter()
        open_segment_file(path)
        times.append(time.perf_counter() - started)
    assert min(times) < 0.001


def test_arrays_longer_than_a_slice_are_verified_to_their_end(tmp_path):
    path = written(tmp_path, {}, {"large": [np.zeros(3_000_001, "u1")]})
    open_segment_file(path).verify()
    data = bytearray(path.read_bytes())
    data[-1] = 1
    path.write_bytes(data)
    with pytest.raises(DamagedSegmentError, match="its array 'large' has changed"):
        open_segment_file(path).verify()


def test_no_changed_byte_goes_unnoticed(tmp_path):
    path = written(tmp_path)
    good = path.read_bytes()
    expected, unnoticed = plain(open_segment_file(path)), []
    for position in range(len(good)):
        for change in (0x01, 0xFF):
            data = bytearray(good)
            data[position] ^= change
            path.write_bytes(data)
            try:
                segment = open_segment_file(path)
                segment.verify()
            except DamagedSegmentError:
                continue
            unnoticed.append(position)
            assert plain(segment) == expected
    # only padding may change, since nothing is made of it
    assert all(good[position] == 0 for position in unnoticed)
    assert len(unnoticed) < 3 * 2 * 64


def test_a_file_that_is_cut_short_anywhere_is_damaged(tmp_path):
    path = written(tmp_path)
    good = path.read_bytes()
    for start in region_starts(good):
        for length in {start - 1, start, start + 1} & set(range(len(good))):
            path.write_bytes(good[:length])
            with pytest.raises(DamagedSegmentError, match=r"is damaged \(.+\); it is built again"):
                open_segment_file(path)


def test_a_file_that_has_grown_is_damaged(tmp_path):
    path = written(tmp_path)
    path.write_bytes(path.read_bytes() + b"\0")
    with pytest.raises(DamagedSegmentError, match=r"has \d+ bytes instead of \d+"):
        open_segment_file(path)


@settings(deadline=None)
@given(data=st.binary(max_size=200), begins_well=st.booleans())
def test_any_other_bytes_are_damaged(data, begins_well):
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.segment"
        path.write_bytes(segment_header.MAGIC * begins_well + data)
        with pytest.raises(DamagedSegmentError):
            open_segment_file(path)


@pytest.mark.parametrize(
    "description",
    [
        [],
        {},
        {"meta": {}},
        {"meta": 1, "arrays": {}},
        {"meta": {}, "arrays": []},
        {"meta": {}, "arrays": {"a": ["<u4", 1, 0]}},
        {"meta": {}, "arrays": {"a": ["<u4", -1, 0, 0]}},
        {"meta": {}, "arrays": {"a": ["<u4", 1, -64, 0]}},
        {"meta": {}, "arrays": {"a": ["<u4", 1, 4, 0]}},
        {"meta": {}, "arrays": {"a": ["<u4", 1.0, 0, 0]}},
        {"meta": {}, "arrays": {"a": ["<u4", 17, 0, 0]}},
        {"meta": {}, "arrays": {"a": ["<u4", 1, 1 << 70, 0]}},
        {"meta": {}, "arrays": {"a": ["O", 1, 0, 0]}},
        {"meta": {}, "arrays": {"a": ["S4", 1, 0, 0]}},
        {"meta": {}, "arrays": {"a": ["nonsense", 1, 0, 0]}},
    ],
)
def test_a_header_that_makes_no_sense_is_damaged(tmp_path, description):
    path = tmp_path / "a.segment"
    path.write_bytes(with_description(description, tail=bytes(64)))
    with pytest.raises(DamagedSegmentError, match=r"makes no sense|beyond its end"):
        open_segment_file(path)


def test_another_format_version_is_outdated(tmp_path):
    path = tmp_path / "a.segment"
    path.write_bytes(with_description({"unheard": "of"}, version=FORMAT_VERSION + 1))
    with pytest.raises(
        OutdatedSegmentError, match=rf"another version of Pullquote \(format {FORMAT_VERSION + 1}"
    ):
        open_segment_file(path)


def test_a_file_that_is_gone_is_told_apart(tmp_path):
    with pytest.raises(FileNotFoundError):
        open_segment_file(tmp_path / "a.segment")


def test_a_folder_in_place_of_a_segment_is_told(tmp_path):
    with pytest.raises(StorageError, match="check the path and its permissions"):
        open_segment_file(tmp_path)


def test_a_segment_is_never_written_over(tmp_path):
    path = written(tmp_path)
    before = path.read_bytes()
    with pytest.raises(FileExistsError):
        write_segment_file(path, {}, {})
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("meta", "arrays"),
    [
        ({"a": object()}, {}),
        ({"a": float("nan")}, {}),
        ({}, {"a": []}),
        ({}, {"a": [np.array(["word"])]}),
        ({}, {"a": [np.array([object()])]}),
        ({}, {"a": [np.zeros((2, 2))]}),
        ({}, {"a": [np.zeros(1, "u4"), np.zeros(1, "u8")]}),
    ],
)
def test_what_cannot_be_stored_leaves_no_file(tmp_path, meta, arrays):
    with pytest.raises((TypeError, ValueError)):
        write_segment_file(tmp_path / "a.segment", meta, arrays)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_told(tmp_path):
    with pytest.raises(StorageError, match=r"No such file.*; check the path"):
        write_segment_file(tmp_path / "none" / "a.segment", {}, {})


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit on the size of files")
def test_a_write_that_fails_half_way_leaves_no_file(tmp_path):
    program = (
        "import resource, sys; from pathlib import Path; import numpy as np;"
        "from index.errors import StorageError;"
        "from index.storage.segments.segment_file import write_segment_file\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))\n"
        "try: write_segment_file(Path(sys.argv[1]), {}, {'a': [np.zeros(500_000)] * 3})\n"
        "except StorageError as error: print(error)"
    )
    done = subprocess.run(  # noqa: S603 (our own program)
        [sys.executable, "-c", program, str(tmp_path / "a.segment")],
        capture_output=True,
        check=True,
        text=True,
    )
    assert "File too large" in done.stdout
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_is_told(number):
    with (
        pytest.raises(StorageError, match=r"^The disk that holds a\.segment is full; free some"),
        translated_errors(Path("a.segment")),
    ):
        raise OSError(number, os.strerror(number))
