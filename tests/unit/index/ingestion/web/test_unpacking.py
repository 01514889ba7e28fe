from __future__ import annotations

import contextlib
import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.ingestion.web.unpacking import UnpackingError, unpacker

PIECE = 1 << 16


def _raw_deflate(text: bytes) -> bytes:
    packing = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packing.compress(text) + packing.flush()


def _plain(text: bytes) -> bytes:
    return text


PACKINGS = [
    ("", _plain),
    ("identity", _plain),
    ("UTF-8", _plain),
    ("gzip", gzip.compress),
    (" X-GZIP ,", gzip.compress),
    ("identity, gzip", gzip.compress),
    ("deflate", zlib.compress),
    ("deflate", _raw_deflate),
]


def _unpacked(encoding: str, packed: bytes, step: int) -> bytes:
    unpacking = unpacker(encoding)
    pieces = [
        piece
        for start in range(0, len(packed), step)
        for piece in unpacking.pieces(packed[start : start + step])
    ]
    unpacking.finish()
    return b"".join(pieces)


@pytest.mark.parametrize(("encoding", "packing"), PACKINGS)
@given(text=st.binary(max_size=300), repeats=st.integers(1, 2000), step=st.integers(1, 5000))
def test_what_was_packed_comes_out_however_it_arrives(encoding, packing, text, repeats, step):
    whole = text * repeats
    packed = packing(whole)
    assert _unpacked(encoding, packed, max(step, len(packed) // 200)) == whole


@given(st.lists(st.binary(max_size=200), min_size=1, max_size=5), st.integers(1, 100))
def test_several_parts_of_gzip_are_one_body(parts, step):
    packed = b"".join(map(gzip.compress, parts))
    assert _unpacked("gzip", packed, step) == b"".join(parts)


@pytest.mark.parametrize("filling", [b"\0" * 40, b"<!-- served by x -->"])
@pytest.mark.parametrize(("encoding", "packing"), PACKINGS[3:])
@pytest.mark.parametrize("step", [1, 7, 1000])
def test_what_follows_the_last_part_is_left_alone(encoding, packing, filling, step):
    assert _unpacked(encoding, packing(b"news") + filling, step) == b"news"


@pytest.mark.parametrize(("encoding", "packing"), PACKINGS[3:])
def test_a_body_that_is_cut_short_is_noticed(encoding, packing):
    packed = packing(b"news of the day" * 20)
    for end in range(1, len(packed)):
        with pytest.raises(UnpackingError, match="ended before it was whole"):
            _unpacked(encoding, packed[:end], 10)


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_an_empty_body_needs_no_packing(encoding):
    assert _unpacked(encoding, b"", 1) == b""


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("gzip", b"<html>not packed</html>"),
        ("deflate", b"<html>not packed</html>"),
        ("gzip", gzip.compress(b"news" * 50, mtime=0)[:-8] + b"\0" * 8),  # a wrong checksum
    ],
)
def test_a_body_that_is_packed_wrongly_is_refused(encoding, body):
    with pytest.raises(UnpackingError, match="packed wrongly") as caught:
        _unpacked(encoding, body, 1000)
    assert caught.value.is_passing


@pytest.mark.parametrize("encoding", ["gzip, gzip", "deflate,gzip", "br, gzip"])
def test_what_is_packed_more_than_once_is_refused(encoding):
    with pytest.raises(UnpackingError, match="packed more than once") as caught:
        unpacker(encoding)
    assert not caught.value.is_passing


@pytest.mark.parametrize("encoding", ["br", "zstd", "compress", "x" * 900, "gzip;q=1"])
def test_a_packing_that_was_not_asked_for_is_refused_by_its_name(encoding):
    with pytest.raises(UnpackingError, match=f"packed as '{encoding[:8]}.*not asked for"):
        unpacker(encoding)


@pytest.mark.parametrize(("encoding", "packing"), PACKINGS[3:])
def test_a_bomb_comes_out_in_small_pieces_only(encoding, packing):
    bomb = packing(bytes(1 << 24))
    sizes = [len(piece) for piece in unpacker(encoding).pieces(bomb)]
    assert max(sizes) <= PIECE
    assert sum(sizes) == 1 << 24


def test_empty_parts_without_end_are_refused():
    with pytest.raises(UnpackingError, match="too many parts"):
        _unpacked("gzip", gzip.compress(b"") * 2000, 1 << 16)


@given(st.binary(), st.sampled_from(["gzip", "deflate"]), st.integers(1, 50))
def test_no_bytes_break_the_unpacking(body, encoding, step):
    with contextlib.suppress(UnpackingError):
        _unpacked(encoding, body, step)
