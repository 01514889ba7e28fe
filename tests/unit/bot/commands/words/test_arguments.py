from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands.words.arguments import Arguments
from bot.commands.words.examples import example, sample
from bot.commands.words.options import option_name, options_of
from bot.commands.words.recognising import spoken
from bot.commands.words.tokens import tokens
from bot.commands.words.values import KINDS, UnclearError
from tests.unit.bot.commands.words.catalogued import (
    ENGLISH,
    GERMAN,
    LANGUAGES,
    VOCABULARY,
    Samples,
    called,
    slash_commands,
)

if TYPE_CHECKING:
    from bot.texts import Texts

IN_BOTH = pytest.mark.parametrize("texts", LANGUAGES.all(), ids=lambda texts: texts.language)


async def read(name: str, text: str, texts: Texts = ENGLISH) -> dict[str, Any]:
    values = cast("Any", Samples(texts))
    return await Arguments(called(name), texts, values, str).read(tokens(text))


@IN_BOTH
async def test_every_option_of_every_command_can_be_written_in_every_language(texts: Texts):
    """A command that is added has its words by itself, or fails here."""
    for command in slash_commands():
        for option in options_of(command, texts):
            parameter = option.parameter
            assert parameter.type in KINDS, (command.qualified_name, parameter.display_name)
            written = example(command, texts, parameter)
            found = spoken(f"!{written}", VOCABULARY, texts)
            assert found is not None
            arguments = Arguments(command, texts, cast("Any", Samples(texts)), str)
            read = await arguments.read(found.rest)
            value = sample(parameter, texts)
            expected = value
            if parameter.choices:
                expected = parameter.choices[0].value
            assert read[parameter.name] == expected, written


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("search", "storm since 2026-03-04", {"query": "storm", "since": "2026-03-04"}),
        ("search", "since 2026-03-04 storm", {"query": "storm", "since": "2026-03-04"}),
        ("search", "since: 2026-03-04 storm", {"query": "storm", "since": "2026-03-04"}),
        ("search", "iphone newest", {"query": "iphone", "sort": 1}),
        ("search", "newest iphone", {"query": "newest iphone"}),
        ("search", "newest", {"query": "newest"}),
        ("search", "sort newest iphone", {"query": "iphone", "sort": 1}),
        ("search", "query: iphone sort: newest", {"query": "iphone", "sort": 1}),
        ("search", "query:iphone sort:newest", {"query": "iphone", "sort": 1}),
        # what is no value belongs to the text
        ("search", "anger since the vote", {"query": "anger since the vote"}),
        ("search", "refugees from Syria", {"query": "refugees from Syria"}),
        ("search", '"since 2026-03-04" storm', {"query": '"since 2026-03-04" storm'}),
        # and its own operators as well
        ("search", "storm publisher:bbc", {"query": "storm publisher:bbc"}),
        ("search", "x since 2026-13-45", {"query": "x", "since": "2026-13-45"}),
        ("ask", "has it been closed since 2026-03-04?", {"question": None}),
        ("ask", "why did it close? private", {"question": "why did it close?", "private": True}),
        ("ask", "why? private: yes", {"question": "why?", "private": "yes"}),
        ("ask", "private: yes why?", {"question": "why?", "private": "yes"}),
        ("ask", "why? since:2026-03-04", {"question": "why? since:2026-03-04"}),
        ("ask", "is private equity bad", {"question": "is private equity bad"}),
        ("latest", "bridge", {"topic": "bridge"}),
        ("latest", "", {}),
        ("digest start", "daily 08:00", {"every": -1, "at": "08:00"}),
        ("digest start", "every day at 08:00", {"every": -1, "at": "08:00"}),
        ("digest start", "Friday 08:00", {"every": 4, "at": "08:00"}),
        ("settings reset", "channels to ask in", {"what": "channels"}),
        ("settings reset", "what: limits", {"what": "limits"}),
        ("settings set", "private threads", {"private": True, "threads": True}),
    ],
)
async def test_options_are_told_from_text(name: str, text: str, expected: dict[str, Any]):
    if expected == {"question": None}:
        expected = {"question": text}
    assert await read(name, text) == expected


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("search", "Sturm seit 2026-03-04", {"query": "Sturm", "since": "2026-03-04"}),
        ("search", "Sturm since 2026-03-04", {"query": "Sturm", "since": "2026-03-04"}),
        ("search", "Sturm neueste", {"query": "Sturm", "sort": 1}),
        ("digest start", "jeden tag um 08:00", {"every": -1, "at": "08:00"}),
        (
            "alerts add",
            "Sturm ruhe von 22:00 ruhe-bis 07:00",
            {"query": "Sturm", "quiet_from": "22:00", "quiet_until": "07:00"},
        ),
    ],
)
async def test_options_have_german_names(name: str, text: str, expected: dict[str, Any]):
    assert await read(name, text, GERMAN) == expected


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("search", "", "“query” is missing"),
        ("search", "since 2026-03-04", "“query” is missing"),
        ("status", "of the talks", "there is no place for “of the talks”"),
        ("alerts remove", "", "“alert” is missing"),
        ("alerts remove", "x y", "“x y” does not fit “alert”"),
        ("settings set", "private perhaps", "there is no place for “perhaps”"),
        ("settings set", "log", "“log” is missing"),
        ("settings set", "log nowhere", "“nowhere” does not fit “log”"),
        ("settings limits", "person many", "“many” does not fit “person”"),
        ("digest start", "daily", "“at” is missing"),
        ("latest", "x" * 301, "“topic” has 301 characters and may have 300"),
    ],
)
async def test_what_is_wrong_is_told(name: str, text: str, reason: str):
    with pytest.raises(UnclearError) as error:
        await read(name, text)
    assert ENGLISH.tell(error.value.saying) == reason


@given(st.text(max_size=100))
async def test_any_text_is_read_or_refused(text: str):
    reasons: list[str] = []
    for command in slash_commands():
        try:
            found = await read(command.qualified_name, text)
        except UnclearError as error:
            reasons.append(GERMAN.tell(error.saying))
            continue
        assert found.keys() <= {each.name for each in command.parameters}
    assert all(reasons)


async def test_a_text_keeps_all_its_words():
    found = await read("alerts add", 'storm -rain "high  winds" author:smith')
    assert found == {"query": 'storm -rain "high  winds" author:smith'}


async def test_an_address_is_read_without_the_signs_that_hide_its_preview():
    assert await read("article", "<https://news.example/a>") == {
        "headline": "https://news.example/a"
    }


def test_options_are_named_as_in_slash_commands():
    assert option_name(called("search").parameters[1], GERMAN) == "medium"
