from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.ingestion.dates import publication_time
from index.model import PublicationTime

NOW = datetime(2024, 6, 1, 12, tzinfo=UTC)
NOON = datetime(2024, 1, 5, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "value", ["2024-01-05", " 2024-01-05\n", "20240105", "2024/01/05", 20240105]
)
def test_a_date_alone_is_a_day(value: object):
    assert publication_time(value, now=NOW) == PublicationTime.of(date(2024, 1, 5))


@pytest.mark.parametrize(
    "value",
    [
        "2024-01-05T12:00:00Z",
        "2024-01-05T13:00:00+01:00",
        "2024-01-05T12:00",
        "2024-01-05 12:00:00",
        "2024-01-05 12:00:00.000",
        "2024-01-05 12:00:00 UTC",
        "2024-01-05 07:00:00 -0500",
        "20240105T120000Z",
        "Fri, 05 Jan 2024 12:00:00 GMT",
        "Fri, 05 Jan 2024 12:00:00 -0000",
        "5 Jan 2024 07:00:00 EST",
        1704456000,
        1704456000.9,
        1704456000000,
        "1704456000",
        "1704456000000",
    ],
)
def test_a_time_is_read_in_each_spelling(value: object):
    found = publication_time(value, now=NOW)

    assert found == PublicationTime.of(NOON)
    assert not found.is_day


@pytest.mark.parametrize(
    "value",
    [
        "",
        "yesterday",
        "2024-02-30",
        "2024-1-5",
        "05/01/2024",
        "2024",
        2024,
        0,
        -1,
        True,
        None,
        [],
        {"year": 2024},
        10**4000,
        float("nan"),
        float("inf"),
        "\u0662\u0660\u0662\u0664-\u0660\u0661-\u0660\u0665",  # Arabic-Indic digits
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-14:00",
        "Fri, 05 Jan 2024 12:00:00 +9999999999",
        "2024-01-05" * 10_000,
    ],
)
def test_what_is_no_date_cannot_be_read(value: object):
    with pytest.raises(ValueError, match="cannot be read"):
        publication_time(value, now=NOW)


def test_dates_before_1900_and_far_ahead_are_not_believed():
    assert publication_time("1900-01-01", now=NOW).at.year == 1900
    with pytest.raises(ValueError, match="is before 1900"):
        publication_time("1899-12-31", now=NOW)
    ahead = NOW + timedelta(days=2)
    assert publication_time(ahead.isoformat(), now=NOW).at == ahead
    with pytest.raises(ValueError, match="lies in the future"):
        publication_time((ahead + timedelta(seconds=1)).isoformat(), now=NOW)


@given(
    st.datetimes(datetime(1901, 1, 1), datetime(2024, 1, 1)),  # noqa: DTZ001 - the zone is drawn
    st.integers(-14 * 60, 14 * 60),
)
def test_any_iso_time_with_a_zone_is_read_exactly(naive: datetime, minutes: int):
    moment = naive.replace(tzinfo=timezone(timedelta(minutes=minutes)))

    assert publication_time(moment.isoformat(), now=NOW).at == moment


@given(st.one_of(st.text(max_size=80), st.integers(), st.floats()))
def test_any_text_or_number_is_either_read_or_refused(value: object):
    try:
        found = publication_time(value, now=NOW)
    except ValueError:
        return
    assert 1900 <= found.at.year <= NOW.year
