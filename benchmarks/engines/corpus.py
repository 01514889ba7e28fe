"""A corpus as lists of terms, held as numbers: what every engine is built from.

Passages are numbered from 0 in the order of their days, articles likewise.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import numpy.typing as npt

_PASSAGES_A_BLOCK = 4096


@dataclass(frozen=True)
class Corpus:
    """Passages as term ids. `term_ids[offsets[p]:offsets[p + 1]]` are those of passage p."""

    words: Sequence[str]
    offsets: npt.NDArray[np.int64]
    term_ids: npt.NDArray[np.int32]
    article_of: npt.NDArray[np.int32]
    """By passage, ascending."""
    day_of: npt.NDArray[np.int32]
    """By article, days since 1970, ascending."""
    publisher_of: npt.NDArray[np.int32]
    """By article."""

    @property
    def passage_count(self) -> int:
        """How many passages there are."""
        return len(self.article_of)

    @property
    def article_count(self) -> int:
        """How many articles there are."""
        return len(self.day_of)

    @property
    def days(self) -> npt.NDArray[np.int32]:
        """The day of each passage, ascending."""
        return self.day_of[self.article_of]

    def terms(self, passage: int) -> list[str]:
        """Return the terms of one passage, in order."""
        words = self.words
        start, end = self.offsets[passage : passage + 2]
        return [words[i] for i in self.term_ids[start:end].tolist()]

    def save(self, directory: Path) -> None:
        """Write it to a directory, for other processes."""
        directory.mkdir(parents=True, exist_ok=True)
        (directory / "words.json").write_text(json.dumps(list(self.words)), encoding="utf-8")
        for name in _ARRAYS:
            np.save(directory / f"{name}.npy", getattr(self, name))

    @classmethod
    def load(cls, directory: Path) -> Corpus:
        """Read what `save` wrote. The arrays stay on disk, and are paged in as they are read."""
        words = json.loads((directory / "words.json").read_text(encoding="utf-8"))
        return cls(words, *(np.load(directory / f"{name}.npy", mmap_mode="r") for name in _ARRAYS))


_ARRAYS = ("offsets", "term_ids", "article_of", "day_of", "publisher_of")


@dataclass
class Feed:
    """Hands a corpus to an engine, and keeps account of the time that this takes itself.

    An engine takes whichever form suits it best; `seconds` is no part of its build. They are of
    this thread alone, since an engine may work in another one meanwhile.
    """

    corpus: Corpus
    seconds: float = field(default=0.0, init=False)

    def term_lists(self) -> Iterator[list[str]]:
        """Yield the terms of each passage."""
        words = self.corpus.words
        for block in self._blocks():
            began = time.thread_time()
            lists = [[words[i] for i in ids] for ids in block]
            self.seconds += time.thread_time() - began
            yield from lists

    def id_lists(self) -> Iterator[list[int]]:
        """Yield the term ids of each passage."""
        for block in self._blocks():
            yield from block

    def _blocks(self) -> Iterator[list[list[int]]]:
        offsets, term_ids = self.corpus.offsets, self.corpus.term_ids
        for first in range(0, self.corpus.passage_count, _PASSAGES_A_BLOCK):
            began = time.thread_time()
            bounds = offsets[first : first + _PASSAGES_A_BLOCK + 1]
            ids = term_ids[bounds[0] : bounds[-1]].tolist()
            block = [ids[start:end] for start, end in pairwise((bounds - bounds[0]).tolist())]
            self.seconds += time.thread_time() - began
            yield block
