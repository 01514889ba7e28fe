import asyncio
import importlib
import os
import sys
from pathlib import Path

import pytest

from index.errors import ArticleRefusedError
from index.ingestion.isolation import IsolatedError, Isolation

MEBIBYTE = 1 << 20


@pytest.fixture(scope="module")
def tasks():
    """The module of tasks, under a name by which a worker finds it too."""
    folder = str(Path(__file__).parent)
    sys.path.insert(0, folder)
    yield importlib.import_module("hostile_tasks")
    sys.path.remove(folder)


@pytest.fixture
async def isolation():
    async with Isolation(
        max_seconds=2, max_memory_bytes=256 * MEBIBYTE, max_result_bytes=MEBIBYTE
    ) as isolation:
        yield isolation


async def test_a_task_gives_what_it_returns_and_is_run_elsewhere(isolation, tasks):
    assert await isolation.run(tasks.doubled, 20, plus=2) == 42
    assert await isolation.run(tasks.own_id) != os.getpid()


async def test_a_worker_is_used_again_until_it_has_done_its_share(tasks):
    async with Isolation(tasks_per_worker=2) as isolation:
        ids = [await isolation.run(tasks.own_id) for _ in range(5)]
    assert ids[0] == ids[1]
    assert ids[2] == ids[3]
    assert len(set(ids)) == 3


async def test_errors_of_ours_come_out_as_they_are(isolation, tasks):
    with pytest.raises(ArticleRefusedError, match=r"^nothing on it is an article$"):
        await isolation.run(tasks.refuses)


async def test_of_errors_that_cannot_be_made_again_the_reason_comes_out(isolation, tasks):
    with pytest.raises(IsolatedError, match=r"^the server is in trouble$"):
        await isolation.run(tasks.refuses_in_its_own_way)


@pytest.mark.parametrize(
    ("task", "reason"),
    [
        ("loops_in_python", "takes longer than 2 s"),
        ("loops_in_c", "takes longer than 2 s"),
        ("hogs_memory", "takes more than 256 MiB"),
        ("ends_its_process", "ended the worker process|was lost|takes longer"),
        ("is_killed", "ended the worker process"),
        ("leaves", "cannot be read: SystemExit"),
        ("recurses", "nested too deeply"),
        ("nested_result", "nested too deeply"),
        ("divides", "cannot be read: ZeroDivisionError"),
        ("cannot_be_sent", "a function, cannot be sent"),
        ("large_result", "larger than 1 MiB"),
    ],
)
async def test_a_task_that_overdoes_costs_only_itself(isolation, tasks, task, reason):
    with pytest.raises(IsolatedError, match=reason):
        await isolation.run(getattr(tasks, task))
    assert await isolation.run(tasks.doubled, 4) == 8


async def test_others_go_on_while_one_hangs(tasks):
    async with Isolation(2, max_seconds=5) as isolation:
        hanging = asyncio.create_task(isolation.run(tasks.loops_in_c))
        done = await asyncio.gather(*(isolation.run(tasks.doubled, each) for each in (1, 2, 3)))
        assert done == [2, 4, 6]
        assert not hanging.done()
        with pytest.raises(IsolatedError, match="longer than 5 s"):
            await hanging


async def test_waiting_for_a_worker_does_not_count_as_running(tasks):
    async with Isolation(max_seconds=2) as isolation:
        done = await asyncio.gather(*(isolation.run(tasks.after, 0.9) for _ in range(4)))
    assert done == ["done"] * 4


async def test_whoever_is_cancelled_ends_the_task(isolation, tasks, tmp_path):
    told = tmp_path / "id"
    running = asyncio.create_task(isolation.run(tasks.loops_having_told, str(told)))
    while not (told.exists() and told.read_text()):  # noqa: ASYNC110 another process tells
        await asyncio.sleep(0.02)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    with pytest.raises(ProcessLookupError):
        os.kill(int(told.read_text()), 0)
    assert await isolation.run(tasks.doubled, 4) == 8


async def test_whoever_is_cancelled_while_waiting_leaves_the_others_alone(isolation, tasks):
    first = asyncio.create_task(isolation.run(tasks.after, 0.5))
    second = asyncio.create_task(isolation.run(tasks.after, 0.5))
    await asyncio.sleep(0.05)
    second.cancel()
    assert await first == "done"
    assert second.cancelled()


async def test_the_keyboard_interrupt_of_the_terminal_is_not_for_workers(isolation, tasks):
    assert await isolation.run(tasks.receives_interrupts)


async def test_closing_ends_what_runs_and_refuses_what_waits(tasks):
    isolation = Isolation()
    running = asyncio.create_task(isolation.run(tasks.loops_in_c))
    waiting = asyncio.create_task(isolation.run(tasks.doubled, 1))
    await asyncio.sleep(0.3)
    await isolation.close()
    ends = await asyncio.gather(running, waiting, return_exceptions=True)
    assert isinstance(ends[0], asyncio.CancelledError)
    assert isinstance(ends[1], IsolatedError)
    with pytest.raises(IsolatedError, match="is ending"):
        await isolation.run(tasks.doubled, 1)


async def test_modules_that_tasks_need_are_loaded_before_any(tasks):
    async with Isolation(imports=("colorsys",)) as isolation:
        assert await isolation.run(tasks.has_loaded, "colorsys")
    async with Isolation(imports=("no_such_module",)) as isolation:
        with pytest.raises(IsolatedError, match="worker process"):
            await isolation.run(tasks.doubled, 1)
