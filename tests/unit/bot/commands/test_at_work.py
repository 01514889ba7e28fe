from __future__ import annotations

import asyncio

from bot.commands.at_work import AtWork


async def test_closing_waits_for_those_who_are_nearly_done_and_for_nobody_else():
    at_work = AtWork()
    ended: list[str] = []

    async def work(name: str, seconds: float) -> None:
        at_work.join()
        try:
            await asyncio.sleep(seconds)
            ended.append(name)
        except asyncio.CancelledError:
            ended.append(f"{name} was cancelled")
            raise

    tasks = [asyncio.create_task(work("quick", 0.01)), asyncio.create_task(work("slow", 60))]
    await asyncio.sleep(0)
    at_work.join()  # the one who waits is not waited for
    await at_work.finish(0.1)
    assert ended == ["quick", "slow was cancelled"]
    assert all(task.done() for task in tasks)
    await at_work.finish(60)
