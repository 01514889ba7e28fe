"""What has to hold after every kill, whatever was killed. Changes nothing of the data."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.operations.verification import Remedy, verify
from tests.integration.agreement import found_ids
from tests.integration.bot.live import live_bot

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from bot.sandbox import LoopbackDiscord, Newsroom
    from index import Passage

_FAILURE = "Something went wrong on my side"
_QUESTION_LENGTH = 150


@dataclass
class Tally:
    """What came of the kills of one operation."""

    kills: int = 0
    lost: int = 0
    twice: int = 0
    disagreements: int = 0
    cut_short: int = 0


async def check(
    data_dir: Path, local: LoopbackDiscord, room: Newsroom, tally: Tally, *, restores: bool
) -> Sequence[Passage]:
    """Let a bot open the data and answer, verify them, and return the passages that it finds.

    Only what `restores` may be cut short, and have kept aside what was there before.
    """
    async with live_bot(local, data_dir) as bot:
        passages = await bot.news.passages()
        stored = [passage.id for passage in passages]
        # what is stored has to be found, all of it and nothing else
        _note(tally, found_ids(bot.news) != stored, "the search index differs from the store")
        if passages:
            question = passages[-1].text[:_QUESTION_LENGTH]
            asking = local.slash(room.alice, room.general, "ask", question=question)
            answer = (await asking.final(60)).text
            _note(tally, not answer or _FAILURE in answer, f"no answer: {answer!r}")
    articles = {passage.article.id: passage.article for passage in passages}
    again = Counter(f"{each.title}\n{each.text}" for each in articles.values())
    tally.twice += sum(count - 1 for count in again.values())
    for finding in (await verify(data_dir)).findings:
        if restores and finding.remedy is Remedy.LOOK:
            tally.cut_short += 1
        else:
            _note(tally, True, f"{finding.place}: {finding.problem}")
    return passages


def _note(tally: Tally, is_wrong: bool, what: str) -> None:
    if is_wrong:
        tally.disagreements += 1
        print(f"after kill {tally.kills}: {what}", flush=True)
