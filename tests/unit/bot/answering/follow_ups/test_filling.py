from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.answering.follow_ups import filled

POWELL = "What did Jerome Powell say about inflation?"
BRIDGE = "Why was the bridge closed?"
FED = "What did the Fed do with interest rates?"
FRANCE = "Who won the election in France?"
UKRAINE = "What did Trump say about Ukraine yesterday?"
MAYOR = "Who is the mayor of Pellmouth?"
SAMPLE = [
    json.loads(line)["question"]
    for line in (Path(__file__).parents[4] / "relevance" / "sample_questions.jsonl")
    .read_text(encoding="utf-8")
    .splitlines()
]


@pytest.mark.parametrize(
    ("last", "text", "whole"),
    [
        # who
        (POWELL, "and what did he say about tariffs?", "What did Jerome Powell say about tariffs?"),
        (POWELL, "who is he", "Who is Jerome Powell?"),
        (POWELL, "who disagrees with him?", "Who disagrees with Jerome Powell?"),
        (POWELL, "is his deputy ill?", "Is Jerome Powell's deputy ill?"),
        (MAYOR, "how old is she?", "How old is the mayor of Pellmouth?"),
        (MAYOR, "which party does he belong to?",
         "Which party does the mayor of Pellmouth belong to?"),
        ("what did powell say about inflation", "what did he say about tariffs",
         "What did powell say about tariffs?"),
        ("Why did the chancellor resign?", "who will succeed her?",
         "Who will succeed the chancellor?"),
        ("Did the council raise taxes?", "when did they decide?", "When did the council decide?"),
        ("Did Microsoft buy Activision?", "how much did they pay?", "How much did Microsoft pay?"),
        # what
        (BRIDGE, "When will it open again?", "When will the bridge open again?"),
        (BRIDGE, "who closed it", "Who closed the bridge?"),
        (BRIDGE, "how much will it cost?", "How much will the bridge cost?"),
        (BRIDGE, "what did the council do about it?", "What did the council do about the bridge?"),
        (BRIDGE, "what’s it called?", "What’s the bridge called?"),
        (FRANCE, "when was it held?", "When was the election held?"),
        (FRANCE, "what happened there?", "What happened in France?"),
        (FED, "when will it raise them?", "When will the Fed raise interest rates?"),
        (POWELL, "is it rising?", "Is inflation rising?"),
        (UKRAINE, "what did Putin say about it?", "What did Putin say about Ukraine?"),
        ("Did Tesla raise prices?", "when will it open the plant?",
         "When will Tesla open the plant?"),
        ("Did Microsoft buy Activision?", "how much did it pay for it?",
         "How much did Microsoft pay for Activision?"),
        ("What did the mayor say about the bridge?", "what did she say about it?",
         "What did the mayor say about the bridge?"),
        # question words alone
        (BRIDGE, "when?", "When was the bridge closed?"),
        (BRIDGE, "And since when exactly?", "Since when was the bridge closed?"),
        (BRIDGE, "when was that?", "When was the bridge closed?"),
        (BRIDGE, "for how long", "For how long was the bridge closed?"),
        ("Did Tesla raise prices?", "but why?", "Why did Tesla raise prices?"),
        ("When was Crake born?", "where?", "Where was Crake born?"),
        (POWELL, "why?", f"Why? {POWELL}"),
        (FRANCE, "by how much?", f"By how much? {FRANCE}"),
        (BRIDGE, "by whom?", f"By whom? {BRIDGE}"),
        (FRANCE, "who else?", "Who else won the election in France?"),
        (POWELL, "anything else?", "What else did Jerome Powell say about inflation?"),
        (BRIDGE, "who else?", f"Who else? {BRIDGE}"),
        (BRIDGE, "was it?", "Was the bridge closed?"),
        ("Why did Powell resign?", "will he?", "Will Powell resign?"),
        (POWELL, "did he?", f"Did he? {POWELL}"),
        # parts
        (POWELL, "and about tariffs?", "What did Jerome Powell say about tariffs?"),
        (POWELL, "What about tariffs?", "What did Jerome Powell say about tariffs?"),
        (POWELL, "and Christine Lagarde?", "What did Christine Lagarde say about inflation?"),
        (POWELL, "how about his deputy?", "What did Jerome Powell's deputy say about inflation?"),
        (POWELL, "In Germany?", "What did Jerome Powell say about inflation in Germany?"),
        (BRIDGE, "and the tunnel", "Why was the tunnel closed?"),
        (BRIDGE, "same for the tunnel?", "Why was the tunnel closed?"),
        (FED, "and with mortgages?", "What did the Fed do with mortgages?"),
        (FED, "what about the ECB?", "What did the ECB do with interest rates?"),
        (FRANCE, "and in Germany?", "Who won the election in Germany?"),
        ("Did Tesla raise prices?", "and Ford?", "Did Ford raise prices?"),
        ("Did the council raise taxes?", "and the government?",
         "Did the government raise taxes?"),
        ("Why did Trump's tariffs fail?", "and Biden's?", "Why did Biden's tariffs fail?"),
        ("What is the capital of Australia?", "and of France?", "What is the capital of France?"),
        ("Why did the chancellor resign?", "and her husband?",
         "Why did the chancellor's husband resign?"),
        ("price of a packet of snaps", "what about biscuits",
         "What about biscuits? Price of a packet of snaps?"),
        # times
        (POWELL, "and last week?", "What did Jerome Powell say about inflation last week?"),
        (UKRAINE, "and today?", "What did Trump say about Ukraine today?"),
        (f"{FRANCE[:-1]} last week?", "and in May?", "Who won the election in France in May?"),
        ("How many goals did Kane score in May?", "and in June?",
         "How many goals did Kane score in June?"),
        ("price of a packet of snaps", "and in may?", "Price of a packet of snaps in may?"),
        # all of it
        (POWELL, "why did he say that?", f"Why did Jerome Powell say that? {POWELL}"),
        (BRIDGE, "is that true?", f"Is that true? {BRIDGE}"),
        (BRIDGE, "what happened next?", f"What happened next? {BRIDGE}"),
        (UKRAINE, "How did Ukraine respond to that?",
         f"How did Ukraine respond to that? {UKRAINE}"),
        ("Which player got a red card?", "who replaced him?",
         "Who replaced him? Which player got a red card?"),
        (BRIDGE, "who did they blame?", f"Who did they blame? {BRIDGE}"),
        # of two questions, the last
        (f"Why? {POWELL}", "and about tariffs?", "What did Jerome Powell say about tariffs?"),
    ],
)  # fmt: skip
def test_what_a_question_leaves_out_is_filled_in_from_the_last_one(
    last: str, text: str, whole: str
):
    assert filled(text, last) == whole


