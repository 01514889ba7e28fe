"""Which segments make up the index, and which of their passages no longer count.

Values, and their bytes: it must not open a file, and not know what a segment holds.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import zlib
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

import numpy as np

from index.storage.segments.faults import damaged, outdated

if TYPE_CHECKING:
    from typing import TypeAlias

    import numpy.typing as npt

    Positions: TypeAlias = npt.NDArray[np.uint32]

MANIFEST_VERSION = 1

# a checksum of the very bytes between it and the end, so that they are not parsed before they are
# known to be good; the whole is JSON nonetheless, for people with a text editor
_ENVELOPE = re.compile(rb'\{"sha256": "([0-9a-f]{64})", "manifest": (\{.*\})\}\n', re.DOTALL)
_SEGMENT_NAME = re.compile(r"[0-9A-Za-z_-]+\.segment", re.ASCII)
_WHAT = "The manifest of the index"


@dataclass(frozen=True, slots=True, eq=False)
class SegmentEntry:
    """A segment of the index: a file name without folder, and how many passages it holds.

    `dead` are the positions, from 0, of the passages that no longer count: distinct, ascending and
    below `passage_count`, given as any integers and kept as a read-only array.
    """

    name: str
    passage_count: int
    dead: Positions

    def __post_init__(self) -> None:
        """Raise ValueError or TypeError for what no segment can be."""
        _expect(self.name, str)
        _expect(self.passage_count, int)
        given = np.asarray(self.dead)
        if not _SEGMENT_NAME.fullmatch(self.name) or self.passage_count < 0:
            raise ValueError(f"there is no segment {self.name!r} of {self.passage_count} passages")
        if given.ndim != 1 or (given.size and given.dtype.kind not in "iu"):
            raise TypeError("dead passages are given by one list of positions")
        if given.size and not 0 <= given.min() <= given.max() < self.passage_count:
            raise ValueError("a dead passage is in no segment")
        dead = given.astype(np.uint32)  # a copy, so that nobody else can write to it
        if np.any(dead[1:] <= dead[:-1]):
            raise ValueError("dead passages are not ascending")
        dead.flags.writeable = False
        object.__setattr__(self, "dead", dead)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, SegmentEntry):
            return NotImplemented
        same = (self.name, self.passage_count) == (other.name, other.passage_count)
        return same and np.array_equal(self.dead, other.dead)

    def __hash__(self) -> int:
        return hash((self.name, self.passage_count, len(self.dead)))


@dataclass(frozen=True, slots=True)
class Manifest:
    """One state of the index.

    `generation` counts commits since the index was last made from nothing; `recipe` names what the
    terms were made by. The others say up to where the articles have been taken in: the last change,
    by number and token, and passage.
    """

    generation: int
    recipe: str
    segments: tuple[SegmentEntry, ...]
    change_id: int
    change_token: str
    last_passage_id: int

    def __post_init__(self) -> None:
        """Raise ValueError or TypeError for what no manifest can be."""
        for number in (self.generation, self.change_id, self.last_passage_id):
            _expect(number, int)
        for text in (self.recipe, self.change_token):
            _expect(text, str)
        if len({segment.name for segment in self.segments}) != len(self.segments):
            raise ValueError("a segment is named twice")

    def encode(self) -> bytes:
        """Return the manifest as JSON with a checksum; dead positions are kept compressed."""
        content = {field.name: getattr(self, field.name) for field in fields(self)} | {
            "version": MANIFEST_VERSION,
            "segments": [[s.name, s.passage_count, _packed(s.dead)] for s in self.segments],
        }
        payload = json.dumps(content, indent=1).encode()
        checksum = hashlib.sha256(payload).hexdigest().encode()
        return b'{"sha256": "%b", "manifest": %b}\n' % (checksum, payload)

    @classmethod
    def parse(cls, data: bytes) -> Manifest:
        """Undo `encode`.

        Raises OutdatedSegmentError for another format version, and DamagedSegmentError for
        anything else that `encode` did not write.
        """
        match = _ENVELOPE.fullmatch(data)
        if match is None:
            raise damaged(_WHAT, "it is cut short or no manifest")
        if hashlib.sha256(match[2]).hexdigest().encode() != match[1]:
            raise damaged(_WHAT, "its checksum does not match")
        try:
            content = json.loads(match[2])
            if (version := content.pop("version")) != MANIFEST_VERSION:
                raise outdated(_WHAT, version, MANIFEST_VERSION)
            segments = tuple(_segment(*entry) for entry in content.pop("segments"))
            return cls(segments=segments, **content)
        except (ValueError, TypeError, KeyError, AttributeError, zlib.error) as error:
            raise damaged(_WHAT, "it makes no sense") from error


def _segment(name: str, passage_count: int, dead: str) -> SegmentEntry:
    _expect(passage_count, int)
    return SegmentEntry(name, passage_count, _unpacked(dead, passage_count))


def _packed(positions: Positions) -> str:
    # the gaps between ascending positions are small numbers, which compress best
    gaps = np.diff(positions, prepend=np.uint32(0)).astype("<u4")
    return base64.b64encode(zlib.compress(gaps.tobytes(), 1)).decode()


def _unpacked(text: str, passage_count: int) -> Positions:
    unpacking = zlib.decompressobj()
    # no more than there can be positions, whatever the bytes expand to
    data = unpacking.decompress(base64.b64decode(text, validate=True), 4 * passage_count + 4)
    if not unpacking.eof:
        raise ValueError("more passages are dead than there are")
    # a sum that runs over comes out below the one before it, which no ascending positions do
    return np.frombuffer(data, "<u4").cumsum(dtype=np.uint32)


def _expect(value: Any, kind: type) -> None:
    # by its exact type: a truth value is no number here
    if type(value) is not kind:
        raise TypeError(f"{value!r} is no {kind.__name__}")
