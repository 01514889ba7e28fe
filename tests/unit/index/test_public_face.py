import subprocess
import sys

import pytest

import index


@pytest.mark.parametrize("name", index.__all__)
def test_every_public_name_can_be_had(name):
    assert getattr(index, name).__name__ == name


def test_no_other_name_is_public():
    with pytest.raises(AttributeError, match="has no attribute 'Nothing'"):
        _ = index.Nothing


def test_a_worker_that_only_splits_loads_neither_engine_nor_store():
    program = (
        "import sys; from index.analysis.passages import split_passages;"
        "split_passages('A ferry sailed.'); print({'rank_bm25', 'aiosqlite'} & set(sys.modules))"
    )
    done = subprocess.run(  # noqa: S603 (our own program)
        [sys.executable, "-c", program], capture_output=True, check=True, text=True
    )
    assert done.stdout.strip() == "set()"
