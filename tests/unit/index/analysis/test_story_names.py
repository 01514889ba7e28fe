"""What the names of two stories say against their being one."""

from hypothesis import given
from hypothesis import strategies as st

from index.analysis.story_names import told_apart

NAMES = st.lists(
    st.one_of(
        st.builds("guid:{} {}".format, st.sampled_from("ab"), st.sampled_from(["1", "2", "x y"])),
        st.builds("url:{}.test/1".format, st.sampled_from("ab")),
    ),
    max_size=5,
)


def test_one_feed_tells_two_stories_apart_by_their_guids():
    assert told_apart(["guid:feed-a 1"], ["guid:feed-a 2"])
    assert told_apart(["guid:feed-a 1", "url:a.test/1"], ["guid:feed-a 2", "url:a.test/1"])


def test_guids_of_two_feeds_say_nothing():
    assert not told_apart(["guid:feed-a 1"], ["guid:feed-b 2"])


def test_a_guid_may_have_blanks():
    assert told_apart(["guid:feed-a item 1"], ["guid:feed-a item 2"])
    assert not told_apart(["guid:feed-a item 1"], ["guid:feed-a item 1"])


def test_one_guid_in_common_is_enough():
    assert not told_apart(["guid:feed-a 1", "guid:feed-a 2"], ["guid:feed-a 2", "guid:feed-a 3"])


@given(NAMES, NAMES)
def test_it_does_not_matter_which_comes_first(one, other):
    assert told_apart(one, other) == told_apart(other, one)


@given(NAMES, NAMES)
def test_a_story_is_never_told_apart_from_one_with_all_of_its_names(one, more):
    assert not told_apart(one, [*one, *more])


@given(NAMES, NAMES)
def test_addresses_say_nothing(one, other):
    guids = ([each for each in names if each.startswith("guid:")] for names in (one, other))
    assert told_apart(one, other) == told_apart(*guids)