@pytest.mark.parametrize(
    ("last", "text", "whole"),
    [
        ("What did Trump say about China? since:yesterday publisher:BBC -sport",
         "and about Russia?",
         'What did Trump say about Russia? since:"yesterday" publisher:"BBC" -"sport"'),
        (f"{BRIDGE} publisher:BBC", "when? publisher:Courier",
         'When was the bridge closed? publisher:"Courier"'),
        (f"{BRIDGE} since:2024", "when? until:2023",
         'When was the bridge closed? until:"2023"'),
        (f"{BRIDGE} since:3 days ago", "when?", 'When was the bridge closed? since:"3 days ago"'),
        ('Why was the "lantern bridge" closed?', "when?", "When was the lantern bridge closed?"),
        (BRIDGE, 'and the "old tunnel"?', 'Why was the "old tunnel" closed?'),
        (BRIDGE, "-sport and the tunnel", 'Why was the tunnel closed? -"sport"'),
    ],
)  # fmt: skip
def test_operators_hold_on_until_they_are_typed_anew(last: str, text: str, whole: str):
    assert filled(text, last) == whole


STANDING_ALONE = [
    "And why did the mayor resign?",
    "and how many were hurt?",
    "Why did the mayor say she would resign?",
    "What did Trump say about his tariffs?",
    "Does the thief have to give it back?",
    "Is it true that the bridge is closed?",
    "How long does it take to repair a bridge?",
    "Will it rain in Oslo tomorrow?",
    "What time is it in Oslo?",
    "Are there other bridges?",
    "Is there a ferry to Bristol?",
    "Did they find the farmer who went missing in the storm?",
    "On what date did the Fed meet?",
    "In which city is the Fed?",
    "Has the river ever been higher than that at the weir?",
    "What did the council decide this week?",
    "Who owns that house in the harbour?",
    "Why did Tesla say it would close the plant?",
    "When did the mayor resign, and why did he do it?",
    "tariffs",
    "bitcoin price today",
    "thanks!",
    "ok",
    "hello",
    "really?",
    'Why did "he" resign since:yesterday publisher:BBC -sport',
    "",
    " ",
    "?!",
    '"unclosed',
]


@pytest.mark.parametrize("text", STANDING_ALONE)
def test_a_question_that_stands_alone_stays_as_it_was_typed(text: str):
    for last in (POWELL, BRIDGE, FED, FRANCE, UKRAINE, MAYOR, *SAMPLE):
        assert filled(text, last) == text


@pytest.mark.parametrize("last", ["", " ", "?", "-sport", "since:yesterday", '"unclosed'])
def test_from_nothing_nothing_is_filled_in(last: str):
    assert filled("and why did he do it?", last) == "and why did he do it?"


def test_no_judged_question_is_touched_whatever_was_asked_before():
    for text in SAMPLE:
        for last in (POWELL, BRIDGE, FED, *SAMPLE):
            assert filled(text, last) == text


# ── properties ───────────────────────────────────────────────────────────────
SOME = (
    "he she it they him her his that this there who what why when and in about the a mayor bridge"
    " Powell Fed did was is will say close raise last week yesterday ? , . - \" ' since:2024"
    " publisher:BBC -sport of for else how about Germany tariffs May"
)
texts = st.one_of(
    st.text(max_size=60), st.lists(st.sampled_from(SOME.split()), max_size=9).map(" ".join)
)
lasts = st.one_of(texts, st.sampled_from([POWELL, BRIDGE, FED, FRANCE, UKRAINE, MAYOR, *SAMPLE]))
names = st.sampled_from(["Trump", "the mayor", "Angela Merkel", "the council of Rome", "Tesla"])
verbs = st.sampled_from(["resign", "raise taxes", "close the plant", "speak about the flood"])
openings = st.sampled_from(["Why did", "When will", "And where does", "But how can", "Did"])
standing_alone = st.builds(lambda *parts: f"{' '.join(parts)}?", openings, names, verbs)


@settings(max_examples=400, deadline=None)
@given(texts, lasts)
@example("and", POWELL)
@example("what about", POWELL)
@example("and of", "of of of")
@example("it", "Did the")
@example("OF+", "OF%0")
@example("+ABOUT", "0")
@example("OF$0", "OF%0")
def test_what_is_filled_in_comes_from_the_two_questions_and_stands_alone(text: str, last: str):
    whole = filled(text, last)
    assert filled(whole, last) == whole
    if whole != text:
        ours = set(re.findall(r"\w+", f"{text} {last} what about else s".casefold()))
        assert set(re.findall(r"\w+", whole.casefold())) <= ours


@given(standing_alone, lasts)
def test_a_sentence_with_a_subject_of_its_own_is_never_touched(text: str, last: str):
    assert filled(text, last) == text
