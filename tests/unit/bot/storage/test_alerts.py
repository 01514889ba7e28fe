from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.storage.alert_queue import Due, Match, Outcome
from bot.storage.alerts import (
    MOST_OF_A_PERSON,
    MOST_OF_A_SERVER,
    Alert,
    NewAlert,
    Pause,
    Target,
    TooManyAlertsError,
)
from bot.storage.memory import Memory
from bot.storage.people import PersonCounts
from bot.storage.quiet_hours import QuietHours
from index.model import Query

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

NOW = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
ANNA, BEN = 11, 12
CHANNEL = Target(ANNA, guild_id=21, channel_id=31)
NIGHT = QuietHours(time(22), time(7, 30), "Europe/Berlin")


@pytest.fixture
async def memory(tmp_path: Path) -> AsyncIterator[Memory]:
    async with await Memory.open(tmp_path, now=NOW) as memory:
        yield memory


def new(typed: str = "ferry", target: Target | None = None, **others: object) -> NewAlert:
    values: dict[str, object] = {"query": Query(typed), "quiet": None, "after": 0, **others}
    return NewAlert(target or Target(ANNA), typed, locale="de", **values)  # type: ignore[arg-type]


async def take(memory: Memory, alert: Alert, *articles: str, now: datetime = NOW) -> None:
    matches = [Match(alert.id, each, f"https://a.test/{each}") for each in articles]
    await memory.alert_queue.take(matches, 1, now)


async def due_of(memory: Memory) -> Due:
    (due,) = await memory.alert_queue.due(NOW)
    return due


# ── alerts ───────────────────────────────────────────────────────────────────
async def test_an_alert_is_kept_whole_after_a_restart(tmp_path: Path):
    query = Query(
        "heavy rain",
        publishers=frozenset({"BBC"}),
        phrases=("heavy rain",),
        excluded=("snow",),
        authors=frozenset({"Smith"}),
    )
    async with await Memory.open(tmp_path, now=NOW) as memory:
        added = await memory.alerts.add(new("rain", CHANNEL, query=query, quiet=NIGHT), NOW)
    async with await Memory.open(tmp_path, now=NOW) as memory:
        assert await memory.alerts.find(added.id) == added
        assert (added.query, added.quiet, added.target) == (query, NIGHT, CHANNEL)


async def test_people_and_servers_have_their_own_alerts(memory: Memory):
    own = await memory.alerts.add(new(), NOW)
    of_ben = await memory.alerts.add(new(target=Target(BEN)), NOW)
    of_server = await memory.alerts.add(new(target=CHANNEL), NOW)
    assert await memory.alerts.of_person(ANNA) == [own]
    assert await memory.alerts.of_person(BEN) == [of_ben]
    assert await memory.alerts.of_server(21) == [of_server]
    await memory.alerts.remove(own.id)
    assert await memory.alerts.at_work() == [of_ben, of_server]


async def test_the_same_words_for_the_same_place_are_one_alert(memory: Memory):
    first = await memory.alerts.add(new("Ferry"), NOW)
    again = await memory.alerts.add(new("ferry", quiet=NIGHT, after=9), NOW)
    assert again.id == first.id
    assert again.quiet == NIGHT
    assert again.after == 0  # what came since the first time is still to be told
    by_another = Target(BEN, guild_id=21, channel_id=31)
    in_channel = await memory.alerts.add(new(target=CHANNEL), NOW)
    assert (await memory.alerts.add(new(target=by_another), NOW)).id == in_channel.id


async def test_there_are_only_so_many(memory: Memory):
    for number in range(MOST_OF_A_PERSON):
        await memory.alerts.add(new(f"word{number}"), NOW)
    with pytest.raises(TooManyAlertsError, match=str(MOST_OF_A_PERSON)):
        await memory.alerts.add(new("one more"), NOW)
    await memory.alerts.add(new("word3"), NOW)
    for number in range(MOST_OF_A_SERVER):
        await memory.alerts.add(new(f"word{number}", CHANNEL), NOW)
    with pytest.raises(TooManyAlertsError, match=str(MOST_OF_A_SERVER)):
        await memory.alerts.add(new("one more", CHANNEL), NOW)


async def test_a_persons_alerts_go_with_their_data(memory: Memory):
    await memory.alerts.add(new(), NOW)
    of_ben = await memory.alerts.add(new(target=Target(BEN)), NOW)
    of_server = await memory.alerts.add(new(target=CHANNEL), NOW)
    assert await memory.people.forget(ANNA) == PersonCounts(alerts=1, channel_alerts=1)
    assert await memory.alerts.of_person(ANNA) == []
    assert await memory.alerts.find(of_ben.id) == of_ben
    kept = await memory.alerts.find(of_server.id)
    assert kept is not None
    assert kept.target == Target(None, guild_id=21, channel_id=31)


