import asyncio
import threading

import pytest

from index.indexer.working import to_its_end


async def test_what_a_thread_returns_or_raises_is_handed_on():
    assert await to_its_end(divmod, 7, 2) == (3, 1)
    with pytest.raises(ZeroDivisionError):
        await to_its_end(divmod, 7, 0)


@pytest.mark.parametrize("error", [None, OSError("no room")])
async def test_whoever_is_cancelled_waits_for_the_thread(error):
    started, may_end = threading.Event(), threading.Event()
    done = []

    def work() -> None:
        started.set()
        may_end.wait(10)
        done.append("work")
        if error:
            raise error

    working = asyncio.create_task(to_its_end(work))
    await asyncio.to_thread(started.wait, 10)
    working.cancel()
    await asyncio.sleep(0.02)
    assert not working.done()
    may_end.set()
    with pytest.raises(asyncio.CancelledError):
        await working
    assert done == ["work"]
