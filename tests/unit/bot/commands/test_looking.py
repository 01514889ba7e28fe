import asyncio

import pytest

from bot.commands.looking import MOST_AT_ONCE, Looking
from bot.texts import RefusedError


async def test_a_server_looks_at_one_address_at_a_time():
    looking = Looking()
    async with looking.at_work(1):
        with pytest.raises(RefusedError) as refused:
            async with looking.at_work(1):
                pytest.fail("looked at two")
        async with looking.at_work(2):
            pass
    assert "already" in str(refused.value)
    async with looking.at_work(1):
        pass


async def test_a_few_servers_look_at_a_time():
    looking, done = Looking(), asyncio.Event()

    async def look(server_id: int) -> None:
        async with looking.at_work(server_id):
            await done.wait()

    tasks = [asyncio.create_task(look(number)) for number in range(MOST_AT_ONCE)]
    await asyncio.sleep(0)
    with pytest.raises(RefusedError) as refused:
        await look(99)
    assert "just now" in str(refused.value)
    done.set()
    await asyncio.gather(*tasks)
    await look(99)


async def test_what_never_comes_to_an_end_is_left():
    looking = Looking(longest_seconds=0.01)
    with pytest.raises(RefusedError) as refused:
        async with looking.at_work(1):
            await asyncio.Event().wait()
    assert "too long" in str(refused.value)
    async with looking.at_work(1):
        pass


async def test_other_troubles_pass_through_and_leave_the_place():
    looking = Looking()
    with pytest.raises(KeyError):
        async with looking.at_work(1):
            raise KeyError
    async with looking.at_work(1):
        pass
