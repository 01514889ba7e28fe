import subprocess
import sys
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis.analyzer import MAX_TERM_CHARACTER_COUNT, Analyzer
from index.analysis.folding import fold
from index.analysis.stop_words import STOP_WORDS


@pytest.fixture(scope="module")
def analyzer() -> Analyzer:
    return Analyzer()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("talks", "talking"),
        ("negotiations", "negotiation"),
        ("Trump’s", "trump"),
        ("Trump's", "TRUMP"),
        ("O’Neill", "O'Neill"),
        ("he met women", "he meets a woman"),
        ("Beyoncé", "beyonce"),
        ("cafe\u0301", "café"),
        ("Łódź", "lodz"),
        ("Straße", "STRASSE"),
        ("Ørsted", "orsted"),
        ("İstanbul", "istanbul"),
        ("Київ", "київ"),
        ("ﬁnance", "finance"),
        ("٣٤", "34"),
        ("\uff2e\uff21\uff34\uff2f", "NATO"),
        ("co\u00adoperation", "cooperation"),
        ("1,500", "1500"),
        ("1,234,567.5", "1234567.5"),
        ("12.5%", "12.5"),
        ("$5bn", "5 billion"),
        ("10pm", "10 p.m."),
        ("U.S.", "US"),
        ("U.S.", "U.S.A"),
        ("the U.S.'s", "USA"),
        ("u.s. president", "US president"),
        ("U.K.", "UK"),
        ("J.D. Vance", "JD Vance"),
        ("well-known", "well known"),
        ("COVID-19", "covid 19"),
        ("They don't know", "know"),
        ("They’ve won", "win"),
        ("'here' the ferry' 'up’", "ferry"),
    ],
)
def test_spellings_of_one_thing_are_one_term(analyzer, one, other):
    assert analyzer.terms(one) == analyzer.terms(other) != []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("US", "us"),
        ("WHO", "who"),
        ("IT", "it"),
        ("3.5", "35"),
        ("2:30", "230"),
        ("G20", "20"),
        ("AT&T", "at t"),
        ("said no", "said"),
    ],
)
def test_different_things_are_different_terms(analyzer, one, other):
    assert analyzer.terms(one) != analyzer.terms(other)


def test_stop_words_are_left_out(analyzer):
    assert analyzer.terms("Who is it that they’ve met?") == ["meet"]
    assert analyzer.terms("Who is it?") == []


def test_a_number_with_commas_between_single_digits_is_a_list(analyzer):
    assert analyzer.terms("chapters 1,2,3") == ["chapter", "1", "2", "3"]


@pytest.mark.parametrize(
    ("text", "word"),
    [("東京都の知事が辞任した", "知事"), ("ประเทศไทยวันนี้", "ไทย"), ("서울시장이 사임했다", "서울")],
)
def test_a_word_is_found_in_scripts_without_spaces(analyzer, text, word):
    assert set(analyzer.terms(word)) <= set(analyzer.terms(text))


def test_marks_belong_to_the_words_of_their_script(analyzer):
    assert analyzer.terms("हिन्दी में समाचार") == ["हिन्दी", "में", "समाचार"]


def test_tokens_say_where_a_word_stands(analyzer):
    text = "The U.S. president’s 1,500 advisers"
    found = [(text[token.start : token.end], token.term) for token in analyzer.tokens(text)]
    assert found == [
        ("U.S", "usa"),
        ("president’s", "presid"),
        ("1,500", "1500"),
        ("advisers", "advis"),
    ]


TEXTS = st.one_of(
    st.text(max_size=100),
    st.lists(
        st.sampled_from(
            [
                "U.S.",
                "AT&T",
                "1,500",
                "10pm",
                "don't",
                "’s",
                "a.b",
                "&",
                ".",
                "東京",
                "é",
                "e\u0301",
                " ",
            ]
        ),
        max_size=20,
    ).map("".join),
)


@given(TEXTS)
def test_tokens_hold_the_terms_in_order(text):
    analyzer = Analyzer()
    tokens = analyzer.tokens(text)
    assert [token.term for token in tokens] == analyzer.terms(text)
    starts = [token.start for token in tokens]
    assert starts == sorted(starts)
    assert all(0 <= token.start < token.end <= len(text) and token.term for token in tokens)


@given(st.text(max_size=60))
def test_terms_do_not_depend_on_what_was_seen_before(text):
    fresh, used = Analyzer(), Analyzer()
    used.terms("Warm words in " + text)
    assert used.terms(text) == fresh.terms(text)


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing_more(text):
    assert fold(fold(text)) == fold(text)


def test_a_term_has_a_bounded_length(analyzer):
    assert [len(term) for term in analyzer.terms("x" * 10_000)] == [MAX_TERM_CHARACTER_COUNT]


def test_no_stop_word_is_ever_a_term(analyzer):
    assert analyzer.terms(" ".join(sorted(STOP_WORDS))) == []


@given(st.text(), st.text(), st.sampled_from([" ", "\n", "\u00a0", "\u2028", "\x1f"]))
def test_what_stands_beyond_a_space_changes_no_term(one, other, space):
    analyzer = Analyzer()
    assert analyzer.terms(one + space + other) == analyzer.terms(one) + analyzer.terms(other)


def test_several_threads_get_the_same_terms():
    analyzer, results = Analyzer(), []
    text = " ".join(f"word{number} running" for number in range(2_000))
    threads = [
        threading.Thread(target=lambda: results.append(analyzer.terms(text))) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == 4
    assert all(result == results[0] for result in results)


def test_nltk_is_loaded_only_when_a_word_is_stemmed():
    code = "import sys, index.analysis.analyzer; sys.exit('regex' in sys.modules)"
    child = subprocess.run([sys.executable, "-c", code], check=False)  # noqa: S603 - our own code
    assert child.returncode == 0
