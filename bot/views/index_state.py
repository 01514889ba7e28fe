"""How the index is, for those who run a server: what is where, and whether it is sound. Pure.

What is wrong is told by its kind and in counts: where it is and whose it is, is for whoever runs
the bot.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.views.message import MessageText
from bot.views.status import run_lines
from bot.views.wording import moment

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from bot.texts import Texts
    from index.model import CorpusStatistics, IndexSize

_MEGABYTE = 1 << 20


class Trouble(StrEnum):
    """What can be wrong with what is stored, by what mends it."""

    DAMAGED = "restore"
    NEWER = "upgrade"
    LEFT_OVER = "look"
    OLDER = "migrate"
    DATABASE_INDEX = "reindex"
    PASSAGES = "split"
    SEARCH_INDEX = "rebuild"


_MENDED_BY_HAND = frozenset({Trouble.DAMAGED, Trouble.NEWER, Trouble.LEFT_OVER})


@dataclass(frozen=True, slots=True)
class Verified:
    """How often each trouble was found, none of them none times; and how many passages there are.

    `saved_count` of them are in segments on disk.
    """

    troubles: Mapping[Trouble, int]
    passage_count: int = 0
    saved_count: int = 0


def index_state_text(
    statistics: CorpusStatistics,
    size: IndexSize | None,
    arrived_at: datetime | None,
    texts: Texts,
    *,
    is_indexing: bool,
) -> MessageText:
    """Say what a server sees, how new that is, and what the index takes, where that may be told.

    None for a `size` that would tell how much news others have.
    """
    articles = texts.say_counted(
        "**{count} article**", "**{count} articles**", count=statistics.article_count
    )
    passages = texts.say_counted(
        "in {count} passage", "in {count} passages", count=statistics.passage_count
    )
    here = texts.say(
        "This server sees {articles} {passages}.", articles=articles, passages=passages
    )
    newest = (
        texts.say("The newest came in {when}.", when=moment(arrived_at, "R"))
        if arrived_at
        else texts.say("None has come in yet.")
    )
    runs = run_lines(statistics.last_run, texts, is_indexing=is_indexing)
    whole = [_whole(size, texts)] if size else []
    return MessageText((f"{here}\n{newest}", *whole, "\n".join(runs)))


def _whole(size: IndexSize, texts: Texts) -> str:
    saved = texts.say_counted(
        "{count} passage in segments on disk",
        "{count} passages in segments on disk",
        count=size.saved_count,
    )
    unsaved = texts.say_counted(
        "{count} only in memory", "{count} only in memory", count=size.unsaved_count
    )
    megabytes = texts.formats.decimal(size.byte_count / _MEGABYTE, 1)
    disk = texts.say("{size} MB on disk", size=megabytes)
    head = texts.say("The whole index, whoever may see what is in it:")
    return f"{head}\n{saved}, {unsaved} · {disk}"


def verified_text(
    found: Verified, at: datetime, texts: Texts, *, tells_counts: bool = True
) -> MessageText:
    """Say what a check has found, and what to do.

    Without `tells_counts`, not how much there is in all, since some of it is others' own.
    """
    checked = f"-# {texts.say('Checked {when}', when=moment(at, 'R'))}"
    if not found.troubles and not tells_counts:
        return MessageText((texts.say("All is well."), checked))
    if not found.troubles:
        well = texts.say_counted(
            "All is well: {count} passage, {saved} in segments on disk.",
            "All is well: {count} passages, {saved} of them in segments on disk.",
            count=found.passage_count,
            saved=found.saved_count,
        )
        return MessageText((well, checked))
    lines = [f"- {_told(each, found.troubles[each], texts)}" for each in sorted(found.troubles)]
    advice = (
        texts.say("Whoever runs me sees more with `pullquote verify`, and what to do.")
        if found.troubles.keys() & _MENDED_BY_HAND
        else texts.say("Whoever runs me mends it with `pullquote verify --repair`.")
    )
    head = texts.say("Something is wrong with what is stored:")
    return MessageText(("\n".join((head, *lines)), advice, checked))


def _told(trouble: Trouble, count: int, texts: Texts) -> str:
    told = {
        Trouble.DAMAGED: texts.say_counted(
            "{count} place in a database is damaged",
            "{count} places in databases are damaged",
            count=count,
        ),
        Trouble.NEWER: texts.say("a database was written by a newer version of me"),
        Trouble.LEFT_OVER: texts.say("a restore was cut short"),
        Trouble.OLDER: texts.say("a database was written by an older version of me"),
        Trouble.DATABASE_INDEX: texts.say("a database's own index does not agree with it"),
        Trouble.PASSAGES: texts.say_counted(
            "{count} article has passages that are not of its text",
            "{count} articles have passages that are not of their text",
            count=count,
        ),
        Trouble.SEARCH_INDEX: texts.say("the search index does not agree with the articles"),
    }
    return told[trouble]
