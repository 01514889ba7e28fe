from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime

import pytest

from bot.storage.people import TABLES, Kept, PersonCounts
from bot.texts import Languages
from bot.views import limits
from bot.views.layout import layout
from bot.views.privacy import asking_text, forgotten_text, privacy_text
from bot.views.privacy_as_json import named_file, person_as_json

NOW = datetime(2026, 3, 4, tzinfo=UTC)
ENGLISH = Languages.shipped().english
MUCH = PersonCounts(2, 1, ratings=3, digests=1, questions=4, searches=5, blocks=1)
# what the text says of each kind that any table holds
SAID_OF = {
    Kept.ALERTS: "- Your alerts, of which there are 2 now",
    Kept.DIGESTS: "- Your digest, of which there is 1 now",
    Kept.RATINGS: "- Which answers you found helpful or not, of which there are 3 now",
    Kept.QUESTIONS: "- What you asked, of which there are 4 now",
    Kept.SEARCHES: "- What you searched for, of which there are 5 now",
    Kept.BLOCKS: "- Where those who run a server do not want you answered",
    Kept.SERVERS: "- What those who run a server have decided there, and no person, until",
}


def test_whatever_any_table_holds_is_told_with_how_long_it_is_kept():
    text = privacy_text(MUCH, 30, ENGLISH).content
    assert set(TABLES.values()) - {Kept.WORKINGS} == SAID_OF.keys()
    for said in SAID_OF.values():
        (line,) = [line for line in text.splitlines() if line.startswith(said)]
        assert "for 30 days" in line or "until" in line


@pytest.mark.parametrize("locale", ["en-GB", "de"])
@pytest.mark.parametrize("days", [1, 30, 36500])
async def test_it_fits_into_a_message_in_every_language(locale: str, days: int):
    texts = Languages.shipped().best(locale)
    most = PersonCounts(10**6, 10**6, 10**6, 1, 10**6, 10**6, 10**6, 10**6)
    assert layout(privacy_text(most, days, texts)).timeout is None
    for text in (asking_text(most, texts), forgotten_text(most, texts)):
        assert text.length <= limits.CONTENT_LENGTH


def test_what_was_deleted_is_named_and_nothing_else():
    assert forgotten_text(PersonCounts(), ENGLISH).content == "I keep nothing of you."
    some = forgotten_text(PersonCounts(ratings=1), ENGLISH).content
    assert some == "**Deleted, all that was there:**\n- 1 answer rated"
    all_of_it = forgotten_text(MUCH, ENGLISH).content
    assert "- 4 questions\n- 5 searches\n- 2 alerts\n- 1 digest\n- 3 answers rated\n" in all_of_it
    assert "- your id in 1 alert of a channel" in all_of_it
    stays = "-# 1 server does not want you answered; that stays, as it is the server's."
    assert all_of_it.endswith(stays)
    blocked = forgotten_text(PersonCounts(blocks=1), ENGLISH).content
    assert blocked == f"I keep nothing of you that I could delete.\n{stays}"


def test_the_file_keeps_every_digit_of_an_id_and_every_character():
    tables = {"alerts": [{"user_id": 2**60 + 1, "typed": "Müller “@everyone”", "after": 7}]}
    read = json.loads(person_as_json(tables, 2**60 + 1, 30, NOW))
    assert read["user_id"] == str(2**60 + 1)
    assert read["alerts"] == [
        {"user_id": str(2**60 + 1), "typed": "Müller “@everyone”", "after": 7}
    ]


def test_a_file_that_is_too_large_for_discord_is_packed():
    written = b"{}" * 100
    assert named_file(written) == ("pullquote-data.json", written)
    name, content = named_file(written, largest=199)
    assert name == "pullquote-data.json.gz"
    assert gzip.decompress(content) == written
