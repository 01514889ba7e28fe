import pytest

from bot.answering.standing import dangles, is_speech_alone, names_a_speaker


@pytest.mark.parametrize(
    "text",
    [
        "He resigned on Tuesday.",
        "She would not say.",
        "It cost £2 million.",
        "They met in private.",
        "“They will be back.”",
        "Their boat sank.",
        "This was wrong.",
        "But he refused.",
        "However, they agreed.",
        "Later, she left.",
        "The statement was read at noon.",
        "The company has denied it.",
        "The latter won.",
    ],
)
def test_a_sentence_that_opens_with_a_word_for_something_named_before_leans_on_it(text):
    assert dangles(text)


@pytest.mark.parametrize(
    "text",
    [
        "The plan of the council failed.",
        "The decision to close the bridge was late.",
        "The company that built it has failed.",
        "The mayor resigned.",
        "Herring is cheap.",
        "Mara Finch said he would resign.",
        "But the mayor refused.",
        "Itching is common.",
        "Thistle Bank said so.",
        "",
    ],
)
def test_a_sentence_that_names_what_it_is_about_stands_alone(text):
    assert not dangles(text)


@pytest.mark.parametrize(
    "text", ["“We will never move.”", '"We will never move."', "“We will move,", "  “No.”  "]
)
def test_words_in_quotation_marks_alone_are_nobodys(text):
    assert is_speech_alone(text)


@pytest.mark.parametrize(
    "text",
    [
        "“We will never move,” said the mayor.",
        "The mayor said: “We will never move.”",
        "“We will never move.” The mayor was firm.",
        "We will never move.",
        "“They told us to move.”",
        "",
    ],
)
def test_words_with_their_speaker_or_without_quotation_marks_are_no_speech_alone(text):
    assert not is_speech_alone(text)


@pytest.mark.parametrize(
    ("text", "is_speaker"),
    [
        ("The mayor said so.", True),
        ("According to Finch, it is closed.", False),
        ("It is closed, according to Finch.", True),
        ("Finch insisted on it.", True),
        ("He sailed away.", False),
        ("", False),
    ],
)
def test_words_for_saying_tell_that_somebody_speaks(text, is_speaker):
    assert names_a_speaker(text) is is_speaker
