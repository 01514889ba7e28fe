from __future__ import annotations

from index.ingestion.extraction.repeated_lines import MIN_CHARACTERS, line_hashes, without_lines
from tests.unit.index.ingestion.extraction.written import STORY, TEXT, found, page, paragraphs

OWN = "Lantern readers pay for this reporting, and we thank every one of them for it."
SHORT = "x" * (MIN_CHARACTERS - 1)


def test_a_line_has_one_number_everywhere_that_sqlite_can_hold():
    (number,) = line_hashes([OWN])
    # written down, so that another process, machine or version gives no other
    assert number == 1666463064216176339
    assert -(2**63) <= number < 2**63


def test_each_line_counts_once_and_short_ones_not_at_all():
    assert len(line_hashes([OWN, OWN, STORY[0], SHORT, ""])) == 2
    assert line_hashes([SHORT]) == ()
    assert len(line_hashes([SHORT + "x"])) == 1
    assert len(line_hashes(["half a character \ud800 in a line"])) == 1


def test_lines_that_a_host_repeats_are_left_out():
    extracted = found(page(paragraphs([*STORY[:2], OWN, *STORY[2:]])))
    assert OWN in extracted.text
    cleaned = without_lines(extracted, frozenset(line_hashes([OWN, "of some other page " * 2])))
    assert cleaned.text == TEXT
    assert cleaned.line_hashes == line_hashes(STORY)
    assert cleaned.title == extracted.title


def test_a_page_stays_as_it_is_where_it_has_no_such_line():
    extracted = found(page())
    assert without_lines(extracted, frozenset(line_hashes([OWN]))) is extracted
    assert without_lines(extracted, frozenset()) is extracted


def test_a_page_of_nothing_but_repeated_lines_keeps_them():
    extracted = found(page())
    assert without_lines(extracted, frozenset(line_hashes(STORY))) is extracted
