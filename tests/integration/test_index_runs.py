"""From files on disk to searchable passages, and what a second run makes of them."""

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from index import IndexingInProgressError, NewsIndex, Query
from index.errors import PullquoteError
from index.storage.article_store import FILE_NAME

BRIDGE = "The Lantern Bridge was closed on Tuesday after a crack was found in its bearing. " * 3
FERRY = "A ferry will carry people across the Pell from Thursday, the harbour master said. " * 3


def write(folder: Path, name: str, **articles: str) -> Path:
    path = folder / name
    lines = [json.dumps({"id": key, "title": key, "text": text}) for key, text in articles.items()]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def folder(tmp_path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    return folder


@pytest.fixture
async def news(tmp_path):
    async with await NewsIndex.open(tmp_path / "data") as news:
        yield news


def counts(report) -> tuple[int, int, int, int, int]:
    run = report.run
    return (
        run.added_count,
        run.changed_count,
        run.removed_count,
        run.unchanged_count,
        run.refused_count,
    )


async def found(news: NewsIndex, words: str) -> set[str]:
    return {hit.passage.article.id for hit in await news.search(Query(words), 10)}


async def test_articles_are_searchable_after_a_run(news, folder):
    write(folder, "a.jsonl", bridge=BRIDGE, ferry=FERRY)
    assert counts(await news.ingest([folder])) == (2, 0, 0, 0, 0)
    assert await found(news, "bridge bearing") == {"bridge"}


async def test_a_second_run_changes_nothing(news, folder):
    write(folder, "a.jsonl", bridge=BRIDGE, ferry=FERRY)
    await news.ingest([folder])
    searcher = news.searcher
    assert counts(await news.ingest([folder])) == (0, 0, 0, 2, 0)
    assert news.searcher is searcher


async def test_a_changed_article_replaces_its_passages(news, folder):
    write(folder, "a.jsonl", bridge=BRIDGE, ferry=FERRY)
    await news.ingest([folder])
    write(folder, "a.jsonl", bridge="The walrus has left the harbour of Pellmouth.", ferry=FERRY)
    assert counts(await news.ingest([folder])) == (0, 1, 0, 1, 0)
    assert await found(news, "walrus") == {"bridge"}
    assert await found(news, "bearing") == set()


async def test_an_article_taken_out_of_its_file_goes(news, folder):
    write(folder, "a.jsonl", bridge=BRIDGE, ferry=FERRY)
    await news.ingest([folder])
    write(folder, "a.jsonl", ferry=FERRY)
    assert counts(await news.ingest([folder])) == (0, 0, 1, 1, 0)
    assert await found(news, "bearing") == set()


async def test_a_file_that_is_gone_is_kept_unless_pruned(news, folder):
    path = write(folder, "a.jsonl", bridge=BRIDGE)
    write(folder, "b.jsonl", ferry=FERRY)
    await news.ingest([folder])
    path.unlink()
    assert counts(await news.ingest([folder])) == (0, 0, 0, 1, 0)
    assert await found(news, "bearing") == {"bridge"}
    assert counts(await news.ingest([folder], prune=True)) == (0, 0, 1, 1, 0)
    assert await found(news, "bearing") == set()


async def test_pruning_one_folder_leaves_another_alone(news, folder, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    path = write(other, "b.jsonl", ferry=FERRY)
    write(folder, "a.jsonl", bridge=BRIDGE)
    await news.ingest([folder, other])
    path.unlink()
    assert counts(await news.ingest([folder], prune=True)) == (0, 0, 0, 1, 0)
    assert await found(news, "ferry") == {"ferry"}


async def test_a_folder_that_is_not_there_is_refused_and_forgets_nothing(news, folder):
    write(folder, "a.jsonl", bridge=BRIDGE)
    await news.ingest([folder])
    folder.rename(folder.with_name("unmounted"))
    report = await news.ingest([folder], prune=True)
    assert counts(report) == (0, 0, 0, 0, 1)
    assert await found(news, "bearing") == {"bridge"}


async def test_a_broken_line_is_refused_told_again_and_costs_nothing_stored(news, folder):
    path = write(folder, "a.jsonl", bridge=BRIDGE, ferry=FERRY)
    await news.ingest([folder])
    lines = path.read_text().splitlines()
    path.write_text(lines[0][:40] + "\n" + lines[1] + "\n")
    for _ in range(2):
        report = await news.ingest([folder])
        assert counts(report) == (0, 0, 0, 1, 1)
        assert report.refusals[0].line == 1
        assert await found(news, "bearing") == {"bridge"}


async def test_a_file_that_can_no_longer_be_read_keeps_its_articles(news, folder):
    path = write(folder, "a.jsonl", bridge=BRIDGE)
    await news.ingest([folder])
    path.write_bytes(b"\x00\xff" * 50)
    assert (await news.ingest([folder])).refusals
    assert await found(news, "bearing") == {"bridge"}


async def test_an_id_given_twice_in_a_file_is_refused_the_second_time(news, folder):
    path = write(folder, "a.jsonl", bridge=BRIDGE)
    path.write_text(path.read_text() + json.dumps({"id": "bridge", "text": FERRY}) + "\n")
    report = await news.ingest([folder])
    assert counts(report) == (1, 0, 0, 0, 1)
    assert "already used in this file" in report.refusals[0].reason
    assert await found(news, "bearing") == {"bridge"}


async def test_an_id_of_another_file_is_refused_and_the_first_kept(news, folder):
    write(folder, "a.jsonl", story=BRIDGE)
    write(folder, "b.jsonl", story=FERRY)
    report = await news.ingest([folder])
    assert counts(report) == (1, 0, 0, 0, 1)
    assert "belongs to an article of another file" in report.refusals[0].reason
    assert await found(news, "bearing") == {"story"}


async def test_a_moved_file_keeps_its_articles(news, folder):
    path = write(folder, "a.jsonl", bridge=BRIDGE)
    await news.ingest([folder])
    path.rename(folder / "b.jsonl")
    assert counts(await news.ingest([folder], prune=True)) == (1, 0, 1, 0, 0)
    assert await found(news, "bearing") == {"bridge"}


async def test_a_copy_stays_when_the_file_it_was_copied_from_is_pruned(news, folder):
    path = write(folder, "a.jsonl", bridge=BRIDGE)
    write(folder, "b.jsonl", bridge=BRIDGE)
    assert counts(await news.ingest([folder])) == (1, 0, 0, 1, 0)
    path.unlink()
    await news.ingest([folder], prune=True)
    assert await found(news, "bearing") == {"bridge"}


async def test_reindexing_reads_what_was_handed_in_before(news, folder):
    write(folder, "a.jsonl", bridge=BRIDGE)
    await news.ingest([folder])
    write(folder, "b.jsonl", ferry=FERRY)
    report = await news.reindex(lambda _: None)
    assert counts(report) == (1, 0, 0, 1, 0)
    assert await found(news, "ferry") == {"ferry"}


async def test_a_second_run_at_the_same_time_is_refused(news, folder):
    write(folder, "a.jsonl", bridge=BRIDGE)
    first = asyncio.create_task(news.ingest([folder]))
    await asyncio.sleep(0)
    assert news.is_indexing
    with pytest.raises(IndexingInProgressError, match="already at work"):
        await news.ingest([folder])
    assert counts(await first) == (1, 0, 0, 0, 0)
    assert not news.is_indexing


async def test_progress_is_told_and_ends_at_the_whole(news, folder):
    for number in range(3):
        write(folder, f"{number}.jsonl", **{f"a{number}": BRIDGE})
    told = []
    await news.ingest([folder], on_progress=told.append)
    assert told[0].done_file_count == 0
    assert told[-1].done_file_count == told[-1].file_count == 3
    assert told[-1].done_byte_count == told[-1].byte_count > 0
    assert told[-1].article_count == 3
    assert [p.article_count for p in told] == sorted(p.article_count for p in told)


async def test_progress_moves_inside_a_large_file(news, folder):
    write(folder, "many.jsonl", **{f"story-{n}": BRIDGE * 12 for n in range(400)})
    told = []
    await news.ingest([folder], on_progress=told.append)
    inside = [p.done_byte_count for p in told if not p.done_file_count]
    assert len(set(inside)) > 2
    assert inside == sorted(inside)
    assert all(count <= told[0].byte_count for count in inside)


async def test_another_process_run_is_taken_up_by_a_refresh(news, folder, tmp_path):
    write(folder, "a.jsonl", bridge=BRIDGE)
    async with await NewsIndex.open(tmp_path / "data", searchable=False) as other:
        await other.ingest([folder])
    assert await found(news, "bearing") == set()
    assert await news.refresh()
    assert await found(news, "bearing") == {"bridge"}
    assert not await news.refresh()


async def test_statistics_count_what_is_stored(news, folder):
    (folder / "a.jsonl").write_text(
        json.dumps({"id": "old", "text": BRIDGE, "publisher": "Post", "published": "2026-03-01"})
        + "\n"
        + json.dumps({"id": "new", "text": FERRY, "publisher": "Post", "published": "2026-03-09"})
        + "\n"
    )
    await news.ingest([folder])
    statistics = await news.statistics()
    assert statistics.article_count == 2
    assert statistics.passage_count >= 2
    assert dict(statistics.articles_by_publisher) == {"Post": 2}
    assert statistics.newest is not None
    assert statistics.newest.id == "new"
    assert statistics.last_run is not None
    assert statistics.last_run.added_count == 2
    assert (datetime.now(UTC) - statistics.last_run.finished_at).total_seconds() < 60


async def test_much_text_is_split_in_worker_processes_with_the_same_result(news, folder):
    articles = {f"story-{n}": (BRIDGE + f"Number {n} is here.\n") * 12 for n in range(140)}
    write(folder, "many.jsonl", **articles)
    report = await news.ingest([folder])
    assert counts(report) == (140, 0, 0, 0, 0)
    for hit in await news.search(Query("bearing"), 1000):
        passage = hit.passage
        assert articles[passage.article.id][passage.start : passage.end] == passage.text


async def test_a_killed_run_leaves_whole_files_only(folder, tmp_path):
    write(folder, "a.jsonl", bridge=BRIDGE)
    write(folder, "b.jsonl", ferry=FERRY)
    async with await NewsIndex.open(tmp_path / "data", searchable=False) as news:

        def stop_after_one_file(progress) -> None:
            if progress.done_file_count == 1:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            await news.ingest([folder], on_progress=stop_after_one_file)
        statistics = await news.statistics()
        assert statistics.article_count == 1
        assert not news.is_indexing


async def test_a_damaged_database_is_told_in_one_sentence(tmp_path):
    (tmp_path / FILE_NAME).write_bytes(b"no database" * 500)
    with pytest.raises(PullquoteError, match="restore it from a backup"):
        await NewsIndex.open(tmp_path)
