from pathlib import Path

import pytest

from index import NewsIndex


@pytest.fixture
def folder(tmp_path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    return folder


@pytest.fixture
async def news(tmp_path):
    async with await NewsIndex.open(tmp_path / "data") as news:
        yield news
