import base64
import hashlib
import json
import zlib
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import DamagedSegmentError, OutdatedSegmentError
from index.storage.segments.manifest import Manifest, SegmentEntry

ENTRY = SegmentEntry("000001-0000abcd.segment", 9, np.array([0, 3, 8]))
MANIFEST = Manifest(
    generation=7,
    recipe="words 2",
    segments=(ENTRY, SegmentEntry("000002-0000abcd.segment", 0, np.array([], "u4"))),
    change_id=41,
    change_token="é\ud800",
    last_passage_id=1 << 40,
)


def sealed(payload: bytes) -> bytes:
    checksum = hashlib.sha256(payload).hexdigest().encode()
    return b'{"sha256": "%b", "manifest": %b}\n' % (checksum, payload)


def changed(**values: object) -> bytes:
    """The manifest with other values, and a checksum that is right."""
    content = json.loads(MANIFEST.encode())["manifest"] | values
    return sealed(json.dumps(content).encode())


def packed(positions: list[int]) -> str:
    gaps = np.diff(positions, prepend=0).astype("<u4").tobytes()
    return base64.b64encode(zlib.compress(gaps)).decode()


@st.composite
def entries(draw):
    count = draw(st.sampled_from([0, 1, 50, (1 << 32) - 1]))
    dead = draw(st.sets(st.integers(0, count - 1), max_size=30)) if count else set()
    name = f"{draw(st.integers(0, 10**7)):06}-{draw(st.integers(0, 2**32 - 1)):08x}.segment"
    return SegmentEntry(name, count, np.array(sorted(dead), "u4"))


@given(
    numbers=st.tuples(st.integers(), st.integers(), st.integers()),
    texts=st.tuples(st.text(), st.text()),
    segments=st.lists(entries(), max_size=4, unique_by=lambda entry: entry.name),
)
def test_what_is_encoded_is_parsed(numbers, texts, segments):
    manifest = Manifest(
        numbers[0], texts[0], tuple(segments), numbers[1], texts[1], last_passage_id=numbers[2]
    )
    parsed = Manifest.parse(manifest.encode())
    assert parsed == manifest
    assert hash(parsed) == hash(manifest)


def test_dead_positions_are_read_only_and_nobody_elses():
    given_positions = np.array([1, 2], "u4")
    entry = SegmentEntry("a.segment", 3, given_positions)
    given_positions[0] = 0
    assert entry.dead.tolist() == [1, 2]
    assert entry.dead.dtype == np.uint32
    for dead in (entry.dead, Manifest.parse(MANIFEST.encode()).segments[0].dead):
        with pytest.raises(ValueError, match="read-only"):
            dead[0] = 0


def test_entries_with_other_dead_passages_differ():
    assert replace(ENTRY, dead=np.array([0, 3, 7])) != ENTRY
    assert replace(ENTRY) == ENTRY
    assert ENTRY != "000001-0000abcd.segment"


def test_a_hundred_thousand_dead_passages_stay_small():
    dead = np.sort(np.random.default_rng(1).choice(1_000_000, 100_000, replace=False))
    manifest = replace(MANIFEST, segments=(SegmentEntry("a.segment", 1_000_000, dead),))
    data = manifest.encode()
    assert len(data) < 200_000
    assert Manifest.parse(data) == manifest


def test_a_manifest_is_json_that_a_person_can_read():
    content = json.loads(MANIFEST.encode())
    assert content["manifest"]["recipe"] == "words 2"


def test_no_changed_byte_goes_unnoticed():
    good = MANIFEST.encode()
    for position in range(len(good)):
        for change in (0x01, 0x20, 0xFF):
            data = bytearray(good)
            data[position] ^= change
            with pytest.raises(DamagedSegmentError):
                Manifest.parse(bytes(data))


def test_a_manifest_that_is_cut_short_or_has_grown_is_damaged():
    good = MANIFEST.encode()
    for length in range(len(good)):
        with pytest.raises(DamagedSegmentError, match="cut short or no manifest"):
            Manifest.parse(good[:length])
    for data in (good + b"\n", b" " + good, good + good):
        with pytest.raises(DamagedSegmentError):
            Manifest.parse(data)


@given(st.binary() | st.binary().map(lambda data: sealed(b"{%b}" % data)))
def test_any_other_bytes_are_damaged(data):
    with pytest.raises(DamagedSegmentError):
        Manifest.parse(data)


@pytest.mark.parametrize(
    "values",
    [
        {"generation": "7"},
        {"generation": True},
        {"change_id": 1.5},
        {"last_passage_id": None},
        {"recipe": 3},
        {"change_token": None},
        {"unheard": "of"},
        {"segments": None},
        {"segments": {}} | {"recipe": []},
        {"segments": [1]},
        {"segments": [["a.segment", 1]]},
        {"segments": [["a.segment", 1, "no base64!"]]},
        {"segments": [["a.segment", 1, "AAAA"]]},
        {"segments": [["a.segment", 1, base64.b64encode(zlib.compress(b"abc")).decode()]]},
        {"segments": [["a.segment", "1", packed([])]]},
        {"segments": [["a.segment", -1, packed([])]]},
        {"segments": [["a.segment", -2, packed([])]]},
        {"segments": [["../a.segment", 1, packed([])]]},
        {"segments": [["a.segment\n", 1, packed([])]]},
        {"segments": [["manifest.json", 1, packed([])]]},
        {"segments": [[None, 1, packed([])]]},
        {"segments": [["a.segment", 1, packed([])]] * 2},
        {"segments": [["a.segment", 2, packed([0, 2])]]},
        {"segments": [["a.segment", 2, packed([1, 1])]]},
        {"segments": [["a.segment", 2, packed([1, 0])]]},
        {"segments": [["a.segment", 2, packed(list(range(1000)))]]},
    ],
)
def test_a_manifest_that_makes_no_sense_is_damaged(values):
    with pytest.raises(DamagedSegmentError, match="makes no sense"):
        Manifest.parse(changed(**values))


def test_a_manifest_without_one_of_its_values_is_damaged():
    content = json.loads(MANIFEST.encode())["manifest"]
    for name in content:
        rest = {key: value for key, value in content.items() if key != name}
        with pytest.raises(DamagedSegmentError, match="makes no sense"):
            Manifest.parse(sealed(json.dumps(rest).encode()))


def test_another_format_version_is_outdated():
    with pytest.raises(OutdatedSegmentError, match=r"another version of Pullquote \(format 2"):
        Manifest.parse(changed(version=2, segments="of another kind"))


@pytest.mark.parametrize("dead", [[-1], [9], [1, 1], [2, 1], [1.5], [[1]], ["1"], [True]], ids=repr)
def test_positions_that_no_passage_has_are_refused(dead):
    with pytest.raises((ValueError, TypeError)):
        SegmentEntry("a.segment", 9, np.array(dead))
