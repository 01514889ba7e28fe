from __future__ import annotations

from datetime import timedelta

import pytest

from bot.operations.verification import Remedy
from bot.texts import Languages, english
from bot.views.index_state import Trouble, Verified, index_state_text, verified_text
from bot.views.layout import layout
from index.model import CorpusStatistics, IndexRun, IndexSize
from tests.unit.bot.views.followed import AT

ENGLISH = english()
STAMP = f"<t:{int(AT.timestamp())}:R>"
RUN = IndexRun(AT, 2.0, 15, 0, 0, 0, 0)


def test_what_a_server_sees_stands_apart_from_what_the_whole_index_takes():
    statistics = CorpusStatistics(1200, 3400, {}, None, RUN)
    size = IndexSize(5000, 1, 3 << 19)
    text = index_state_text(statistics, size, AT, ENGLISH, is_indexing=True)
    assert text.content == (
        "This server sees **1,200 articles** in 3,400 passages.\n"
        f"The newest came in {STAMP}.\n\n"
        "The whole index, whoever may see what is in it:\n"
        "5,000 passages in segments on disk, 1 only in memory · 1.5 MB on disk\n\n"
        "An index run is at work.\n"
        f"Last index run: 15 added in 2.0 s, {STAMP}"
    )


def test_an_empty_index_has_no_newest_article_and_no_run():
    statistics = CorpusStatistics(0, 0, {}, None, None)
    text = index_state_text(statistics, IndexSize(0, 0, 0), None, ENGLISH, is_indexing=False)
    assert "None has come in yet." in text.content
    assert text.content.endswith("There has been no index run yet.")


def test_what_is_sound_is_told_with_its_passages():
    text = verified_text(Verified({}, 1200, 1100), AT, ENGLISH)
    assert text.content == (
        f"All is well: 1,200 passages, 1,100 of them in segments on disk.\n\n-# Checked {STAMP}"
    )


def test_what_is_wrong_is_told_by_kind_and_count_and_who_mends_it():
    found = Verified({Trouble.PASSAGES: 2, Trouble.SEARCH_INDEX: 1})
    assert verified_text(found, AT, ENGLISH).content == (
        "Something is wrong with what is stored:\n"
        "- the search index does not agree with the articles\n"
        "- 2 articles have passages that are not of their text\n\n"
        "Whoever runs me mends it with `pullquote verify --repair`.\n\n"
        f"-# Checked {STAMP}"
    )
    worse = Verified({Trouble.DAMAGED: 1, Trouble.SEARCH_INDEX: 1})
    assert "sees more with `pullquote verify`" in verified_text(worse, AT, ENGLISH).content


def test_every_finding_has_its_kind():
    assert {each.value for each in Trouble} == {each.value for each in Remedy}


@pytest.mark.parametrize("locale", ["en-GB", "de"])
def test_the_longest_texts_fit(locale: str):
    texts = Languages.shipped().best(locale)
    most = 10**12
    everything = Verified(dict.fromkeys(Trouble, most), most, most)
    assert layout(verified_text(everything, AT, texts))
    run = IndexRun(AT + timedelta(days=9), 1e9, most, most, most, most, most)
    statistics = CorpusStatistics(most, most, {}, None, run)
    size = IndexSize(most, most, most)
    assert layout(index_state_text(statistics, size, AT, texts, is_indexing=True))
