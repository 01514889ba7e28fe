import pytest

from bot.answering.expectation import ASKING_WORDS, Expectation, expectation_of


@pytest.mark.parametrize(
    ("question", "expectation"),
    [
        ("Who won the election?", Expectation.PERSON),
        ("When did the bridge close?", Expectation.TIME),
        ("what year was it built", Expectation.TIME),
        ("Where did they meet?", Expectation.PLACE),
        ("which town was flooded?", Expectation.PLACE),
        ("How many homes were flooded?", Expectation.COUNT),
        ("how much will the repair cost?", Expectation.AMOUNT),
        ("What percentage voted?", Expectation.AMOUNT),
        ("Why did the talks collapse?", Expectation.REASON),
        ("What did the mayor say about the ferry?", Expectation.SPEECH),
        ("What is the planned museum called?", Expectation.NAME),
        ("Which minister did Choe meet?", Expectation.PERSON),
        ("Is the bridge open?", Expectation.ANYTHING),
        ("bridge", Expectation.ANYTHING),
        ("Why did the mayor say when it would open?", Expectation.REASON),
    ],
)
def test_the_question_word_tells_what_would_answer(question, expectation):
    assert expectation_of(question) is expectation


@pytest.mark.parametrize(
    ("expectation", "says", "says_not"),
    [
        (Expectation.TIME, "It closed on 4 March.", "It closed at last."),
        (Expectation.TIME, "It opens at 9 a.m. daily.", "It opens every morning."),
        (Expectation.COUNT, "Some 41 homes were flooded.", "Homes were flooded."),
        (Expectation.COUNT, "Forty homes were flooded.", "Homes were flooded."),
        (Expectation.AMOUNT, "It will cost £4.2 million.", "It will cost 7 lives."),
        (Expectation.PLACE, "They met in Hanoi.", "They met in private."),
        (Expectation.PERSON, "The seat went to Mara Finch.", "The seat went to a newcomer."),
        (Expectation.REASON, "It shut because the bearing cracked.", "It shut on a whim."),
        (Expectation.SPEECH, "“We will not move an inch,” she said.", "She would not move."),
    ],
)
def test_words_of_the_expected_kind_are_noticed(expectation, says, says_not):
    assert expectation.met_by(says)
    assert not expectation.met_by(says_not)


def test_words_that_only_ask_are_no_part_of_what_is_asked_about():
    assert ASKING_WORDS.sub("", "What is the planned museum called?").strip() == (
        "What is the planned museum ?"
    )
    assert ASKING_WORDS.sub("", "how many homes were flooded").strip() == "homes were flooded"
    assert ASKING_WORDS.sub("", "He called the mayor") == "He called the mayor"
    assert ASKING_WORDS.sub("", "Hi, can you please tell me why it shut?").strip() == "why it shut?"
    assert (
        ASKING_WORDS.sub("", "What did she tell us about it?") == "What did she tell us about it?"
    )
