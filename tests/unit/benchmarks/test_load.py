from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from benchmarks.load.asking import Asked, ask_for
from benchmarks.load.bots import bot_at_work
from benchmarks.load.news import ChangingNews
from index import NewsIndex

if TYPE_CHECKING:
    from pathlib import Path


async def test_everyone_asks_again_as_soon_as_an_answer_is_there(tmp_path: Path):
    asked = Asked()
    async with bot_at_work(
        "benchmarks.load.empty_bot", directory=tmp_path, person_count=3
    ) as place:
        await ask_for(0.5, place, ["Why?", "When?"], asked)
    told = asked.figures()
    assert len(asked.answered) > len(place.people)
    assert told["without an answer"] == 0
    assert told["acknowledged, median ms"] <= told["answered, median ms"]
    assert told["questions a second"] == pytest.approx(len(asked.answered) / asked.asking_seconds)


def test_times_are_told_in_milliseconds():
    told = Asked([0.001, 0.003], [0.5, 0.7], 1, 4.0).figures()
    assert told["acknowledged, median ms"] == pytest.approx(2)
    assert told["answered, p99 ms"] == pytest.approx(698)
    assert (told["questions a second"], told["without an answer"]) == (0.5, 1)


async def test_an_index_run_has_work_after_each_change(tmp_path: Path):
    corpus, folder = tmp_path / "corpus.jsonl", tmp_path / "news"
    articles = [{"id": f"a{n}", "text": f"Story {n} is about the bridge."} for n in range(120)]
    corpus.write_text("".join(json.dumps(each) + "\n" for each in articles), encoding="utf-8")
    folder.mkdir()
    news = ChangingNews(corpus, folder)
    await news.index(tmp_path / "data")
    async with await NewsIndex.open(tmp_path / "data") as index:
        assert (await index.statistics()).article_count == 120
        news.change()
        run = (await index.ingest([folder])).run
        assert (run.added_count, run.changed_count) == (0, 3)
