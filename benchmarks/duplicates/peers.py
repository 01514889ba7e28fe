"""The same with `datasketch`: MinHash over the same runs of five words, in memory.

`MinHash-LSH` finds sets that are alike as wholes, `LSH Ensemble` sets of which one contains the
other; both at half, and what they find is taken as found.
"""

from __future__ import annotations

import re
import time
from itertools import combinations
from typing import TYPE_CHECKING

from datasketch import MinHash, MinHashLSH, MinHashLSHEnsemble

from benchmarks.duplicates.ours import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from typing import Any, TypeAlias

    from benchmarks.duplicates.editing import Way
    from index.model import Article

    # names of articles that are like one of so many runs
    Found: TypeAlias = Callable[[Any, int], Iterable[str]]


_THRESHOLD = 0.5
_PERMUTATION_COUNT = 128
_WORD = re.compile(r"\w+")
_RUN = 5


def measure(
    articles: Sequence[Article], copies: Mapping[Way, Sequence[Article]]
) -> dict[str, Outcome]:
    """Return what each of the two finds."""
    sketches = {each.id: _sketch(each.text) for each in articles}
    lsh = MinHashLSH(threshold=_THRESHOLD, num_perm=_PERMUTATION_COUNT)
    ensemble = MinHashLSHEnsemble(threshold=_THRESHOLD, num_perm=_PERMUTATION_COUNT)
    for name, (sketch, _) in sketches.items():
        lsh.insert(name, sketch)
    ensemble.index((name, sketch, size) for name, (sketch, size) in sketches.items())
    began = time.perf_counter()
    of_copies = {way: [_sketch(each.text) for each in some] for way, some in copies.items()}
    count = sum(map(len, copies.values()))
    sketch_ms = (time.perf_counter() - began) / count * 1000
    outcomes = {}
    for name, find in {
        "MinHash-LSH": lambda sketch, _: lsh.query(sketch),
        "LSH Ensemble": ensemble.query,
    }.items():
        outcomes[name] = _found(find, sketches, of_copies)
        outcomes[name].fingerprint_ms = sketch_ms
    return outcomes


def _found(
    find: Found,
    sketches: Mapping[str, tuple[Any, int]],
    of_copies: Mapping[Way, Sequence[tuple[Any, int]]],
) -> Outcome:
    outcome = Outcome()
    began = time.perf_counter()
    alike = {name: {*find(*sketch)} for name, sketch in sketches.items()}
    outcome.new_look_up_ms = (time.perf_counter() - began) / len(sketches) * 1000
    outcome.pairs = [
        (one, other)
        for one, other in combinations(sketches, 2)
        if other in alike[one] or one in alike[other]
    ]
    began = time.perf_counter()
    for way, some in of_copies.items():
        outcome.found[way] = sum(
            name in find(*sketch) for name, sketch in zip(sketches, some, strict=True)
        )
    count = sum(map(len, of_copies.values()))
    outcome.look_up_ms = (time.perf_counter() - began) / count * 1000
    return outcome


def _sketch(text: str) -> tuple[Any, int]:
    words = _WORD.findall(text.lower())
    runs = {" ".join(words[at : at + _RUN]).encode() for at in range(len(words) - _RUN + 1)}
    sketch = MinHash(num_perm=_PERMUTATION_COUNT)
    sketch.update_batch([*runs])
    return sketch, max(1, len(runs))
