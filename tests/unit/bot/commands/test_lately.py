from __future__ import annotations

from bot.commands.lately import PAUSE_SECONDS, SaidLately


def test_the_same_is_new_once_an_hour():
    now = 0.0
    lately = SaidLately(lambda: now)
    assert [lately.is_new(each) for each in ("a", "b", "a")] == [True, True, False]
    now = PAUSE_SECONDS - 1
    assert not lately.is_new("a")
    now = PAUSE_SECONDS
    assert lately.is_new("a")
    assert not lately.is_new("a")


def test_no_more_is_remembered_than_there_is_room_for():
    lately = SaidLately(lambda: 0.0)
    for number in range(10_001):
        lately.is_new(number)
    assert lately.is_new(0)
    assert not lately.is_new(10_000)
