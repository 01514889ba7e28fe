from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.answering.follow_ups import filled

POWELL = "Was sagte Jerome Powell über die Inflation?"
BRIDGE = "Warum wurde die Brücke geschlossen?"
FRANCE = "Wer gewann die Wahl in Frankreich?"
FED = "Was machte die Fed mit den Zinsen?"
CHANCELLOR = "Warum trat der Kanzler zurück?"
TESLA = "Hat Tesla die Preise erhöht?"
YESTERDAY = "Was sagte Trump gestern über die Ukraine?"
LASTS = [POWELL, BRIDGE, FRANCE, FED, CHANCELLOR, TESLA, YESTERDAY]
ENGLISH = [
    json.loads(line)["question"]
    for line in (Path(__file__).parents[4] / "relevance" / "sample_questions.jsonl")
    .read_text(encoding="utf-8")
    .splitlines()
]


@pytest.mark.parametrize(
    ("last", "text", "whole"),
    [
        # who
        (POWELL, "und was sagte er zu Zöllen?", "Was sagte Jerome Powell zu Zöllen?"),
        (POWELL, "Wer widersprach ihm?", "Wer widersprach Jerome Powell?"),
        (POWELL, "wie alt ist er", "Wie alt ist Jerome Powell?"),
        ("Was sagte Ursula von der Leyen zur Wahl?", "und was sagte sie zu Zöllen?",
         "Was sagte Ursula von der Leyen zu Zöllen?"),
        ("Wurde Powell von der Fed gelobt?", "Warum trat er zurück?",
         "Warum trat Powell zurück?"),
        (CHANCELLOR, "Wann kündigte er das Gesetz an?", "Wann kündigte der Kanzler das Gesetz an?"),
        (CHANCELLOR, "Wer kritisierte ihn?", "Wer kritisierte den Kanzler?"),
        (CHANCELLOR, "und wer folgt ihm?", "Wer folgt dem Kanzler?"),
        (CHANCELLOR, "Welche Partei unterstützt ihn?", "Welche Partei unterstützt den Kanzler?"),
        # what
        (BRIDGE, "Wann öffnet sie wieder?", "Wann öffnet die Brücke wieder?"),
        (BRIDGE, "Wer hat sie gebaut?", "Wer hat die Brücke gebaut?"),
        (BRIDGE, "wie lange wird sie repariert?", "Wie lange wird die Brücke repariert?"),
        (FRANCE, "Was passierte dort?", "Was passierte in Frankreich?"),
        (POWELL, "Was sagte Lagarde dazu?", "Was sagte Lagarde über die Inflation?"),
        ("Warum wurde das Museum geschlossen?", "Wann öffnet es wieder?",
         "Wann öffnet das Museum wieder?"),
        ("Warum streiken die Lokführer?", "Und was fordern sie?", "Was fordern die Lokführer?"),
        ("Wann eröffnet das neue Krankenhaus in Pellmouth?", "und was kostet es?",
         "Was kostet das neue Krankenhaus?"),
        (POWELL, "Was fordern sie?", f"Was fordern sie? {POWELL}"),
        ("Wer wurde Bürgermeister von Köln?", "Wie alt ist er?",
         "Wie alt ist er? Wer wurde Bürgermeister von Köln?"),
        # question words alone
        ("Wie hoch ist die Inflation in Deutschland?", "Warum?",
         "Warum? Wie hoch ist die Inflation in Deutschland?"),
        (BRIDGE, "Wann?", "Wann wurde die Brücke geschlossen?"),
        (BRIDGE, "und seit wann genau?", "Seit wann wurde die Brücke geschlossen?"),
        (BRIDGE, "Wann war das?", "Wann wurde die Brücke geschlossen?"),
        (TESLA, "aber warum?", "Warum hat Tesla die Preise erhöht?"),
        (POWELL, "Wann war das?", f"Wann war das? {POWELL}"),
        (POWELL, "warum?", f"Warum? {POWELL}"),
        (FRANCE, "um wie viel?", f"Um wie viel? {FRANCE}"),
        (BRIDGE, "von wem?", f"Von wem? {BRIDGE}"),
        (FRANCE, "wer noch?", "Wer sonst gewann die Wahl in Frankreich?"),
        (POWELL, "Sonst noch was?", "Was sonst sagte Jerome Powell über die Inflation?"),
        (BRIDGE, "wer sonst?", f"Wer sonst? {BRIDGE}"),
        # parts
        (FRANCE, "Und in Deutschland?", "Wer gewann die Wahl in Deutschland?"),
        (FRANCE, "in Deutschland", "Wer gewann die Wahl in Deutschland?"),
        (POWELL, "und zu Zöllen?", "Was sagte Jerome Powell zu Zöllen?"),
        (POWELL, "Und in Frankreich?", "Was sagte Jerome Powell über die Inflation in Frankreich?"),
        (POWELL, "und Christine Lagarde?", "Was sagte Christine Lagarde über die Inflation?"),
        (POWELL, "Was ist mit Christine Lagarde?",
         "Was sagte Christine Lagarde über die Inflation?"),
        (BRIDGE, "und die Fähre?", "Warum wurde die Fähre geschlossen?"),
        (BRIDGE, "was ist mit der Fähre?", f"Was ist mit der Fähre? {BRIDGE}"),
        (FED, "und die EZB?", "Was machte die EZB mit den Zinsen?"),
        (TESLA, "und Ford?", "Hat Ford die Preise erhöht?"),
        ("Wie hoch ist die Inflation in Deutschland?", "Was ist mit Italien?",
         "Wie hoch ist die Inflation in Italien?"),
        ("Wie hoch ist die Inflation in Deutschland?", "und Friedrich Merz?",
         "Friedrich Merz? Wie hoch ist die Inflation in Deutschland?"),
        # times
        (POWELL, "und letzte Woche?", "Was sagte Jerome Powell über die Inflation letzte Woche?"),
        (YESTERDAY, "und heute?", "Was sagte Trump heute über die Ukraine?"),
        ("Wie viele Tore schoss Kane im Mai?", "und im Juni?",
         "Wie viele Tore schoss Kane im Juni?"),
        # all of it
        (BRIDGE, "Stimmt das?", f"Stimmt das? {BRIDGE}"),
        (POWELL, "warum sagte er das?", f"Warum sagte Jerome Powell das? {POWELL}"),
        (POWELL, "Ist sein Stellvertreter krank?", f"Ist sein Stellvertreter krank? {POWELL}"),
        (BRIDGE, "Was geschah danach?", f"Was geschah danach? {BRIDGE}"),
        # with operators
        (f"{BRIDGE} publisher:BBC", "Wann?", 'Wann wurde die Brücke geschlossen? publisher:"BBC"'),
    ],
)  # fmt: skip
def test_what_a_question_leaves_out_is_filled_in_from_the_last_one(
    last: str, text: str, whole: str
):
    assert filled(text, last) == whole


