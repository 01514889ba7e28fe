"""The order of passages for some questions, in files that a change of ranking makes readable.

    uv run pytest tests/relevance/test_rankings.py --write-rankings

writes them anew; look at the difference before it is committed. On top stands where the first
passage that answers was found, and `*` marks each that does.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from textwrap import shorten

import pytest

RANKINGS = Path(__file__).parent / "rankings"
RANKED = (
    "s01",
    "s12",
    "s20",
    "s24",
    "s34",
    "s38",
    "s41",
    "s46",
    "s78",
    "s81",
    "s90",
    "s92",
    "s107",
)
SHOWN_COUNT = 6
OPENING_LENGTH = 80


def file_of(question) -> Path:
    words = re.findall(r"[a-z0-9]+", question.text.lower())
    return RANKINGS / f"{question.id}-{'-'.join(words[:8])}.txt"


def lines_of(question, reply, relevant) -> Iterator[str]:
    spans = {(hit.article_id, hit.start, hit.end): rank for rank, hit in enumerate(reply.hits, 1)}
    ranks = sorted(spans[span] for span in relevant if span in spans)
    found = f"rank {ranks[0]}" if ranks else "not found" if relevant else "nothing answers"
    yield f"target: {found}"
    yield f"question: {question.text}"
    for span, rank in list(spans.items())[:SHOWN_COUNT]:
        mark = "*" if span in relevant else " "
        opening = shorten(reply.hits[rank - 1].text, OPENING_LENGTH, placeholder=" …")
        yield ""
        yield f"{rank} {mark} {span[0]} {span[1]}-{span[2]}"
        yield f"    {opening}"


@pytest.fixture(scope="module")
def rankings(sample) -> dict[Path, str]:
    chosen = [question for question in sample.questions if question.id in RANKED]
    assert len(chosen) == len(RANKED)
    run = sample.run
    return {
        file_of(each): "\n".join(lines_of(each, run.replies[each.id], run.relevant[each.id])) + "\n"
        for each in chosen
    }


@pytest.mark.parametrize("question_id", RANKED)
def test_passages_stand_in_the_order_that_was_looked_at(rankings, question_id, pytestconfig):
    ((file, text),) = [
        each for each in rankings.items() if each[0].name.startswith(f"{question_id}-")
    ]
    if pytestconfig.getoption("--write-rankings"):
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8"), (
        "the order has changed; if it is as good, write it anew with --write-rankings"
    )


def test_there_is_a_file_for_every_ranked_question_and_no_other(rankings):
    assert set(RANKINGS.iterdir()) == set(rankings)
