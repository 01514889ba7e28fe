from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from index.engines.kernel_loading import KernelLoader

if TYPE_CHECKING:
    from index.ranking.searching import Kernel


@pytest.fixture(scope="session")
def kernel() -> Kernel:
    loader = KernelLoader()
    assert loader.load()
    found = loader.current()
    assert found is not None
    return found
