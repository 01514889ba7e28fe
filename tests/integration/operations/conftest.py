from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from bot.operations.backup import back_up
from tests.integration.operations.stored_news import store

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 3, 7, 12, tzinfo=UTC)


@pytest.fixture
async def data_dir(folder: Path, tmp_path: Path) -> Path:
    await store(tmp_path / "data", folder)
    return tmp_path / "data"


@pytest.fixture
def archive(data_dir: Path, tmp_path: Path) -> Path:
    """A backup of it."""
    back_up(data_dir, tmp_path / "backup.zip", NOW)
    return tmp_path / "backup.zip"
