from __future__ import annotations

from datetime import UTC, datetime, time

import pytest

from bot.commands.alert_options import alert_query, quiet_hours
from bot.commands.zones import known_zone, zone_choices
from bot.storage.quiet_hours import QuietHours
from bot.texts import RefusedError
from index.errors import InvalidQueryError
from tests.unit.bot.answering.small_corpora import over, story

NOW = datetime(2026, 3, 4, tzinfo=UTC)
CORPUS = over(
    *(story(f"a{n}", f"The government met for the {n}. time.", "Government") for n in range(5)),
    story("b", "Rain fell.", "Rain", publisher="The Daily"),
)


def test_an_alert_is_not_corrected_since_it_may_wait_for_a_new_name():
    assert alert_query("Goverment", NOW, CORPUS)[1].text == "Goverment"


def test_operators_are_those_of_the_search():
    typed, query = alert_query(
        '  rain "heavy rain"\n -snow publisher:daily author:Smith', NOW, CORPUS
    )
    assert typed == 'rain "heavy rain" -snow publisher:daily author:Smith'
    assert query.phrases == ("heavy rain",)
    assert query.excluded == ("snow",)
    assert query.publishers == {"The Daily"}
    assert query.authors == {"Smith"}


@pytest.mark.parametrize("text", ["rain since:yesterday", "rain until:2026-01-01", "the of"])
def test_what_no_news_to_come_can_match_is_refused(text: str):
    with pytest.raises(RefusedError):
        alert_query(text, NOW, CORPUS)


@pytest.mark.parametrize("text", ["-snow", 'rain "unclosed', "rain publisher:nobody"])
def test_what_no_search_takes_is_refused(text: str):
    with pytest.raises(InvalidQueryError):
        alert_query(text, NOW, CORPUS)


def test_the_dates_of_a_question_that_was_asked_do_not_count():
    _, query = alert_query("Did rain fall since yesterday?", NOW, CORPUS, is_question=True)
    assert (query.since, query.until) == (None, None)
    assert "rain" in query.text


def test_quiet_hours_are_read_as_people_write_them():
    assert quiet_hours(None, None, "Europe/Berlin") is None
    assert quiet_hours("22", "7.30", "europe/berlin") == QuietHours(
        time(22), time(7, 30), "Europe/Berlin"
    )
    assert quiet_hours("0", "6", None, "Europe/Rome") == QuietHours(time(0), time(6), "Europe/Rome")
    assert quiet_hours("00:00", "6:05", None) == QuietHours(time(0), time(6, 5), "UTC")


@pytest.mark.parametrize(
    ("begin", "end", "zone"),
    [
        ("22:00", None, None),
        (None, "7", None),
        ("24:00", "7", None),
        ("22:60", "7", None),
        ("ten", "7", None),
        ("22", "7", "Mars/Olympus"),
        ("22", "7", "../../etc/passwd"),
    ],
)
def test_quiet_hours_that_make_no_sense_are_refused(
    begin: str | None, end: str | None, zone: str | None
):
    with pytest.raises(RefusedError):
        quiet_hours(begin, end, zone)


def test_zones_are_found_by_the_names_of_their_places():
    assert zone_choices("new york")[0] == "America/New_York"
    assert zone_choices("berl")[0] == "Europe/Berlin"
    assert len(zone_choices("")) == 25
    assert zone_choices("nowhere at all") == []
    assert known_zone(" america/new york ") == "America/New_York"
