from __future__ import annotations

import pytest

from tests.unit.index.ingestion.extraction.written import found, linked, meta, page

LONG = "word " * 200


def described(head: str, **written: str):
    return found(page(head=head, **written))


@pytest.mark.parametrize(
    ("head", "title"),
    [
        (linked(headline="A") + meta("og:title", "B"), "A"),
        (meta("og:title", "B") + meta("twitter:title", "C"), "B"),
        (meta("twitter:title", "C"), "The wall is repaired"),
        (linked(headline="  A &amp;\n B\u0000 "), "A & B"),
        (linked(headline=""), "The wall is repaired"),
        (linked(headline={"@value": "A"}), "A"),
        (linked(headline=["", "A"]), "A"),
    ],
)
def test_the_title_is_the_most_trusted_one(head, title):
    assert described(head).title == title


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("A wall - The Lantern", "A wall"),
        ("A wall | Lantern", "A wall"),
        ("A wall – THE LANTERN News", "A wall"),
        ("A wall - a history", "A wall - a history"),
        ("Sea-wall", "Sea-wall"),
        ("The Lantern", "The Lantern"),
        (" | The Lantern", "| The Lantern"),
    ],
)
def test_the_publishers_name_at_its_end_is_no_part_of_a_title(written, title):
    head = linked(headline=written, publisher={"name": "The Lantern"})
    assert described(head).title == title


def test_a_title_has_a_length_and_may_be_missing():
    assert len(described(linked(headline=LONG)).title) <= 500
    assert found("<html><body><p>Words</p></body></html>").title == ""


def test_the_title_comes_from_the_only_heading_and_of_several_from_the_last_choice():
    body = "<h1>A</h1><h1>B</h1>"
    assert found(f"<html><body>{body}<p>x</p></body></html>").title == "A"
    with_title = f"<html><head><title>T</title></head><body>{body}<p>x</p></body></html>"
    assert found(with_title).title == "T"
    only_named = found(f"<html><head>{linked(name='N')}</head><body><p>x</p></body></html>")
    assert only_named.title == "N"


@pytest.mark.parametrize(
    ("head", "publisher"),
    [
        (linked(publisher={"name": "The Lantern"}) + meta("og:site_name", "B"), "The Lantern"),
        (linked(publisher=[{"@type": "Organization"}, "Lantern"]), "Lantern"),
        (meta("og:site_name", "@Lantern"), "Lantern"),
        (meta("og:site_name", "https://lantern.example"), "lantern.example"),
        (meta("og:site_name", LONG), "lantern.example"),
        ("", "lantern.example"),
    ],
)
def test_the_publisher_is_named_or_is_the_host(head, publisher):
    assert described(head).publisher == publisher


@pytest.mark.parametrize(
    ("head", "author"),
    [
        (linked(author={"name": "Anna Kell"}), "Anna Kell"),
        (linked(author=["Anna Kell", {"name": "Tom Reed"}, "Anna Kell"]), "Anna Kell, Tom Reed"),
        (linked(creator="By Anna Kell"), "Anna Kell"),
        (linked(author="https://x.example/a") + meta("author", "Anna Kell"), "Anna Kell"),
        (meta("author", "Reported by: Anna Kell"), "Anna Kell"),
        (meta("article:author", "https://facebook.com/anna"), None),
        (meta("author", "admin"), None),
        (meta("author", "anna@lantern.example"), None),
        (meta("author", LONG), None),
        (linked(author=[{"name": f"Person {n}"} for n in range(50)]), "12 people"),
        ("", None),
    ],
)
def test_authors_are_people_with_names(head, author):
    name = described(head).author
    if author == "12 people":
        assert name.count(",") == 11
    else:
        assert name == author


@pytest.mark.parametrize(
    ("head", "section"),
    [
        (linked(articleSection=["Harbour", "News"]) + meta("article:section", "B"), "Harbour"),
        (meta("article:section", "Harbour"), "Harbour"),
        (meta("section", LONG), None),
        ("", None),
    ],
)
def test_the_section_is_what_the_page_calls_it(head, section):
    assert described(head).category == section


@pytest.mark.parametrize(
    ("head", "address"),
    [
        ('<link rel="canonical" href="/a#part">', "https://www.lantern.example/a"),
        (
            '<link rel="Canonical nofollow" href=" https://lantern.example/a ">',
            "https://lantern.example/a",
        ),
        (meta("og:url", "https://www.lantern.example/b"), "https://www.lantern.example/b"),
        (linked(url="https://www.lantern.example/c"), "https://www.lantern.example/c"),
        (
            linked(mainEntityOfPage={"@id": "https://www.lantern.example/d"}),
            "https://www.lantern.example/d",
        ),
        (linked(mainEntityOfPage="https://www.lantern.example/e"), "https://www.lantern.example/e"),
    ],
)
def test_a_page_may_name_its_own_address(head, address):
    assert described(head).canonical_url == address


def test_hosts_under_one_registered_domain_are_one_publishers():
    head = '<link rel="canonical" href="https://www.lantern.co.uk/a">'
    here, elsewhere = "https://m.lantern.co.uk/a", "https://m.beacon.co.uk/a"
    assert found(page(head=head), url=here).canonical_url == "https://www.lantern.co.uk/a"
    assert found(page(head=head), url=elsewhere).canonical_url is None


@pytest.mark.parametrize(
    "written",
    [
        "https://other.example.net/a",
        "https://www.lantern.example/",
        "https://www.lantern.example/index.html",
        "javascript:alert(1)",
        "ftp://www.lantern.example/a",
        "https://[broken/a",
        "http://user:secret@other.test/",
        "",
        "   ",
    ],
)
def test_a_page_may_not_take_anothers_place_nor_the_home_pages(written):
    assert described(f'<link rel="canonical" href="{written}">').canonical_url is None
    assert described(linked(url=written)).canonical_url is None


def test_people_who_share_a_hosting_service_share_no_publisher():
    head = '<link rel="canonical" href="https://ann.github.io/a">'
    assert found(page(head=head), url="https://ben.github.io/a").canonical_url is None
    assert found(page(head=head), url="https://ann.github.io/a?b=c").canonical_url is not None


def test_a_home_page_may_say_so_of_itself():
    head = '<link rel="canonical" href="https://lantern.example/">'
    assert found(page(head=head), url="https://lantern.example").canonical_url is not None
    assert found(page(head=head), url="https://[broken").canonical_url is None