STANDING_ALONE = [
    "Warum trat der Bürgermeister zurück?",
    "Und warum trat der Bürgermeister zurück?",
    "Wie viele Menschen starben beim Erdbeben?",
    "Warum sagte Angela Merkel, dass sie zurücktrete?",
    "Was sagte der Trainer über seine Mannschaft?",
    "Gibt es eine Fähre nach Rügen?",
    "Regnet es morgen in Köln?",
    "Wie spät ist es?",
    "Worum geht es bei der Reform?",
    "Ist es wahr, dass die Schule brennt?",
    "Wann kommt die Fähre, und warum ist sie zu spät?",
    "Welche Partei gewann die Landtagswahl in Bayern?",
    "Können Sie mir die Reform erklären?",
    "Hat die Regierung ihre Pläne geändert?",
    "Wem gehört das Haus am Hafen?",
    "Zölle",
    "Warum ist das Museum geschlossen?",
    "Was kostet das Ticket?",
    "Wetter morgen",
    "danke!",
    "hallo",
    "ja",
    "und",
    "",
    "?!",
]


@pytest.mark.parametrize("text", STANDING_ALONE)
def test_a_question_that_stands_alone_stays_as_it_was_typed(text: str):
    for last in (*LASTS, *ENGLISH[:20]):
        assert filled(text, last) == text


def test_a_question_in_english_is_not_taken_for_german():
    for text in ENGLISH:
        for last in LASTS:
            assert filled(text, last) == text
    assert filled("was it?", "Why was the bridge closed?") == "Was the bridge closed?"
    assert filled("in Germany?", "Who will die in the war in France?") == (
        "Who will die in the war in Germany?"
    )


SOME = (
    "er sie es ihm ihn ihr sein das dort dazu wer was wann warum wie noch und in über zu die der"
    " den Kanzler Brücke Powell Fed sagte wurde ist hat wird geschlossen gestern letzte Woche im"
    " Mai ? , . - \" ' since:2024 -sport mit Frankreich Zölle seit"
)
texts = st.one_of(
    st.text(max_size=60), st.lists(st.sampled_from(SOME.split()), max_size=9).map(" ".join)
)


@settings(max_examples=400, deadline=None)
@given(texts, st.one_of(texts, st.sampled_from(LASTS)))
@example("und", POWELL)
@example("was ist mit", POWELL)
@example("wer noch", "wer")
@example("er", "die der das")
def test_what_is_filled_in_stands_alone(text: str, last: str):
    whole = filled(text, last)
    assert filled(whole, last) == whole


names = st.sampled_from(["Trump", "die Bürgermeisterin", "Angela Merkel", "Tesla", "der Rat"])
verbs = st.sampled_from(["die Steuern erhöht", "das Werk geschlossen", "von der Flut gesprochen"])
openings = st.sampled_from(["Warum hat", "Wann hat", "Und wo hat", "Aber wie hat", "Hat"])


@given(
    st.builds(lambda *parts: f"{' '.join(parts)}?", openings, names, verbs), st.sampled_from(LASTS)
)
def test_a_sentence_with_a_subject_of_its_own_is_never_touched(text: str, last: str):
    assert filled(text, last) == text
