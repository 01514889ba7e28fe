"""Articles in JSON as APIs give them, whatever their fields are called, and JSON that attacks."""

import json

import pytest

from index.ingestion.feeds.model import FeedRefusedError, FieldMap
from tests.unit.index.ingestion.feeds.found import read


def article(**fields: object):
    (entry,) = read(json.dumps({"articles": [{"title": "A", "url": "/a"} | fields]})).entries
    return entry


@pytest.mark.parametrize(
    "name",
    ["publishedAt", "published_at", "pubDate", "pub_date", "date", "datePublished"],
)
def test_the_time_is_found_under_its_usual_names(name):
    told = article(**{name: "2026-03-03T08:30:00Z"}).published
    assert told is not None
    assert told.at.isoformat() == "2026-03-03T08:30:00+00:00"


@pytest.mark.parametrize(
    ("author", "name"),
    [
        ("Ada Lane", "Ada Lane"),
        (["Ada Lane", {"name": "Bo Rook"}], "Ada Lane, Bo Rook"),
        ({"id": "ada"}, "ada"),
        ("https://paper.test/ada", None),
        ([], None),
        (7, None),
    ],
)
def test_authors_are_names_however_they_are_given(author, name):
    assert article(author=author).author == name


@pytest.mark.parametrize(("given", "guid"), [(7, "7"), ("g", "g"), (True, None), ({}, None)])
def test_ids_are_words_and_numbers(given, guid):
    assert article(id=given).guid == guid


def test_a_summary_alone_is_no_whole_story():
    entry = article(description="It closes.")
    assert (entry.text, entry.is_cut) == ("It closes.", True)
    assert not article(content="It closes for a year.").is_cut


def test_a_map_leads_through_lists_by_number():
    body = {"data": [{"rows": [{"names": [{"v": "A"}, {"v": "B"}], "link": "/a"}]}]}
    (entry,) = read(
        json.dumps(body), field_map=FieldMap("data.0.rows", {"title": "names.1.v", "text": "x.y"})
    ).entries
    assert (entry.title, entry.url, entry.text) == ("B", "https://paper.test/a", "")
    for path in ("data.7.rows", "data.x.rows", "data.0"):
        with pytest.raises(FeedRefusedError, match="no list of articles"):
            read(json.dumps(body), field_map=FieldMap(path))


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("[" * 200_000, "nested too deeply|none that is valid"),
        ('{"a":' * 100_000 + "1" + "}" * 100_000, "nested too deeply"),
        ('{"articles": [', "none that is valid"),
        ('{"status": "error", "message": "apiKeyInvalid"}', "without a list of articles"),
    ],
)
def test_json_that_holds_no_articles_is_refused_in_a_sentence(body, reason):
    with pytest.raises(FeedRefusedError, match=reason):
        read(body)


def test_huge_numbers_and_no_numbers_cost_nothing_else():
    digits = "9" * 100_000
    body = f'[{{"id": {digits}, "title": "A", "date": {digits}}}, {{"title": "B", "id": NaN}}]'
    first, second = read(body).entries
    assert (first.title, first.published, len(first.guid)) == ("A", None, 2000)
    assert (second.title, second.guid) == ("B", None)


def test_names_of_many_lines_become_one():
    entry = article(source={"name": "The\nPaper\x00\u2028News"}, category="local\r\nnews")
    assert (entry.publisher, entry.category) == ("The Paper News", "local news")


def test_what_is_no_article_is_passed_over():
    assert [each.title for each in read('[1, null, "x", [], {"title": "A"}]').entries] == ["A"]


def test_halves_of_surrogate_pairs_are_left_out_of_every_word():
    half = "half\ud800"
    told = article(id=half, title=half, category=half, author=half, text=half)
    assert (told.guid, told.title, told.category, told.author) == ("half",) * 4
