import pytest

from index.storage.article_store import ArticleStore


@pytest.fixture
async def store(tmp_path):
    store = await ArticleStore.open(tmp_path)
    yield store
    await store.close()
