import random
from itertools import combinations, pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from index.analysis.fingerprints import (
    LEAD_RATE,
    LEAD_SHINGLE_COUNT,
    MAX_CHARACTER_COUNT,
    MIN_SHARED_COUNT,
    RATE,
    are_copies,
    changed_share,
    containment,
    fingerprint,
    overlap,
)

WORDS = [f"{first}{second}" for first in ("ba", "ke", "lo", "mi") for second in "abcdefghijklmnop"]


def made_text(count: int, seed: int) -> str:
    return " ".join(random.Random(seed).choices(WORDS, k=count))


def shared_share(one: str, other: str) -> float:
    first, second = fingerprint(one), fingerprint(other)
    shared = len({*first} & {*second})
    return containment(shared, min(len(first), len(second)))


def test_numbers_stay_the_same_for_ever():
    # they are stored: whoever changes them has to make all of them anew
    text = "The harbour bridge was closed on Tuesday after a crack was found in its northern pier."
    assert fingerprint(f"{text} It will stay shut until May, the council said.") == (
        375336967892307068,
        2227400978107273344,
    )


@given(st.text())
def test_numbers_are_ascending_and_fit_64_bits(text):
    numbers = fingerprint(text)
    assert all(one < other for one, other in pairwise(numbers))
    assert all(-(2**63) <= number < 2**63 for number in numbers)


def test_one_in_16_is_kept_and_one_in_4_of_the_beginning():
    counts = [len(fingerprint(made_text(20_000, seed))) for seed in range(5)]
    expected = 20_000 / RATE + LEAD_SHINGLE_COUNT * (1 / LEAD_RATE - 1 / RATE)
    assert sum(counts) / 5 == pytest.approx(expected, rel=0.05)


def test_what_is_kept_of_the_rest_would_be_kept_of_the_beginning_too():
    head, tail = made_text(500, 1), made_text(500, 2)
    kept_of_all = {*fingerprint(f"{head} {tail}")}
    assert {each for each in fingerprint(tail) if each % RATE == 0} <= kept_of_all


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("café", "CAFE"),
        ("the mayor’s", "the mayor's"),
        ("“No,” he said.", "no he said"),
        ("1,500 people", "1500 people"),
        ("re\u00adsign", "resign"),
        ("cafe\u0301", "café"),
        ("U.S.", "US"),
        ("twenty-one", "twenty one"),
        ("the end\u2014or not", "the end \u2013 or not"),
        ("٣٠ people", "30 people"),
    ],
)
def test_case_accents_and_punctuation_do_not_matter(one, other):
    before, after = made_text(40, 3), made_text(40, 4)
    assert fingerprint(f"{before} {one} {after}") == fingerprint(f"{before}\n{other} {after}")


@given(st.lists(st.text(st.characters(categories=["L", "N"]), min_size=1), min_size=5))
def test_words_count_wherever_they_stand_and_whatever_stands_between(spelled):
    together = fingerprint(" ".join(spelled))
    apart = "”\n– ".join(spelled)
    assert fingerprint(f"“{apart}”!") == together


@given(st.text(min_size=1), st.text(min_size=1))
def test_a_run_is_found_in_any_text_that_has_it(before, after):
    run = " ".join(WORDS[:40])
    # the rate of the beginning is another one, so what is kept of all is looked for
    kept = {each for each in fingerprint(run) if each % RATE == 0}
    assert kept
    assert kept <= {*fingerprint(f"{before} {run} {after}")}


def test_other_letters_order_or_breaks_make_other_words():
    rest = made_text(40, 3)
    ways = ("abc", "acb", "ab c", "a bc", "abcc", "ABD", "абв", "漢字", "漢 語")
    numbers = {number for way in ways for number in fingerprint(f"{way} {rest}")}
    of_rest = {*fingerprint(rest)}
    own = [{*fingerprint(f"{way} {way} {way} {rest}")} - of_rest for way in ways]
    assert numbers >= of_rest
    assert not any(one & other for one, other in combinations(own, 2))


def test_a_script_without_spaces_is_compared_by_its_characters():
    text = "市議会は火曜日、北側の橋脚に亀裂が見つかったため港の橋を閉鎖すると発表した。" * 2
    shared, of_text, of_longer = overlap(fingerprint(text), fingerprint(f"速報です。{text}以上"))
    assert shared >= MIN_SHARED_COUNT
    assert of_text == 1.0
    assert of_longer > 0.7


def test_texts_too_short_for_a_run_have_no_numbers():
    assert fingerprint("") == fingerprint("Only four words here.") == ()
    assert overlap((), ()) == (0, 0.0, 0.0)
    assert containment(0, 0) == 0.0


@pytest.mark.parametrize("kept", [0.6, 0.3])
def test_a_cut_copy_shares_nearly_all_of_its_numbers(kept):
    text = made_text(600, 5)
    cut = text[: int(len(text) * kept)]
    assert shared_share(text, cut) > 0.95


def test_the_beginning_of_a_long_text_is_found_in_it():
    for seed in range(50):
        text = made_text(3_000, seed)
        shared, of_beginning, of_whole = overlap(
            fingerprint(" ".join(text.split()[:60])), fingerprint(text)
        )
        assert shared >= MIN_SHARED_COUNT
        assert of_beginning == 1.0
        assert of_whole < 0.2


