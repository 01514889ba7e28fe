import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.relative import with_relative

NAMES = ("a", "b", "c")
ROWS = st.lists(st.tuples(*(st.floats(0, 5) for _ in NAMES)), max_size=6)


def test_some_are_divided_by_their_greatest_and_some_subtracted_from_it():
    table = with_relative([(1.0, 2.0, 0.5), (4.0, 0.0, 0.25)], NAMES, ("a", "c"), ("b",))
    assert table.tolist() == [
        [1.0, 2.0, 0.5, 0.25, 1.0, 0.0],
        [4.0, 0.0, 0.25, 1.0, 0.5, 2.0],
    ]


def test_nothing_of_nothing_is_nothing():
    assert with_relative([(0.0, 0.0, 0.0)], NAMES, ("a",), ("b",)).tolist() == [[0.0] * 5]


def test_no_rows_have_columns_all_the_same():
    assert with_relative([], NAMES, ("a", "b"), ("c",)).shape == (0, 6)


@given(ROWS)
def test_what_is_beside_the_greatest_is_between_0_and_1(rows):
    table = with_relative(rows, NAMES, ("a", "b"), ("c",))
    assert np.isfinite(table).all()
    assert ((table[:, 3:5] >= 0) & (table[:, 3:5] <= 1)).all()
    assert (table[:, 5] >= 0).all()
    if rows:
        assert table[:, 5].min() == 0
        best = max(row[0] for row in rows)
        assert table[:, 3].max() == pytest.approx(1.0 if best >= 1e-6 else best / 1e-6)
