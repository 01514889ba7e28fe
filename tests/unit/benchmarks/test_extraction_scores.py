from __future__ import annotations

import gzip
import json

import pytest

from benchmarks.extraction.racing import raced
from benchmarks.extraction.sets import KnownPage, benchmark_pages, fundus_pages
from benchmarks.extraction.shingles import Overlap, Score, shingles, strange_lines
from benchmarks.extraction.ways import WAYS
from tests.unit.index.ingestion.extraction.written import STORY, TEXT, URL, page, paragraphs


@pytest.mark.parametrize(
    ("found", "expected", "overlap"),
    [
        ("a b c d", "a b c d", Overlap(1, 0, 0)),
        ("a, b; c. D", "a b c D", Overlap(1, 0, 0)),
        ("a b c d e", "a b c d", Overlap(1 / 2, 1 / 2, 0)),
        ("a b c d", "a b c d e f", Overlap(1 / 3, 0, 2 / 3)),
        ("a b c d x", "a b c d e", Overlap(1 / 3, 1 / 3, 1 / 3)),
        ("a b c d a b c d", "a b c d", Overlap(1 / 5, 4 / 5, 0)),
        ("a b", "a b", Overlap(1, 0, 0)),
        ("a b", "a b c", Overlap(0, 1 / 2, 1 / 2)),
        ("", "a b c d e", Overlap(0, 0, 1)),
        ("", "", Overlap(0, 0, 0)),
    ],
)
def test_texts_share_runs_of_four_words(found, expected, overlap):
    assert Overlap.of(found, expected) == overlap


def test_a_score_is_of_means_over_the_pages_that_have_something_to_judge():
    score = Score.of([Overlap(1, 0, 0), Overlap(0.25, 0.25, 0.5), Overlap(0, 0, 1)])
    assert score.precision == pytest.approx((1 + 0.5) / 2)
    assert score.recall == pytest.approx((1 + 0.25 / 0.75 + 0) / 3)
    assert score.f1 == pytest.approx(2 * 0.75 * (4 / 9) / (0.75 + 4 / 9))
    assert Score.of([]).f1 == 0


def test_a_line_is_strange_when_most_of_it_is_not_in_the_text():
    other = "Follow us on every network there is"
    half = "The council of Pellmouth voted on Monday and one two three four five six seven"
    strange, count = strange_lines([*STORY, other, half, "two words", ""], TEXT)
    assert (strange, count) == ([other, half], len(STORY) + 2)
    assert shingles("") == {}


def test_every_way_is_run_over_every_page_and_judged():
    known = [
        KnownPage("a", URL, page().encode(), TEXT),
        KnownPage("b", URL, page("Follow me").encode(), TEXT),
        KnownPage("c", URL, b"", TEXT),
        KnownPage("d", URL, page(paragraphs([*STORY, "READ MORE: Ferries"])).encode(), TEXT),
    ]
    results = raced(known, WAYS)
    assert list(results) == list(WAYS)
    for result in results.values():
        assert result.overlaps["a"].right > 0.9
        assert result.overlaps["c"] == Overlap(0, 0, 1)
        assert result.seconds > 0
    assert results["Pullquote"].overlaps["a"] == Overlap(1, 0, 0)
    assert results["Pullquote"].strange_share == 0
    assert results["trafilatura, default"].overlaps["d"].wrong > 0


def test_the_public_sets_are_read_as_they_are_laid_out(tmp_path):
    (tmp_path / "html").mkdir()
    (tmp_path / "html" / "one.html.gz").write_bytes(gzip.compress(page().encode()))
    truth = {"one": {"articleBody": TEXT, "url": URL}}
    (tmp_path / "ground-truth.json").write_text(json.dumps(truth), encoding="utf-8")
    assert list(benchmark_pages(tmp_path)) == [KnownPage("one", URL, page().encode(), TEXT)]


def test_pages_of_a_publisher_belong_to_the_versions_of_its_parser_in_order(tmp_path):
    for country in ("au", "ca", "uk", "us"):
        (tmp_path / country).mkdir()
        (tmp_path / country / "meta.info").write_text("{}", encoding="utf-8")
    uk = tmp_path / "uk"
    names = [f"Lantern_{day}.html.gz" for day in ("2023_01_02", "2024_03_04", "2025_01_01")]
    bodies = [page(STORY[0]), page(STORY[1]), page("LiveBlogPosting")]
    for name, body in zip(names, bodies, strict=True):
        (uk / name).write_bytes(gzip.compress(body.encode()))
    addresses = {name: {"url": f"{URL}/{name}"} for name in names}
    (uk / "meta.info").write_text(json.dumps(addresses), encoding="utf-8")
    versions = {
        version: {
            "body": {"summary": [text], "sections": [{"headline": ["H"], "paragraphs": ["P"]}]}
        }
        for version, text in (("V2", "two"), ("V10", "ten"), ("V1_1", "one"))
    }
    (uk / "Lantern.json").write_text(json.dumps(versions), encoding="utf-8")
    pages = list(fundus_pages(tmp_path))
    assert [each.text for each in pages] == ["one\nH\nP", "two\nH\nP"]
    assert [each.url for each in pages] == [f"{URL}/{name}" for name in names[:2]]
