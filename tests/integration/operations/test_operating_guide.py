"""What docs/operating.md has operators type does what it says there, word for word."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from index.storage.copies_before_migrations import copies_of
from tests.integration.operations.older_stores import content, older_news
from tests.integration.operations.stored_news import article_ids
from tests.integration.typed import environment_of
from tests.unit.documents import text_of, typed_in

if TYPE_CHECKING:
    from pathlib import Path

GUIDE = text_of("docs/operating.md")


def section(name: str) -> list[list[str]]:
    """The commands that a section has typed, in order."""
    found = typed_in(GUIDE.partition(f"\n## {name}\n")[2].partition("\n## ")[0])
    assert found, name
    return found


def type_in(words: list[str], folder: Path, data_dir: Path) -> str:
    assert words[0] == "pullquote"
    done = subprocess.run(  # noqa: S603 (our own program, with what our own document says)
        [sys.executable, "-m", "bot", *words[1:]],
        capture_output=True,
        check=False,
        cwd=folder,
        encoding="utf-8",
        env=environment_of(data_dir),
        timeout=60,
    )
    assert done.returncode == 0, (words, done.stderr)
    return done.stdout


@pytest.fixture
def here(tmp_path: Path) -> Path:
    folder = tmp_path / "here"
    folder.mkdir()
    return folder


async def test_backups_are_taken_rehearsed_and_put_back(data_dir: Path, here: Path):
    for words in section("Backups"):
        type_in(words, here, data_dir)
    assert await article_ids(data_dir) == await article_ids(here / "elsewhere")


def test_an_upgrade_is_looked_at_first_and_can_be_taken_back(here: Path, tmp_path: Path):
    data_dir = tmp_path / "older"
    path = older_news(data_dir)
    was = content(path)
    *typed, move, remove = section("Upgrades")
    check, backup, warm = (type_in(words, here, data_dir) for words in typed)
    assert "migration 0004" in check
    assert "read back and sound" in backup
    assert "The search is compiled" in warm
    assert content(path) != was
    (copy,) = copies_of(path)
    for words in (move, remove):
        named = [copy.name if ".schema-" in word else word for word in words]
        subprocess.run(named, check=True, cwd=data_dir)  # noqa: S603 (what our guide says)
    assert [each.name for each in data_dir.iterdir()] == [path.name]
    assert content(path) == was


async def test_a_bot_moves_to_another_machine(data_dir: Path, here: Path, tmp_path: Path):
    backup, copy, *there = section("Another machine")
    type_in(backup, here, data_dir)
    assert copy[0] == "scp"
    for words in there:
        type_in(words, here, tmp_path / "new")
    assert await article_ids(tmp_path / "new") == await article_ids(data_dir)
