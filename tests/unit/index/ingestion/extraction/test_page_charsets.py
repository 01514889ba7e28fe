from __future__ import annotations

import pytest

from index.errors import ArticleRefusedError
from index.ingestion.extraction.decoding import cleaned, page_text
from tests.unit.index.ingestion.extraction.written import STORY, found, page, paragraphs

FRENCH = "Le café de l’été a été fermé à Pellmouth, où l’on répare la digue du port."
RUSSIAN = "Совет города проголосовал за ремонт портовой стены до наступления зимы."
JAPANESE = "市議会は冬が来る前に港の防波堤を修理することを決めた。漁師たちは長く求めていた。"


def declared(charset: str) -> str:
    return f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">'


def written(line: str, encoding: str, says: str | None = None) -> bytes:
    head = declared(says) if says else ""
    return page(paragraphs([line, *STORY]), head).encode(encoding, "xmlcharrefreplace")


@pytest.mark.parametrize(
    ("line", "encoding", "of_page", "of_server"),
    [
        (FRENCH, "utf-8", "utf-8", "utf-8"),
        (FRENCH, "utf-8", None, None),
        (FRENCH, "utf-8-sig", "windows-1252", "koi8-r"),
        (FRENCH, "utf-16", None, None),
        (FRENCH, "cp1252", "iso-8859-1", None),
        (FRENCH, "cp1252", None, "ISO-8859-1"),
        (FRENCH, "cp1252", None, None),
        (RUSSIAN, "cp1251", "windows-1251", None),
        (RUSSIAN, "koi8-r", None, "KOI8-R"),
        (JAPANESE, "shift_jis", "Shift_JIS", None),
        (JAPANESE, "euc_jp", None, "euc-jp"),
        (JAPANESE, "iso2022_jp", "iso-2022-jp", None),
        # what is said and is not so
        (FRENCH, "utf-8", "iso-8859-1", "iso-8859-1"),
        (RUSSIAN, "utf-8", "windows-1251", "koi8-r"),
        (FRENCH, "cp1252", "utf-8", "utf-8"),
        (RUSSIAN, "cp1251", "windows-1251", "utf-8"),
        (FRENCH, "utf-8", "utf-16", None),
        (FRENCH, "utf-8", "zlib", "punycode"),
        (FRENCH, "utf-8", "no-such-charset", "\0"),
        (FRENCH, "cp1252", "no-such-charset", ""),
    ],
)
def test_a_page_is_read_whatever_it_and_its_server_say(line, encoding, of_page, of_server):
    extracted = found(written(line, encoding, of_page), charset=of_server)
    assert extracted.text.split("\n\n")[0] == line


def test_a_few_broken_bytes_cost_only_themselves():
    body = written(FRENCH * 3, "utf-8").replace("é".encode(), b"\xc3", 1)
    assert page_text(body, "utf-8").count("\ufffd") == 1
    assert found(body).text.count("été") == 6
    assert "caf\ufffd" in found(body).text


def test_a_text_with_more_broken_than_whole_characters_is_not_utf8():
    assert page_text("déjà é é é".encode("cp1252") + "ü".encode(), None).startswith("déjà")
    assert page_text(b"\x81\xe9", "windows-1252") == "\ufffdé"


def test_what_ends_strings_elsewhere_and_halves_of_characters_are_no_text():
    assert cleaned("a\x00b\x07c\x0bd\x1be\x7ff\ud800g\uffff\tn\n") == "abcdef\ufffdg\ufffd\tn\n"
    body = paragraphs([STORY[0].replace("council", "coun\x00cil\x1b[31m"), *STORY[1:]])
    assert found(page(body)).text.startswith("The council[31m of Pellmouth")


@pytest.mark.parametrize(
    ("reference", "read"),
    [
        ("&#146;", "\u2019"),
        ("&#x92;", "\u2019"),
        ("&#0150", "\u2013"),
        ("&#7;", ""),
        ("&#x1F;", ""),
        ("&#127;", ""),
        ("&#xFFFF;", ""),
        ("&#65534;", ""),
        ("&#0;", "\ufffd"),
        ("&#xD800;", "\ufffd"),
        ("&#x110000;", None),
        ("&#99999999999999999999;", None),
        ("&#300;", "\u012c"),
        ("&#233;", "é"),
    ],
)
def test_a_reference_to_a_control_character_costs_no_text(reference, read):
    body = paragraphs([STORY[0].replace("council", f"coun{reference}cil"), *STORY[1:]])
    text = found(page(body, title=f"A{reference}b")).text
    assert all(line in text for line in STORY[1:])
    assert read is None or text.startswith(f"The coun{read}cil of Pellmouth")


@pytest.mark.parametrize(
    "word",
    [
        # Persian: "I want", two words without the character
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
        "ക്\u200d",  # Malayalam
        "👩\u200d🚒",  # a fire fighter; a woman and a fire engine without
        "❤\ufe0f",
    ],
)
def test_what_joins_and_parts_letters_stays(word):
    body = paragraphs([f"It said {word} on the harbour wall, and everybody could see it.", *STORY])
    extracted = found(
        page(f"{body}<p>Beside it stood {word}<b>in white</b>, they said.", title=word)
    )
    assert extracted.text.count(word) == 2
    assert extracted.title == word


def test_invisible_and_turning_characters_do_no_harm_to_the_words_around_them():
    # they are layout; what of them is in a title is neutralised where it is shown
    line = "The har\u00adbour \u202ewall\u202c of Pell\u200bmouth was built by her\u2066 father."
    text = found(page(paragraphs([line, *STORY]))).text
    assert text.startswith("The harbour wall of Pellmouth was built by her father.")
    assert found(page(title="\u202eA wall")).title == "\u202eA wall"


def test_blanks_of_every_kind_are_blanks():
    line = STORY[0].replace(" of ", "\u00a0of\u2009")
    assert found(page(paragraphs([line, *STORY[1:]]))).text.startswith(STORY[0])


@pytest.mark.parametrize(
    "body", [b"", b"\0" * 100, b"   ", b"\xff\xfe", b"<!-- -->", b"<!doctype x>"]
)
def test_nothing_is_refused_as_no_page(body):
    with pytest.raises(ArticleRefusedError, match="no web page that can be read"):
        found(body)
