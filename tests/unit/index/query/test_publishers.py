import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import InvalidQueryError
from index.query.publishers import PublisherNames

NAMES = PublisherNames(
    [
        "The Verge",
        "cnn.com",
        "college.usatoday.com",
        "usatoday.com",
        "BBC News - Technology",
        "BBC News - Entertainment & Arts",
        "The Independent - Travel",
        "The New York Times",
        "Cnbc | World Business News Leader",
        "Time",
        "Nature",
        "Polygon",
        "Fortune",
        "The Age",
        "TechCrunch",
        "Sporting News",
        "",
    ]
)
BBC = {"BBC News - Technology", "BBC News - Entertainment & Arts"}


def named(text, quoted=()):
    found = NAMES.mentioned(text, quoted)
    return [(text[start:end], set(names)) for (start, end), names in found]


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("The Verge", {"The Verge"}),
        (" the verge ", {"The Verge"}),
        ("verge", {"The Verge"}),
        ("CNN", {"cnn.com"}),
        ("usatoday.com", {"usatoday.com"}),
        ("USA Today", {"usatoday.com", "college.usatoday.com"}),
        ("BBC News", BBC),
        ("bbc news - technology", {"BBC News - Technology"}),
        ("Independent", {"The Independent - Travel"}),
        ("CNBC", {"Cnbc | World Business News Leader"}),
        ("time", {"Time"}),
    ],
)
def test_a_publisher_is_known_by_each_form_of_its_name(typed, names):
    assert NAMES.known(typed) == names


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("Sportng News", 'did you mean publisher:"Sporting News"?'),
        ("Polygone", "did you mean publisher:Polygon?"),
        ("xyzzy", "There is no news from “xyzzy” in what I have; check its name."),
    ],
)
def test_the_nearest_to_an_unknown_name_is_told(typed, told):
    with pytest.raises(InvalidQueryError) as caught:
        NAMES.known(typed)
    assert told in str(caught.value)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("according to The Verge, what", [("The Verge", {"The Verge"})]),
        ("reported by CNN", [("CNN", {"cnn.com"})]),
        ("a cnn article", [("cnn", {"cnn.com"})]),
        ("an article from the verge", [("the verge", {"The Verge"})]),
        ("What does USA Today say?", [("USA Today", {"usatoday.com", "college.usatoday.com"})]),
        ("the New York Times report", [("the New York Times", {"The New York Times"})]),
        ("by both The Verge, TechCrunch and Fortune?", [
            ("The Verge", {"The Verge"}), ("TechCrunch", {"TechCrunch"}),
            ("Fortune", {"Fortune"})]),
        ("'Sporting News' and 'The Age' on sport", [
            ("Sporting News", {"Sporting News"}), ("The Age", {"The Age"})]),
        ("According to Nature, how", [("Nature", {"Nature"})]),
        ("the Polygon article", [("the Polygon", {"Polygon"})]),
        ("Fortune's story on rates", [("Fortune", {"Fortune"})]),
        ("Did Time say so?", [("Time", {"Time"})]),
        ("according to nature", [("nature", {"Nature"})]),
    ],
)  # fmt: skip
def test_a_name_in_prose_is_a_publisher_where_it_stands_like_one(text, found):
    assert named(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "the nature of time",
        "Time flies, and Nature heals",
        "by time and by nature, in time, from time to time",
        "the Fortune 500 by Fortune 500",
        "a polygon of five sides",
        "in The Age of Reason, the Age of Ultron",
        "the age of independent media on the verge of collapse",
        "sporting news of the day",
        "",
    ],
)
def test_a_word_in_common_use_is_none(text):
    assert named(text) == []


def test_in_quotes_a_name_is_a_phrase_unless_a_word_says_whose():
    assert named("what The Verge means", [(5, 14)]) == []
    assert named("according to The Verge", [(13, 22)]) == [("The Verge", {"The Verge"})]


@given(st.lists(st.text(max_size=12), max_size=6), st.text(max_size=60), st.text(max_size=15))
def test_any_names_in_any_text_have_their_places_in_order(publishers, text, typed):
    names = PublisherNames(publishers)
    end = 0
    for (start, stop), found in names.mentioned(text):
        assert end <= start < stop <= len(text)
        assert found <= set(publishers)
        end = stop
    for name in publishers:
        assert name in names.find(name)
    try:
        assert names.known(typed) <= set(publishers)
    except InvalidQueryError as error:
        assert "There is no news from" in str(error)  # noqa: PT017 (either is right)
