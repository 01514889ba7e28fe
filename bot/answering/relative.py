"""Numbers beside the greatest of their kind. Knows not what they measure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

_NOTHING = 1e-6


def with_relative(
    rows: Sequence[Sequence[float]],
    names: Sequence[str],
    relative: Sequence[str],
    behind: Sequence[str] = (),
) -> npt.NDArray[np.float64]:
    """Return the rows with more columns: some divided by their greatest, some subtracted from it.

    `relative` names the first, `behind` the second.
    """
    table = np.array(rows, dtype=np.float64).reshape(len(rows), len(names))
    divided = table[:, [names.index(name) for name in relative]]
    greatest = divided.max(axis=0, initial=_NOTHING)
    subtracted = table[:, [names.index(name) for name in behind]]
    missing = subtracted.max(axis=0, initial=0.0) - subtracted
    return np.hstack([table, divided / greatest, missing])
