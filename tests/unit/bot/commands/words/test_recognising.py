from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from discord import app_commands
from hypothesis import given
from hypothesis import strategies as st

from bot.commands.words.examples import example
from bot.commands.words.recognising import Spoken, spoken
from bot.commands.words.tokens import joined
from tests.unit.bot.commands.words.catalogued import (
    ENGLISH,
    GERMAN,
    LANGUAGES,
    VOCABULARY,
    called,
    runnable,
)

if TYPE_CHECKING:
    from bot.texts import Texts

JUDGED = Path(__file__).parents[4] / "relevance" / "sample_questions.jsonl"
MENUS = ["Is this quoted correctly?", "Ist das richtig zitiert?"]
BOTH = pytest.mark.parametrize("texts", [ENGLISH, GERMAN], ids=["en", "de"])
ANY_WORDS = st.lists(st.from_regex(r"[a-zäöü0-9#:-]{1,12}", fullmatch=True), max_size=6)


def read(text: str, texts: Texts = ENGLISH) -> Spoken | None:
    return spoken(text, VOCABULARY, texts)


def name_of(found: Spoken | None) -> str | None:
    return found.target.qualified_name if found and found.target else None


@pytest.mark.parametrize(
    ("text", "name", "rest"),
    [
        ("search tariffs since 2023-10-01", "search", "tariffs since 2023-10-01"),
        ("Find war in Ukraine", "search", "war in Ukraine"),
        ("search: WHO warnings", "search", "WHO warnings"),
        ("latest economy", "latest", "economy"),
        ("Latest", "latest", ""),
        ("status.", "status", ""),
        ("article Fed holds rates", "article", "Fed holds rates"),
        ("ask: Did the Fed hold rates?", "ask", "Did the Fed hold rates?"),
        ("ask what did the Fed do", "ask", "what did the Fed do"),
        ("alerts add storm", "alerts add", "storm"),
        ("alerts", "alerts", ""),
        ("digest daily 08:00", "digest start", "daily 08:00"),
        ("digest every day 08:00", "digest start", "every day 08:00"),
        ("settings set private on", "settings set", "private on"),
        ("help", "help", ""),
        ("commands", "help", ""),
        ("help search", "help", "search"),
        ("help alerts add", "help", "alerts add"),
        ("suche Zölle", "search", "Zölle"),
        ("frage, hat die Fed die Zinsen gesenkt?", "ask", "hat die Fed die Zinsen gesenkt?"),
        ("hinweise entfernen 3", "alerts remove", "3"),
        ("überblick täglich 08:00", "digest start", "täglich 08:00"),
        ("neu-einlesen", "reindex", ""),
        ("neu einlesen", "reindex", ""),
        ("hilfe", "help", ""),
        ("Is this quoted correctly?", "Is this quoted correctly?", ""),
        ("In den Nachrichten suchen", "Search the news for this", ""),
        # behind a sign it always is one
        ("!search who is missing?", "search", "who is missing?"),
        ("/search who is missing?", "search", "who is missing?"),
        ("!suchen Retter noch?", "search", "Retter noch?"),
        ("!status of the talks?", "status", "of the talks?"),
        ("!alerts in Florida", "alerts", "in Florida"),
    ],
)
def test_a_command_is_known_by_its_first_words(text: str, name: str, rest: str):
    found = read(text)
    assert found is not None
    assert name_of(found) == name
    assert joined(found.rest) == rest


@pytest.mark.parametrize(
    "text",
    [
        "What did the Fed do?",
        "latest unemployment rate?",
        "Search warrants: who was raided?",
        "Find out whether rates rose",
        "Finde heraus, ob die Zinsen gestiegen sind",
        "search who is missing",
        "Status of the debt ceiling talks",
        "Status quo in Berlin",
        "Privacy laws in California",
        "Privacy show cancelled",
        "Setup of the new government",
        "Settings of the trade deal",
        "Alerts in Ukraine",
        "Digest of the budget",
        "Diagnose of the king",
        "Article 5: what does it say?",
        "Ask Jeeves shuts down?",
        "ask the experts: will rates fall?",
        "Help for Ukraine",
        "Help search teams find survivors",
        "Commands of the army",
        "Suchen Retter weiter nach Vermissten",
        "Suchen die Retter noch?",
        "Fragen die Gewerkschaften nach mehr Geld",
        "Suche nach MH370: wann endet sie",
        "Datenschutz in der EU",
        "Hinweise neu bewertet: wer ist betroffen",
        "Is this quoted correctly in the press",
        "",
        "!",
        "!!! what happened",
        "/ 5",
    ],
)
def test_what_asks_something_or_goes_on_otherwise_is_a_question(text: str):
    assert read(text) is None


@BOTH
def test_no_judged_question_is_a_command(texts: Texts):
    questions = [json.loads(line)["question"] for line in JUDGED.read_text("utf-8").splitlines()]
    assert len(questions) > 30
    assert [each for each in questions if read(each, texts) is not None] == []


@BOTH
@given(words=ANY_WORDS)
def test_no_sentence_with_a_question_mark_is_a_command(texts: Texts, words: list[str]):
    for target in VOCABULARY.targets:
        if target.name == "ask" or isinstance(target, app_commands.ContextMenu):
            continue
        for language in LANGUAGES.all():
            beginning = example(target, language) if target in list(runnable()) else target.name
            assert read(" ".join([beginning, *words]) + "?", texts) is None


@BOTH
@given(text=st.text(max_size=80))
def test_a_text_without_a_name_at_its_beginning_is_a_question(texts: Texts, text: str):
    asked = f"why {text}"
    assert read(asked, texts) is None
    assert read(f"Warum {text}", texts) is None


@given(words=ANY_WORDS)
def test_whatever_stands_behind_a_sign_and_a_name_is_that_command(words: list[str]):
    for target in VOCABULARY.targets:
        found = read(f"!{target.qualified_name} {' '.join(words)}")
        assert found is not None
        assert found.root == (getattr(target, "root_parent", None) or target).name
        assert name_of(found)


@given(st.text(min_size=1, max_size=60))
def test_any_text_is_read_without_failing(text: str):
    read(text)
    read(f"!{text}")
    read(f"search {text}")


def test_an_unknown_name_behind_a_sign_is_no_question():
    found = read("!xylophone x")
    assert found is not None
    assert found.target is None
    assert found.typed == "xylophone"


def test_the_language_is_that_of_the_words_and_where_both_have_them_the_one_spoken_there():
    for text, texts, spoken_texts in (
        ("suche Zölle", ENGLISH, GERMAN),
        ("search tariffs", GERMAN, ENGLISH),
        ("status", GERMAN, GERMAN),
        ("status", ENGLISH, ENGLISH),
    ):
        found = read(text, texts)
        assert found is not None
        assert found.texts.language == spoken_texts.language


@BOTH
def test_every_command_is_known_by_an_example_in_every_language(texts: Texts):
    for target in runnable():
        for language in LANGUAGES.all():
            found = read(example(target, language), texts)
            assert name_of(found) == target.qualified_name


def test_a_group_is_known_by_its_name_alone():
    for name in ("alerts", "digest", "privacy", "settings"):
        assert name_of(read(name)) == name
        assert read(f"{name} of the world") is None
        assert called(name) is not None