def test_the_end_of_a_text_is_found_in_it():
    text = made_text(1_000, 6)
    end = " ".join(text.split()[-400:])
    assert overlap(fingerprint(end), fingerprint(text)).of_one == 1.0


def test_other_words_make_another_text():
    assert shared_share(made_text(600, 7), made_text(600, 8)) == 0.0


def test_a_word_changed_in_every_20_leaves_a_copy():
    words = made_text(600, 9).split()
    words[::20] = ["changed"] * len(words[::20])
    assert shared_share(made_text(600, 9), " ".join(words)) > 0.5


def test_numbers_that_tell_nothing_are_left_out():
    furniture = made_text(300, 10)
    one, other = (fingerprint(f"{made_text(300, seed)} {furniture}") for seed in (11, 12))
    assert overlap(one, other).shared_count > MIN_SHARED_COUNT
    assert overlap(one, other, {*fingerprint(furniture)}).of_one < 0.1


def test_a_text_without_end_is_looked_at_as_far_as_anybody_copies():
    numbers = fingerprint("".join(f"{number} " for number in range(200_000)))
    assert len(numbers) < MAX_CHARACTER_COUNT / 5 / RATE * 1.5


def test_half_of_a_surrogate_pair_is_a_character_like_another():
    assert isinstance(fingerprint("a \ud800 b \udfff c d e f g"), tuple)


@pytest.mark.parametrize(
    ("other", "is_copy"),
    [
        (made_text(600, 1), True),
        (made_text(600, 2), False),
        (f"By our reporter {made_text(600, 1)} Read more", True),
        (" ".join(made_text(600, 1).split()[:180]), True),
        (" ".join(made_text(600, 1).split()[300:480]), True),
        # a report has three fifths of a preview, which is another story all the same
        (f"{made_text(110, 3)} {' '.join(made_text(600, 1).split()[200:360])}", False),
        # a gallery below many texts is most of each, and none of its news
        (f"{made_text(120, 3)} {' '.join(made_text(600, 1).split()[90:])}", False),
        ("", False),
        ("One two three four five six.", False),
    ],
)
def test_a_copy_has_most_of_the_text_and_some_of_its_beginning(other, is_copy):
    assert are_copies(made_text(600, 1), other) is is_copy
    assert are_copies(other, made_text(600, 1)) is is_copy


@given(st.text(), st.text())
def test_copies_are_so_both_ways(one, other):
    assert are_copies(one, other) == are_copies(other, one)


@given(st.lists(st.sampled_from(WORDS), min_size=10, max_size=200), st.data())
def test_any_part_of_a_text_is_a_copy_of_it(spelled, data):
    first = data.draw(st.integers(0, len(spelled) - 10))
    last = data.draw(st.integers(first + 10, len(spelled)))
    # enough runs that differ
    assume(len(set(zip(*(spelled[first + n : last] for n in range(5)), strict=False))) >= 6)
    assert are_copies(" ".join(spelled), ", ".join(spelled[first:last]).upper())


STORY = "The bridge is closed. It opened in 1931. {} people cross it a day.\nSubscribe now"


@pytest.mark.parametrize(
    ("old", "new", "share"),
    [
        ("", "", 0.0),
        ("", "The bridge is closed.", 1.0),
        (STORY.format(300), STORY.format(300), 0.0),
        (STORY.format(300), STORY.format(400), 1 / 3),
        (STORY.format(300), STORY.format(300).upper().replace(".", "!"), 0.0),
        (STORY.format(300), STORY.format(300).replace("Subscribe now", "Comments (12)"), 0.0),
        (STORY.format(300), f"{STORY.format(300)}\nNobody was hurt.", 1 / 4),
        ("One came. Two went.", "Two went. One came.", 0.0),
    ],
)
def test_a_change_is_measured_in_sentences(old, new, share):
    assert changed_share(old, new) == pytest.approx(share)
    assert changed_share(new, old) == pytest.approx(share)


@given(st.text(), st.text())
def test_a_change_is_a_share_of_the_longer_text(old, new):
    assert 0.0 <= changed_share(old, new) <= 1.0
    assert changed_share(old, old) == 0.0


SENTENCES = [f"The {word} closed in {year}." for word in WORDS[:6] for year in (1931, 1944)]


@given(st.lists(st.sampled_from(SENTENCES)), st.randoms(use_true_random=False))
def test_the_order_of_sentences_is_no_change(sentences, rng):
    shuffled = rng.sample(sentences, len(sentences))
    assert changed_share("\n".join(sentences), "\n".join(shuffled)) == 0.0


@given(st.lists(st.sampled_from(SENTENCES), min_size=1, unique=True), st.data())
def test_each_sentence_that_says_another_number_counts(sentences, data):
    count = data.draw(st.integers(0, len(sentences)))
    changed = [each.replace(" 19", " 20") for each in sentences[:count]] + sentences[count:]
    share = changed_share(" ".join(sentences), " ".join(changed))
    assert share == pytest.approx(count / len(sentences))
