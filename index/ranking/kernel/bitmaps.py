"""Bitmaps read by numba's code: 64 passages at a time where the processor can.

numba does not make such instructions of a loop over bits by itself, so they are written down as
LLVM has them, for any processor. Knows neither terms nor scores.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

from index.ranking.kernel.heap import compiled

WORD_BITS = 16
LANES = 64
# how many passages are added to at once, several vectors
RUN = 256
_VECTOR = ir.VectorType(ir.IntType(8), LANES)
_BITS = ir.VectorType(ir.IntType(1), LANES)
_NUMBER = ir.IntType(32)


@intrinsic
def add_bits(_context: Any, sums: Any, first: Any, words: Any, place: Any, unit: Any) -> Any:
    """Add `unit` to those of 256 sums from `first` whose bits are set in the words from `place`.

    A sum stays at 255 where it would be greater. `unit` is uint8, as `sums` are; `words` uint16.
    """
    signature = types.void(sums, first, words, place, unit)

    def generated(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        sums_type, _, words_type, _, _ = signature.args
        sums, first, words, place, unit = arguments
        sums = builder.gep(context.make_array(sums_type)(context, builder, sums).data, [first])
        words = builder.gep(context.make_array(words_type)(context, builder, words).data, [place])
        sums = builder.bitcast(sums, _VECTOR.as_pointer())
        words = builder.bitcast(words, ir.IntType(LANES).as_pointer())
        units, nothing = _repeated(builder, unit), ir.Constant(_VECTOR, [0] * LANES)
        add = _saturating_add(builder.module)
        for step in range(RUN // LANES):
            held = builder.gep(sums, [ir.Constant(_NUMBER, step)])
            bits = builder.load(builder.gep(words, [ir.Constant(_NUMBER, step)]), align=2)
            added = builder.select(builder.bitcast(bits, _BITS), units, nothing)
            builder.store(builder.call(add, [builder.load(held, align=1), added]), held, align=1)
        return context.get_dummy_value()

    return signature, generated


def _repeated(builder: Any, value: Any) -> Any:
    nowhere = ir.Constant(_VECTOR, ir.Undefined)
    first = builder.insert_element(nowhere, value, ir.Constant(_NUMBER, 0))
    every = ir.Constant(ir.VectorType(_NUMBER, LANES), [0] * LANES)
    return builder.shuffle_vector(first, nowhere, every)


def _saturating_add(module: Any) -> Any:
    kind = ir.FunctionType(_VECTOR, [_VECTOR, _VECTOR])
    return cgutils.get_or_insert_function(module, kind, f"llvm.uadd.sat.v{LANES}i8")


@compiled
def add_bitmap(sums, words, place, low, high, unit):
    """Add to the sums from `low` to `high` what a bitmap says, and to some next to these."""
    for first in range(low & ~(RUN - 1), high, RUN):
        add_bits(sums, first, words, place + (first >> 4), unit)


@compiled
def is_set(words, place, offset):
    """Whether the bit of an offset is set in a bitmap that begins at `place`."""
    word = words[place + (offset >> 4)]
    return (word >> np.uint16(offset & 15)) & np.uint16(1) != 0
