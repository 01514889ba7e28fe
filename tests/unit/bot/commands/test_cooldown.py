from __future__ import annotations

import pytest

from bot.commands.cooldown import Cooldown, CooldownError
from bot.texts import english


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_so_many_questions_are_allowed_in_so_much_time(clock: Clock):
    cooldown = Cooldown(2, 10.0, clock)
    for moment in (0.0, 3.0):
        clock.now = moment
        cooldown.take(1)
    clock.now = 4.5
    with pytest.raises(CooldownError) as refused:
        cooldown.take(1)
    assert "please wait 6 seconds, then ask again" in english().tell(refused.value.saying)
    assert refused.value.is_first
    clock.now = 10.0
    cooldown.take(1)
    with pytest.raises(CooldownError) as refused:
        cooldown.take(1)
    assert "wait 3 seconds" in english().tell(refused.value.saying)


def test_what_was_refused_does_not_count(clock: Clock):
    cooldown = Cooldown(1, 10.0, clock)
    cooldown.take(1)
    for moment in (1.0, 5.0, 9.9):
        clock.now = moment
        with pytest.raises(CooldownError):
            cooldown.take(1)
    clock.now = 10.0
    cooldown.take(1)


def test_everyone_has_a_cooldown_of_their_own(clock: Clock):
    cooldown = Cooldown(1, 10.0, clock)
    cooldown.take(1)
    cooldown.take(2)
    with pytest.raises(CooldownError):
        cooldown.take(1)


def test_a_person_is_told_once_each_time(clock: Clock):
    cooldown = Cooldown(1, 10.0, clock)
    told = []
    for moment in (0.0, 1.0, 2.0, 10.0, 11.0):
        clock.now = moment
        try:
            cooldown.take(1)
        except CooldownError as error:
            told.append(error.is_first)
    assert told == [True, False, True]


def test_people_who_went_away_are_forgotten(clock: Clock):
    cooldown = Cooldown(1, 10.0, clock)
    for user_id in range(1000):
        clock.now = user_id * 1.0
        cooldown.take(user_id)
    assert len(cooldown) == 10
