import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import InvalidQueryError
from index.query.operators import Filter, take_apart

KNOWN_VALUES = {
    ("since", "3 days ago"),
    ("since", "last week"),
    ("on", "march 2024"),
    ("until", "yesterday"),
    ("publisher", "The Verge"),
    ("publisher", "BBC"),
}


def apart(text):
    return take_apart(text, lambda name, value: (name, value) in KNOWN_VALUES)


@pytest.mark.parametrize(
    "text",
    [
        "What don't they say about O'Neill's 'plan'?",
        "A-10 jets, well-known people and covid-19",
        "rain - or snow – and wind — at sea",
        "at 10:30, re: x, see https://a.example/?since:3&on:4 or news.example:80/-x",
        'minus -5 degrees and 6\'2" of a 5" phone',
        "its highest level since: 2019? the highest since:",
        "until: when? on: what?",
        "the mayor -a former actor- said so, twice-",
        "resince:2020 xpublisher:BBC --flag",
        "10 o’clock, rock ’n’ roll, ‘so called’",
    ],
)
def test_what_only_looks_like_an_operator_is_text(text):
    typed = apart(text)
    assert typed.text == text
    assert (typed.phrases, typed.excluded, typed.filters) == ((), (), ())


@pytest.mark.parametrize("quotes", ['""', "“”", "„“", "«»", "””", "\uff02\uff02"])
def test_any_double_quotes_make_a_phrase(quotes):
    typed = apart(f"the {quotes[0]}grain deal{quotes[1]}, again")
    assert typed.phrases == ("grain deal",)
    assert typed.text == "the grain deal, again"
    assert [typed.text[start:end] for start, end in typed.quoted] == ["grain deal"]


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ('"a b" and "c d"', ("a b", "c d")),
        ('"same" and "same"', ("same",)),
        ('("in brackets")', ("in brackets",)),
        ("said—“never”", ("never",)),
        ("“The End is Nye,” he said", ("The End is Nye",)),
        ('"it\'s 10:30 -ish since:2020"', ("it's 10:30 -ish since:2020",)),
    ],
)
def test_phrases_are_what_stands_between_quotes(text, phrases):
    assert apart(text).phrases == phrases


def test_a_phrase_does_not_grow_together_with_what_stands_beside_it():
    assert apart("one“two”three").text.split() == ["one", "two", "three"]
    assert apart('U."S".A').text.split() == ["U.", "S", ".A"]


@pytest.mark.parametrize(
    ("text", "rest", "excluded"),
    [
        ("rain -sport", "rain ", ("sport",)),
        ("-sport rain", " rain", ("sport",)),
        ('rain -"local elections"', "rain ", ("local elections",)),
        ("rain -“local elections” now", "rain  now", ("local elections",)),
        ("rain (-sport)?", "rain ()?", ("sport",)),
        ("rain -post-war, -élan.", "rain , .", ("post-war", "élan")),
        ("rain -sport -snow", "rain  ", ("sport", "snow")),
    ],
)
def test_a_dash_before_a_word_excludes_it(text, rest, excluded):
    typed = apart(text)
    assert (typed.text, typed.excluded) == (rest, excluded)


@pytest.mark.parametrize(
    ("text", "rest", "filters"),
    [
        ("rain publisher:BBC", "rain ", [("publisher", "BBC")]),
        ('rain Publisher:"The Verge" now', "rain  now", [("publisher", "The Verge")]),
        ("rain publisher:“The Verge”", "rain ", [("publisher", "The Verge")]),
        ("publisher:The Verge rain", " rain", [("publisher", "The Verge")]),
        ("publisher: BBC rain", " rain", [("publisher", "BBC")]),
        ("author:Smith, rain", ", rain", [("author", "Smith")]),
        ("rain since:3 days ago in Spain", "rain  in Spain", [("since", "3 days ago")]),
        ("rain SINCE:last week until:yesterday", "rain  ",
         [("since", "last week"), ("until", "yesterday")]),
        ("on:march 2024 rain", " rain", [("on", "march 2024")]),
        ("since:2020-01-01?", "?", [("since", "2020-01-01")]),
        ("rain since:soon", "rain ", [("since", "soon")]),
    ],
)  # fmt: skip
def test_filters_have_a_name_and_a_value(text, rest, filters):
    typed = apart(text)
    assert typed.text == rest
    assert list(typed.filters) == [Filter(*each) for each in filters]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('the "grain deal', r"opens before “grain deal” is not closed; type a \""),
        ('a "b" and “' + "x" * 99, "“x+…” is not closed"),
        ('rain "" snow', "no words between two of the quotes"),
        ('rain -"?!"', "no words between two of the quotes"),
        ('rain since:""', "no words between two of the quotes"),
        ("rain publisher:", "nothing after publisher:.*publisher:BBC, without a space"),
        ("author: ?", "nothing after author:"),
        ("rain -publisher:BBC", r"cannot be left out, as in “-publisher:”.*like -sport"),
    ],
)
def test_what_is_not_whole_is_named_with_what_to_type(text, told):
    with pytest.raises(InvalidQueryError, match=told) as caught:
        apart(text)
    assert "\n" not in str(caught.value)


PIECES = st.sampled_from(
    ['"', "“", "”", "-", "since:", "publisher:", "author:", "on:", "rain", "A-10", " ", "  ", "\n",
     "10:30", "'", "’", "(", ")", "?", "3 days ago", "BBC", "The Verge", "é", "東京", "\u202e", "«"]
)  # fmt: skip


@given(st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=25).map("".join)))
def test_no_word_is_lost_or_made_up(text):
    try:
        typed = apart(text)
    except InvalidQueryError:
        return
    everything = [typed.text, *typed.excluded]
    for each in typed.filters:
        everything += [each.name, each.value]
    words = sorted(re.findall(r"\w+", text.casefold()))
    assert sorted(re.findall(r"\w+", " ".join(everything).casefold())) == words
