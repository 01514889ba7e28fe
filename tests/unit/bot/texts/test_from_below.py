from __future__ import annotations

import ast
import os
from itertools import chain
from typing import TYPE_CHECKING

import pytest

from bot.answering.confidence_features import DESCRIPTIONS as OF_QUESTIONS
from bot.answering.confidence_features import NAMES as QUESTION_NAMES
from bot.answering.passage_features import NAMES as PASSAGE_NAMES
from bot.answering.phrases import phrase
from bot.answering.quoting import described as described_sentence
from bot.answering.ranking import described as described_passage
from bot.answering.sentence_features import NAMES as SENTENCE_NAMES
from bot.texts import Languages, Texts, english
from bot.texts.recognising import Recogniser
from index.errors import WriterBusyError
from index.storage.segments.writer_lock import WriterLock
from tests.unit.bot.texts.written import called, modules, name_of

if TYPE_CHECKING:
    from pathlib import Path

ERRORS = {
    "InvalidQueryError",
    "IndexingInProgressError",
    "WriterBusyError",
    "FileRefusedError",
    "ArticleRefusedError",
    "FeedRefusedError",
    "FetchError",
}
UNSEEN = {
    "is not a time; write it like 2026-03-04 or 2026-03-04T18:30.": "--now is only in a terminal",
    "what was read of it, a ": "a mistake of ours, which no file can cause",
    "Pullquote is already 7": "it is put together; the next test has it",
    "Pullquote is ending": "nobody is told of a run any more",
}


@pytest.fixture(scope="module")
def german() -> Texts:
    return Languages.shipped().best("de")


def shown(node: ast.expr) -> str | None:
    """A text as it may be at run time, with something in each of its places."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if not isinstance(node, ast.JoinedStr):
        return None
    parts = [each.value if isinstance(each, ast.Constant) else "7" for each in node.values]
    return "".join(map(str, parts))


def errors_of_index() -> list[tuple[str, str]]:
    found = []
    for path in modules("index"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and called(node) in ERRORS and node.args:
                text = shown(node.args[0])
                if text and not any(part in text for part in UNSEEN):
                    found.append((name_of(path), text))
    return found


def reasons_in_tables() -> list[str]:
    """What is looked up by a number of the system or of HTTP."""
    found = []
    for name in ("index/ingestion/faults.py", "index/ingestion/web/faults.py"):
        (path,) = [each for each in modules("index") if name_of(each) == name]
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Dict):
                found += [text for each in node.values if (text := shown(each))]
    return found


@pytest.mark.parametrize(("file", "text"), errors_of_index())
def test_what_index_refuses_is_known(german: Texts, file: str, text: str):
    """Where this fails, `bot/texts/from_below.py` lacks what was added to `index`."""
    knows = Recogniser.of_all()
    # a number or a nested text may have to stand where there is a 7, and advice may be empty
    tried = (text, text.replace("7", "Monday, 2 March 2026"), text.replace("7", ""))
    assert any(knows.knows(each, german) for each in tried), file


def test_an_index_that_is_written_by_another_is_known(german: Texts, tmp_path: Path):
    with WriterLock(tmp_path / "lock"), pytest.raises(WriterBusyError) as refused:
        WriterLock(tmp_path / "lock").acquire()
    assert german.retold(str(refused.value)) == (
        f"Pullquote schreibt schon an diesem Index (PID {os.getpid()}); "
        "warte, bis das zu Ende ist, dann versuche es noch einmal."
    )


def test_the_reasons_in_tables_are_known(german: Texts):
    found = reasons_in_tables()
    assert len(found) > 15
    assert [text for text in found if not Recogniser.of_all().knows(text, german)] == []


@pytest.mark.parametrize("value", [0.0, 0.25, 1.0, -1.5])
def test_whatever_is_measured_can_be_said(german: Texts, value: float):
    descriptions = chain(
        (OF_QUESTIONS[name] for name in QUESTION_NAMES),
        map(described_passage, PASSAGE_NAMES),
        map(described_sentence, SENTENCE_NAMES),
    )
    # a share is never below nothing
    least = {each: abs(value) if " % " in phrase(each, 1.0) else value for each in descriptions}
    phrases = [phrase(each, number) for each, number in least.items()]
    assert [each for each in phrases if not Recogniser.of_all().knows(each, german)] == []


@pytest.mark.parametrize(
    ("text", "in_german"),
    [
        ("opens its article", "eröffnet den Artikel"),
        (
            "80 % of the question is in its title, beside the best passage's",
            "80 % der Frage stehen im Titel, verglichen mit der besten Stelle",
        ),
        ("logarithm of its rank by BM25: 1.10", "Logarithmus ihres Rangs nach BM25: 1,10"),
        ("rank 3 of 1,200 passages looked at", "Rang 3 von 1.200 betrachteten Stellen"),
        (
            (
                "No time is both since Tuesday, 3 March 2026 and before Monday, 2 March 2026; "
                "exchange `since` and `until`, or leave one out."
            ),
            (
                "Keine Zeit liegt nach Beginn von Dienstag, 3. März 2026 und zugleich vor "
                "Montag, 2. März 2026; vertausche `since` und `until`, oder lass eines weg."
            ),
        ),
        (
            "it has failed 12 times in a row; last: its server is in trouble (503)",
            "12-mal nacheinander gescheitert; zuletzt: der Server hat ein Problem (503)",
        ),
        (
            "it has failed 2 times in a row; last: of something new",
            "2-mal nacheinander gescheitert; zuletzt: of something new",
        ),
        ('"or from {x} since" word for word', '"or from {x} since" wörtlich'),
        ("Nobody has ever said this (0.50)", "Nobody has ever said this (0.50)"),
        ("rank many of 3 passages looked at", "rank many of 3 passages looked at"),
    ],
)
def test_what_is_known_is_said_and_all_else_left_as_it_is(german: Texts, text: str, in_german: str):
    assert german.retold(text) == in_german
    assert english().retold(text) == text


def test_a_day_that_never_was_is_left_as_it_is(german: Texts):
    text = (
        "No time is both since Tuesday, 33 March 2026 and before Monday, 2 March 2026; "
        "exchange `since` and `until`, or leave one out."
    )
    assert german.retold(text) == text
