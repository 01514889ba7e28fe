"""What is wrong with a data directory is found, told with its remedy, and mended."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from contextlib import closing
from importlib import resources
from typing import TYPE_CHECKING

import pytest

from bot.operations.errors import OperationError
from bot.operations.repair import repaired
from bot.operations.verification import Remedy, Verification, verify
from index import NewsIndex
from index.storage.passage_spans import span_problem
from tests.integration.editions import process_of, write_for_ever
from tests.integration.operations.stored_news import article_ids, damage, execute, whole
from tests.integration.sandbox.running import eventually
from tests.integration.typed import pullquote

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NEWS = "pullquote.sqlite3"

MIGRATIONS = resources.files("bot.storage.migrations")


def segment_in(data_dir: Path) -> Path:
    return next((data_dir / "segments").glob("*.segment"))


def told(found: Verification) -> list[tuple[str, Remedy]]:
    return [(finding.place, finding.remedy) for finding in found.findings]


async def test_a_sound_directory_has_nothing_wrong_and_stays_as_it_is(data_dir: Path):
    found = await verify(data_dir, with_terms=True)
    assert found.findings == ()
    assert found.passage_count == found.saved_count == len(await whole(data_dir))


async def test_a_directory_that_a_process_writes_to_is_sound(folder: Path, tmp_path: Path):
    data_dir = tmp_path / "data"
    with process_of(write_for_ever, folder, data_dir, "verify") as writer:
        await eventually((data_dir / "segments" / "manifest.json").exists)
        for number in range(15):
            found = await verify(data_dir, with_terms=number % 5 == 0)
            assert found.findings == ()
        assert writer.is_alive()


async def test_passages_that_are_only_stored_are_counted_and_no_disagreement(data_dir: Path):
    shutil.rmtree(data_dir / "segments")
    found = await verify(data_dir)
    assert found.findings == ()
    assert (found.passage_count > 0, found.saved_count) == (True, 0)


def test_where_there_is_no_news_nothing_is_verified(tmp_path: Path):
    done = pullquote("verify", data_dir=tmp_path / "nowhere")
    assert done.returncode == 1
    assert "There is no news in" in done.stderr
    assert not (tmp_path / "nowhere").exists()


# ── what the articles bring back ─────────────────────────────────────────────
def bit_flipped(data_dir: Path) -> None:
    path = segment_in(data_dir)
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)


def segment_gone(data_dir: Path) -> None:
    segment_in(data_dir).unlink()


def segment_cut(data_dir: Path) -> None:
    os.truncate(segment_in(data_dir), 100)


def manifest_cut(data_dir: Path) -> None:
    os.truncate(data_dir / "segments" / "manifest.json", 50)


def of_another_database(data_dir: Path) -> None:
    execute(data_dir / NEWS, "UPDATE changes SET token = 'other'")


def passage_removed_behind_its_back(data_dir: Path) -> None:
    execute(
        data_dir / NEWS,
        "DELETE FROM passages WHERE passage_id = (SELECT max(passage_id) FROM passages)",
        "DELETE FROM changes WHERE removed_passage_id IS NOT NULL",
    )


INDEX_HARMS: list[Callable[[Path], None]] = [
    bit_flipped,
    segment_gone,
    segment_cut,
    manifest_cut,
    of_another_database,
    passage_removed_behind_its_back,
]


@pytest.mark.parametrize("harm", INDEX_HARMS, ids=lambda harm: harm.__name__)
async def test_a_search_index_that_disagrees_is_built_anew(
    data_dir: Path, harm: Callable[[Path], None]
):
    harm(data_dir)
    found = await verify(data_dir)
    assert told(found) == [("segments", Remedy.REBUILD)]
    left = await repaired(data_dir, found, with_terms=True)
    assert left.findings == ()
    assert left.saved_count == left.passage_count
    assert await whole(data_dir)


async def test_terms_that_are_not_those_of_the_articles_are_found_when_asked_for(data_dir: Path):
    execute(data_dir / NEWS, "UPDATE articles SET text = replace(text, 'Bridge', 'Viaduc')")
    assert (await verify(data_dir)).findings == ()
    found = await verify(data_dir, with_terms=True)
    assert told(found) == [("segments", Remedy.REBUILD)]
    assert (await repaired(data_dir, found, with_terms=True)).findings == ()


async def test_passages_that_are_no_spans_are_split_again(data_dir: Path):
    before = await whole(data_dir)
    execute(data_dir / NEWS, "UPDATE passages SET end_offset = 99999 WHERE passage_id = 1")
    found = await verify(data_dir)
    assert told(found) == [(NEWS, Remedy.SPLIT)]
    assert "'bridge' has a passage from 0 to 99999" in found.findings[0].problem
    assert (await repaired(data_dir, found, with_terms=True)).findings == ()
    after = await whole(data_dir)
    assert [p.text for p in after if p.article.id == "bridge"] == [
        p.text for p in before if p.article.id == "bridge"
    ]


async def test_an_article_that_is_not_quoted_has_no_passages(data_dir: Path):
    execute(data_dir / NEWS, "UPDATE articles SET is_quoted = 0 WHERE id = 'ferry'")
    found = await verify(data_dir)
    assert told(found) == [(NEWS, Remedy.SPLIT)]
    assert (await repaired(data_dir, found)).findings == ()
    assert await article_ids(data_dir) == {"bridge"}


@pytest.mark.parametrize(
    ("spans", "problem"),
    [
        ([(0, 4), (5, 9)], None),
        ([(0, 5)], "white space"),
        ([(4, 9)], "white space"),
        ([(0, 4), (2, 9)], "overlap"),
        ([(5, 9), (0, 4)], "overlap"),
        ([(5, 10)], "and 9 characters"),
    ],
)
def test_what_a_passage_is(spans: list[tuple[int, int]], problem: str | None):
    found = span_problem("Äbcd efgh", spans, is_quoted=True)
    assert (found is None) == (problem is None)
    assert (problem or "") in (found or "")


async def test_the_indexes_of_the_database_itself_are_made_anew(data_dir: Path):
    execute(
        data_dir / NEWS,
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_master SET sql = 'CREATE INDEX articles_by_publication ON articles (title)'"
        " WHERE name = 'articles_by_publication'",
    )
    found = await verify(data_dir)
    assert set(told(found)) == {(NEWS, Remedy.REINDEX)}
    assert (await repaired(data_dir, found)).findings == ()


async def test_an_older_store_is_brought_up_to_date(data_dir: Path):
    path = data_dir / "bot.sqlite3"
    path.unlink()
    scripts = sorted(file for file in MIGRATIONS.iterdir() if file.name.endswith(".sql"))
    with closing(sqlite3.connect(path)) as connection:
        for script in scripts[:2]:
            connection.executescript(script.read_text(encoding="utf-8"))
        connection.execute("PRAGMA user_version = 2")
    found = await verify(data_dir)
    assert told(found) == [("bot.sqlite3", Remedy.MIGRATE)]
    assert (await repaired(data_dir, found)).findings == ()


# ── what only a person can mend ──────────────────────────────────────────────
async def test_damaged_articles_are_for_a_backup_and_left_alone(data_dir: Path):
    damage(data_dir / NEWS)
    found = await verify(data_dir)
    assert {remedy for _, remedy in told(found)} == {Remedy.RESTORE}
    assert set((await repaired(data_dir, found)).findings) == set(found.findings)


async def test_a_stray_row_is_told(data_dir: Path):
    execute(data_dir / NEWS, "PRAGMA foreign_keys = OFF", "DELETE FROM articles WHERE id = 'ferry'")
    found = await verify(data_dir)
    assert "passages refers to a row of articles that is not there" in found.findings[0].problem


async def test_news_of_a_newer_version_are_not_touched(data_dir: Path):
    execute(data_dir / NEWS, "PRAGMA user_version = 99")
    found = await verify(data_dir)
    assert told(found) == [(NEWS, Remedy.UPGRADE)]
    assert (await repaired(data_dir, found)).findings == found.findings


# ── as it is typed ───────────────────────────────────────────────────────────
def test_it_ends_with_what_is_left_to_do(data_dir: Path):
    sound = pullquote("verify", data_dir=data_dir)
    assert (sound.returncode, sound.stderr) == (0, "")
    assert sound.stdout.startswith("All is well: ")
    bit_flipped(data_dir)
    wrong = pullquote("verify", "--json", data_dir=data_dir)
    assert wrong.returncode == 1
    said = json.loads(wrong.stdout)
    assert (said["sound"], said["findings"][0]["remedy"]) == (False, "rebuild")
    mended = pullquote("verify", "--repair", data_dir=data_dir)
    assert (mended.returncode, mended.stderr) == (0, "")
    assert ": mended" in mended.stdout


async def test_a_bot_that_reads_goes_on_while_the_index_is_built_anew(data_dir: Path):
    async with await NewsIndex.open(data_dir) as reading:
        bit_flipped(data_dir)
        assert (await repaired(data_dir, await verify(data_dir))).findings == ()
        assert await reading.refresh()
        assert reading.searcher.passage_count == len(await reading.passages())


def test_no_news_no_verification(tmp_path: Path):
    with closing(sqlite3.connect(tmp_path / "bot.sqlite3")) as connection:
        connection.execute("PRAGMA user_version")
    done = pullquote("verify", data_dir=tmp_path)
    assert done.returncode == 1
    assert OperationError.__name__ not in done.stderr