# ── what they have found ─────────────────────────────────────────────────────
async def test_stories_wait_and_the_announcement_is_noted_with_them(tmp_path: Path):
    async with await Memory.open(tmp_path, now=NOW) as memory:
        assert await memory.alert_queue.handled() is None
        alert = await memory.alerts.add(new(), NOW)
        await memory.alert_queue.take([Match(alert.id, "b", None)], 7, NOW)
        await memory.alert_queue.take([Match(alert.id, "a", None)], 8, NOW + timedelta(seconds=1))
    async with await Memory.open(tmp_path, now=NOW) as memory:
        assert await memory.alert_queue.handled() == 8
        assert await due_of(memory) == Due(alert.id, ("b", "a"), None, None)


async def test_a_story_is_told_once_revised_or_as_a_copy(memory: Memory):
    alert = await memory.alerts.add(new(), NOW)
    await take(memory, alert, "a")
    post = await memory.alert_queue.begin(alert.id, ["a"], NOW)
    assert post is not None
    await memory.alert_queue.end(post, Outcome.SENT)
    copy = Match(alert.id, "b", "https://b.test/", frozenset({"https://a.test/a"}))
    await memory.alert_queue.take([Match(alert.id, "a", None), copy], 2, NOW)
    assert await memory.alert_queue.due(NOW) == []


async def test_a_post_without_an_end_is_found_again_before_all_that_waits(tmp_path: Path):
    async with await Memory.open(tmp_path, now=NOW) as memory:
        alert = await memory.alerts.add(new(), NOW)
        await take(memory, alert, "a", "b")
        post = await memory.alert_queue.begin(alert.id, ["a", "b"], NOW)
        await take(memory, alert, "c")
    async with await Memory.open(tmp_path, now=NOW) as memory:
        assert await due_of(memory) == Due(alert.id, ("a", "b"), post, None)
        assert post is not None
        await memory.alert_queue.end(post, Outcome.LOST)
        assert await due_of(memory) == Due(alert.id, ("c",), None, NOW)


async def test_what_was_certainly_not_sent_waits_again(memory: Memory):
    alert = await memory.alerts.add(new(), NOW)
    await take(memory, alert, "a")
    post = await memory.alert_queue.begin(alert.id, ["a"], NOW)
    assert post is not None
    assert await memory.alert_queue.begin(alert.id, ["a"], NOW) is None
    await memory.alert_queue.undo(post)
    assert await due_of(memory) == Due(alert.id, ("a",), None, None)


async def test_a_paused_alert_rests_until_it_is_added_again(memory: Memory):
    alert = await memory.alerts.add(new(), NOW)
    await take(memory, alert, "a")
    post = await memory.alert_queue.begin(alert.id, ["a"], NOW)
    assert post is not None
    await take(memory, alert, "b")
    await memory.alert_queue.pause(alert.id, post, Pause.CLOSED)
    await take(memory, alert, "c")
    assert await memory.alert_queue.due(NOW) == []
    assert await memory.alerts.at_work() == []
    assert [each.paused for each in await memory.alerts.of_person(ANNA)] == [Pause.CLOSED]
    again = await memory.alerts.add(new(after=5), NOW)
    assert (again.id, again.paused, again.after) == (alert.id, None, 5)
    assert await memory.alert_queue.due(NOW) == []


async def test_a_removed_alert_tells_nothing_more(memory: Memory):
    alert = await memory.alerts.add(new(), NOW)
    await take(memory, alert, "a")
    await memory.alerts.remove(alert.id)
    assert await memory.alert_queue.due(NOW) == []
    assert await memory.alert_queue.begin(alert.id, ["a"], NOW) is None
    await take(memory, alert, "b")
    assert await memory.alert_queue.due(NOW) == []


async def test_what_was_told_long_ago_is_forgotten(memory: Memory):
    alert = await memory.alerts.add(new(), NOW)
    await take(memory, alert, "a")
    post = await memory.alert_queue.begin(alert.id, ["a"], NOW)
    assert post is not None
    await memory.alert_queue.end(post, Outcome.SENT)
    await memory.alert_queue.take([], 2, NOW + timedelta(days=31))
    await take(memory, alert, "a")
    assert (await due_of(memory)).article_ids == ("a",)


async def test_alerts_of_another_database_hear_of_what_is_new_there(memory: Memory):
    alert = await memory.alerts.add(new(after=900), NOW)
    await memory.alert_queue.start_after(40)
    assert await memory.alert_queue.handled() == 40
    found = await memory.alerts.find(alert.id)
    assert found is not None
    assert found.after == 40


# ── quiet hours ──────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("utc_hour", "is_quiet"),
    [(20, False), (21, True), (23, True), (3, True), (6, True), (7, False)],
)
def test_quiet_hours_go_over_midnight_by_the_clocks_of_their_zone(utc_hour: int, is_quiet: bool):
    # Berlin is an hour ahead in winter
    assert NIGHT.covers(datetime(2026, 1, 15, utc_hour, tzinfo=UTC)) is is_quiet


def test_quiet_hours_follow_the_change_of_clocks():
    summer = datetime(2026, 7, 15, 20, tzinfo=UTC)
    assert NIGHT.covers(summer)
    assert QuietHours(time(9), time(17), "UTC").covers(summer) is False
    assert QuietHours(time(9), time(9), "UTC").covers(summer)
