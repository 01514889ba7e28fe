"""What a later run makes of files that were moved, changed, damaged or taken away."""

import json

from tests.integration.news_folder import BRIDGE, FERRY, counts, found, write


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


async def test_a_folder_that_is_gone_is_kept_by_reindexing_and_forgotten_by_pruning(news, folder):
    write(folder, "a.jsonl", bridge=BRIDGE)
    await news.ingest([folder])
    folder.rename(folder.with_name("unmounted"))
    assert counts(await news.reindex(lambda _: None)) == (0, 0, 0, 0, 1)
    assert await found(news, "bearing") == {"bridge"}
    assert counts(await news.ingest([folder], prune=True)) == (0, 0, 1, 0, 0)
    assert await found(news, "bearing") == set()
    assert await news.roots() == []


async def test_a_folder_that_is_suddenly_empty_is_kept_by_reindexing(news, folder):
    path = write(folder, "a.jsonl", bridge=BRIDGE)
    await news.ingest([folder])
    path.unlink()
    assert counts(await news.reindex(lambda _: None)) == (0, 0, 0, 0, 0)
    assert await found(news, "bearing") == {"bridge"}


async def test_reindexing_forgets_a_file_that_went_from_a_folder_that_is_there(news, folder):
    path = write(folder, "a.jsonl", bridge=BRIDGE)
    write(folder, "b.jsonl", ferry=FERRY)
    await news.ingest([folder])
    path.unlink()
    assert counts(await news.reindex(lambda _: None)) == (0, 0, 1, 1, 0)


async def test_a_file_whose_place_a_link_took_is_pruned(news, folder):
    path = write(folder, "a.jsonl", bridge=BRIDGE)
    other = write(folder, "b.jsonl", ferry=FERRY)
    await news.ingest([folder])
    path.unlink()
    path.symlink_to(other)
    assert counts(await news.ingest([folder], prune=True)) == (0, 0, 1, 1, 1)
    assert await found(news, "bearing") == set()


async def test_what_was_refused_is_not_read_again_later(news, folder, tmp_path):
    write(folder, "a.jsonl", bridge=BRIDGE)
    picture = tmp_path / "picture.png"
    picture.write_bytes(b"png")
    missing = tmp_path / ("x" * 300)
    report = await news.ingest([folder, picture, missing])
    assert counts(report) == (1, 0, 0, 0, 2)
    assert await news.roots() == [folder.resolve()]


async def test_articles_that_move_between_files_are_kept(news, folder):
    write(folder, "1.jsonl", one=BRIDGE, two=BRIDGE + "Two.")
    write(folder, "2.jsonl", three=FERRY, four=FERRY + "Four.")
    await news.ingest([folder])
    write(folder, "1.jsonl", three=FERRY, four=FERRY + "Four.")
    write(folder, "2.jsonl", five=BRIDGE + "Five.")
    report = await news.ingest([folder])
    assert report.refusals == ()
    assert (await news.statistics()).article_count == 3
    assert await found(news, "ferry") == {"three", "four"}
    assert counts(await news.ingest([folder])) == (0, 0, 0, 3, 0)


async def test_articles_that_change_places_and_text_are_kept(news, folder):
    write(folder, "1.jsonl", one=BRIDGE)
    write(folder, "2.jsonl", two=FERRY)
    await news.ingest([folder])
    write(folder, "1.jsonl", two=FERRY + "It is late.")
    write(folder, "2.jsonl", one=BRIDGE + "It is long.")
    assert (await news.ingest([folder])).refusals == ()
    assert (await news.statistics()).article_count == 2
    assert counts(await news.ingest([folder])) == (0, 0, 0, 2, 0)


async def test_a_copy_stays_when_the_article_is_taken_out_of_the_first_file(news, folder):
    write(folder, "a.jsonl", bridge=BRIDGE, ferry=FERRY)
    write(folder, "b.jsonl", bridge=BRIDGE)
    await news.ingest([folder])
    write(folder, "a.jsonl", ferry=FERRY)
    await news.ingest([folder])
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
