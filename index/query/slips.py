"""How many slips of the hand or ear make one word of another. Plain arithmetic; knows no articles.

Slips are a letter too many or too few, two neighbours exchanged, and one sound written with the
letter of another ("artefact", "unionised"). Any other letter in place of one is a slip only in a
long word: in a short one it mostly makes a word of its own ("ticker", "ticket"), as a letter more
or less at its end does ("pack", "packs").
"""

from __future__ import annotations

LONG = 8

_SOUNDS_ALIKE = tuple(map(frozenset, ("aeiouy", "cks", "sz", "gj", "dt", "mn", "fv", "qk")))
_TOO_MANY = 9


def slip_count(typed: str, meant: str) -> int:
    """Return the number of slips from one lower-case word to another, a large one for strangers.

    The restricted Damerau-Levenshtein distance with the costs told above.
    """
    is_long = len(typed) >= LONG
    if not is_long and not _ends_alike(typed, meant):
        return _TOO_MANY
    before: list[int] = []
    row = list(range(len(meant) + 1))
    for at, letter in enumerate(typed, 1):
        older, before, row = before, row, [at]
        for to, wanted in enumerate(meant, 1):
            cost = min(
                before[to] + 1,
                row[to - 1] + 1,
                before[to - 1] + _replacing(letter, wanted, is_long=is_long),
            )
            is_exchange = at > 1 and to > 1 and typed[at - 2] == wanted and meant[to - 2] == letter
            row.append(min(cost, older[to - 2] + 1) if is_exchange else cost)
    return row[-1]


def _replacing(letter: str, wanted: str, *, is_long: bool) -> int:
    if letter == wanted:
        return 0
    if any(letter in alike and wanted in alike for alike in _SOUNDS_ALIKE):
        return 1
    # as much as a long word may have, so that it is its only one
    return 2 if is_long else _TOO_MANY


def _ends_alike(typed: str, meant: str) -> bool:
    return typed[-1] == meant[-1] or set(typed[-2:]) == set(meant[-2:])
