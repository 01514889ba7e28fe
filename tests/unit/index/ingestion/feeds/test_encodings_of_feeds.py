"""What labels say of a document is believed less than its bytes."""

import gzip
import zlib

import pytest

from index.ingestion.feeds.encodings import MAX_UNPACKED_BYTES
from index.ingestion.feeds.model import FeedRefusedError
from tests.unit.index.ingestion.feeds.found import read, rss

TITLE = "Zürich – Łódź"


def document(declared=None, title=TITLE):
    head = f'<?xml version="1.0" encoding="{declared}"?>' if declared else ""
    return head + rss(f"<title>{title}</title>")


def title_of(body, charset=None):
    return read(body, charset=charset).entries[0].title


@pytest.mark.parametrize(
    "declared", [None, "us-ascii", "iso-8859-1", "utf-16", "nonsense", "rot13"]
)
def test_what_is_valid_utf_8_is_utf_8_whatever_it_calls_itself(declared):
    assert title_of(document(declared).encode(), charset="windows-1252") == TITLE


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be"])
def test_marks_and_wide_characters_are_seen(encoding):
    assert title_of(document("utf-8").encode(encoding)) == TITLE


def test_ebcdic_is_read():
    assert title_of(document("cp037", "Zürich").encode("cp037")) == "Zürich"


@pytest.mark.parametrize(
    ("encoding", "declared", "charset"),
    [
        ("iso-8859-2", "iso-8859-2", None),
        ("iso-8859-2", None, "iso-8859-2"),
        ("iso-8859-2", "utf-8", "iso-8859-2"),
    ],
)
def test_what_is_no_utf_8_is_read_as_its_label_says(encoding, declared, charset):
    assert title_of(document(declared, "Łódź").encode(encoding), charset) == "Łódź"


def test_a_label_of_latin_1_is_read_as_browsers_do():
    assert title_of(document("iso-8859-1", "“Zürich”").encode("cp1252")) == "“Zürich”"


def test_without_a_label_what_is_no_utf_8_is_taken_as_windows_1252():
    assert title_of(document(None, "Zürich").encode("cp1252")) == "Zürich"


def test_a_few_wrong_bytes_do_not_make_utf_8_something_else():
    body = document(None, f"{TITLE} {TITLE}").encode() + b"<!-- \xff -->"
    assert title_of(body) == f"{TITLE} {TITLE}"


def test_seven_bit_encodings_are_read_where_they_are_named():
    assert title_of(document("iso-2022-jp", "東京").encode("iso-2022-jp")) == "東京"


def test_characters_that_xml_cannot_hold_cost_nothing_else():
    assert title_of(document(None, "Zü\x00ri\x08ch\ufffe")) == "Zürich"


def test_packed_documents_are_unpacked_member_by_member():
    whole = document().encode()
    assert title_of(gzip.compress(whole[:40]) + gzip.compress(whole[40:])) == TITLE


def test_a_document_that_unpacks_to_too_much_is_refused():
    packer = zlib.compressobj(9, wbits=31)
    zeros = b"\0" * (1 << 20)
    bomb = b"".join(packer.compress(zeros) for _ in range((MAX_UNPACKED_BYTES >> 20) + 1))
    with pytest.raises(FeedRefusedError, match="larger than 50 MiB"):
        read(bomb + packer.flush())


def test_damaged_packing_is_refused():
    packed = bytearray(gzip.compress(document().encode()))
    packed[12] ^= 0xFF
    with pytest.raises(FeedRefusedError, match="damaged"):
        read(bytes(packed))
