"""Words for generated terms: pronounceable, distinct, shorter for more common ones."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

_SYLLABLES = ["".join(pair) for pair in product("bcdfghjklmnprstvwyz", "aeiou")]
_ENDINGS = ("n", "r", "st", "l", "ng", "d", "nt", "s", "rk", "m", "lt", "t", "k")
_ENDING_STEP = 7  # coprime to the number of endings, so that neighbours end differently


def make_words(numbers: npt.NDArray[np.int32]) -> list[str]:
    """Make a word of each number, always the same one."""
    return [make_word(number) for number in numbers.tolist()]


def make_word(number: int) -> str:
    """Make a word: the number's digits as syllables, closed by consonants.

    Syllables are consonant and vowel, endings have no vowel: no two numbers make the same word.
    """
    ending = _ENDINGS[number * _ENDING_STEP % len(_ENDINGS)]
    syllables = []
    while True:
        number, digit = divmod(number, len(_SYLLABLES))
        syllables.append(_SYLLABLES[digit])
        if not number:
            return "".join(syllables) + ending
        number -= 1
