"""The bundled sample news and its judged questions agree with each other."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[3]
NEWS = ROOT / "bot" / "demo" / "news"
QUESTIONS = ROOT / "tests" / "relevance" / "sample_questions.jsonl"
FIRST_DAY, LAST_DAY = date(2026, 3, 2), date(2026, 4, 17)
TYPES = {
    "who",
    "when",
    "where",
    "how many",
    "how much",
    "which",
    "why",
    "what",
    "yes/no",
    "quote",
    "two-part",
    "typo",
    "keywords",
    "long-winded",
    "paraphrase",
}


@dataclass(frozen=True)
class Story:
    fields: dict[str, Any]
    body: str

    @property
    def day(self) -> date:
        published = self.fields["published"]
        if isinstance(published, str):
            published = datetime.fromisoformat(published)
        if isinstance(published, datetime):
            return published.astimezone(UTC).date()
        assert isinstance(published, date)
        return published


def read_stories() -> list[Story]:
    stories = []
    for file in sorted(NEWS.glob("*.md")):
        _, header, body = file.read_text(encoding="utf-8").split("---\n", 2)
        stories.append(Story(yaml.safe_load(header), body.strip()))
    for file in sorted(NEWS.glob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            fields = json.loads(line)
            stories.append(Story(fields, fields["text"]))
    return stories


def read_questions() -> list[dict[str, Any]]:
    return [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def stories() -> list[Story]:
    return read_stories()


@pytest.fixture(scope="module")
def questions() -> list[dict[str, Any]]:
    return read_questions()


@pytest.fixture(scope="module")
def bodies(stories: list[Story]) -> dict[str, str]:
    return {story.fields["id"]: story.body for story in stories}


def test_the_sample_holds_32_files_of_one_article_and_one_of_four(stories: list[Story]) -> None:
    assert len(stories) == 36
    files = {path.name for path in NEWS.iterdir()}
    assert len({name for name in files if name.endswith(".md")}) == 32
    assert {name for name in files if not name.endswith(".md")} == {"estuary-wire.jsonl"}


def test_every_id_and_url_is_unique_and_no_url_leads_anywhere(stories: list[Story]) -> None:
    assert len({story.fields["id"] for story in stories}) == len(stories)
    urls = {story.fields["url"] for story in stories}
    assert len(urls) == len(stories)
    assert all(url.split("/")[2].endswith(".example") for url in urls)


def test_every_article_says_what_who_when_and_of_which_kind(stories: list[Story]) -> None:
    for story in stories:
        for name in ("id", "title", "publisher", "published", "url", "category"):
            assert story.fields[name], (story.fields["id"], name)
    assert {story.fields["publisher"] for story in stories} == {
        "The Pellmouth Courier",
        "The Saltmarsh Weekly",
        "Radio Pell",
        "Estuary Wire",
    }


def test_articles_are_short_and_differ_in_length(stories: list[Story]) -> None:
    word_counts = [len(story.body.split()) for story in stories]
    assert min(word_counts) >= 150
    assert max(word_counts) <= 500
    assert max(word_counts) > 2 * min(word_counts)


def test_every_article_was_published_within_the_six_weeks(stories: list[Story]) -> None:
    for story in stories:
        assert FIRST_DAY <= story.day <= LAST_DAY, story.fields["id"]
        assert story.day.isoformat() in story.fields["id"]


def test_some_articles_know_the_minute_and_some_only_the_day(stories: list[Story]) -> None:
    kinds = {type(story.fields["published"]) for story in stories}
    assert {date, datetime} <= kinds
    for story in stories:
        published = story.fields["published"]
        if isinstance(published, datetime):
            assert published.tzinfo is not None


def test_one_wire_story_is_printed_in_two_papers(stories: list[Story]) -> None:
    printed = [
        story
        for story in stories
        if story.fields["publisher"] != "Estuary Wire"
        and story.fields.get("author") == "Estuary Wire"
    ]
    first, second = printed
    assert first.fields["publisher"] != second.fields["publisher"]
    likeness = SequenceMatcher(None, first.body.split(), second.body.split()).ratio()
    assert 0.85 < likeness < 1


def test_a_correction_states_the_wrong_figure_and_the_right_one(stories: list[Story]) -> None:
    (correction,) = [story for story in stories if story.fields["category"] == "Correction"]
    assert "340 homes" in correction.body
    assert "214 homes" in correction.body
    wrong = [story for story in stories if "flooded 340 homes" in story.body]
    assert [story.day < correction.day for story in wrong] == [True]
    assert wrong[0].fields["publisher"] == correction.fields["publisher"]


def test_papers_differ_in_their_quotation_marks(stories: list[Story]) -> None:
    for story in stories:
        unwanted = '"' if story.fields["publisher"] == "The Pellmouth Courier" else "“"
        assert unwanted not in story.body, story.fields["id"]


def test_there_are_123_questions_of_every_type_with_their_own_ids(
    questions: list[dict[str, Any]],
) -> None:
    assert len(questions) == 123
    assert len({question["id"] for question in questions}) == 123
    assert len({question["question"].casefold() for question in questions}) == 123
    assert {question["type"] for question in questions} == TYPES


def test_more_than_a_third_of_the_questions_is_not_answered_by_the_news(
    questions: list[dict[str, Any]],
) -> None:
    unanswerable = [question for question in questions if not question["answerable"]]
    assert len(unanswerable) * 3 > len(questions)
    for question in unanswerable:
        assert question["answers"] == []
        assert question["evidence"] == []


def test_every_type_has_questions_that_the_news_does_not_answer(
    questions: list[dict[str, Any]],
) -> None:
    assert {each["type"] for each in questions if not each["answerable"]} == TYPES


def test_every_evidence_stands_in_its_article_byte_for_byte(
    questions: list[dict[str, Any]], bodies: dict[str, str]
) -> None:
    for question in questions:
        for evidence in question["evidence"]:
            assert evidence["text"] in bodies[evidence["article_id"]], question["id"]


def test_every_answer_is_in_evidence_and_all_evidence_holds_an_answer(
    questions: list[dict[str, Any]],
) -> None:
    for question in questions:
        if not question["answerable"]:
            continue
        texts = [evidence["text"] for evidence in question["evidence"]]
        assert texts, question["id"]
        for answer in question["answers"]:
            assert any(answer in text for text in texts), question["id"]
        for text in texts:
            assert any(answer in text for answer in question["answers"]), question["id"]


def test_evidence_was_published_by_the_day_of_the_question(
    questions: list[dict[str, Any]], stories: list[Story]
) -> None:
    days = {story.fields["id"]: story.day for story in stories}
    for question in questions:
        asked = date.fromisoformat(question["date"])
        assert FIRST_DAY <= asked <= LAST_DAY
        published = [days[evidence["article_id"]] for evidence in question["evidence"]]
        assert all(day <= asked for day in published), question["id"]
