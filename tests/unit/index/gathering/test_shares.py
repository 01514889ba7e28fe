import asyncio

import pytest

from index.gathering.shares import Shares


async def test_one_community_has_its_share_and_all_of_them_theirs():
    shares, done = Shares(each=2, most=3), asyncio.Event()

    async def work() -> None:
        await done.wait()

    assert shares.has_room("a")
    first = shares.taken_by("a", work())
    assert shares.full == frozenset()
    second = shares.taken_by("a", work())
    assert not shares.has_room("a")
    assert shares.full == {"a"}
    assert shares.has_room("b")
    third = shares.taken_by("b", work())
    assert shares.room == 0
    assert not shares.has_room("b")
    assert shares.has_room(None)
    done.set()
    await asyncio.gather(first, second, third)
    assert shares.room == 3
    assert shares.has_room("a")
    assert shares.full == frozenset()


async def test_what_is_everybodys_takes_no_place_of_theirs():
    shares = Shares(each=1, most=1)
    task = shares.taken_by(None, asyncio.sleep(0))
    assert shares.room == 1
    await task


async def test_work_that_is_ended_or_fails_leaves_its_place():
    shares = Shares(each=1, most=2)

    async def fail() -> None:
        raise KeyError

    # ended before it has begun
    ended, failed = shares.taken_by("a", asyncio.sleep(60)), shares.taken_by("b", fail())
    ended.cancel()
    with pytest.raises(KeyError):
        await failed
    with pytest.raises(asyncio.CancelledError):
        await ended
    assert shares.room == 2
