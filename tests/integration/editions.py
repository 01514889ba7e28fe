"""News that changes: files whose articles come in editions, and processes that write them for ever.

Every sentence names its file's edition, so that whatever is found tells when it was written.
"""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import re
from contextlib import contextmanager
from random import Random
from typing import TYPE_CHECKING

from index import NewsIndex
from index.analysis.analyzer import Analyzer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from multiprocessing.process import BaseProcess
    from pathlib import Path

FILE_COUNT = 8
WORDS = (
    *("bridge", "ferry", "harbour", "mayor", "school", "flood", "strike", "festival", "walrus"),
    *("tide", "lantern", "council", "engineer", "budget", "museum", "railway", "orchard"),
)
PUBLISHERS = ("Estuary Courier", "Pell Weekly", None)
_EDITION = re.compile(r"edition (\d+)")


def articles_of(file: int, edition: int) -> list[dict[str, str]]:
    """Return the articles of one edition of a file; it is the same whenever it is asked for."""
    chance = Random(f"{file} {edition}")
    return [_article(f"{file}-{n}", edition, chance) for n in range(chance.randint(1, 5))]


def _article(name: str, edition: int, chance: Random) -> dict[str, str]:
    sentences = [
        f"In edition {edition} the {chance.choice(WORDS)} of Pellmouth met the "
        f"{chance.choice(WORDS)}, and a {chance.choice(WORDS)} was closed after a long debate."
        for _ in range(chance.randint(1, 12))
    ]
    article = {"id": name, "title": f"The {chance.choice(WORDS)}", "text": " ".join(sentences)}
    if publisher := chance.choice(PUBLISHERS):
        article["publisher"] = publisher
    if chance.random() < 0.7:
        article["published"] = f"2026-03-{chance.randint(1, 28):02}"
    return article


def edition_of(text: str) -> int:
    """Return the one edition that a text names."""
    (edition,) = set(_EDITION.findall(text))
    return int(edition)


def publish(folder: Path, file: int, edition: int) -> Path:
    """Replace a file at once, so that nobody ever reads half of it."""
    path = folder / f"{file}.jsonl"
    beside = folder.with_name(f"{folder.name}-{file}.new")
    lines = [json.dumps(article) + "\n" for article in articles_of(file, edition)]
    beside.write_text("".join(lines), encoding="utf-8")
    beside.replace(path)
    return path


def change(folder: Path, chance: Random) -> None:
    """Publish or withdraw some files."""
    for _ in range(chance.randint(1, 3)):
        file = chance.randrange(FILE_COUNT)
        if chance.random() < 0.2:
            (folder / f"{file}.jsonl").unlink(missing_ok=True)
        else:
            publish(folder, file, chance.randrange(10**9))


def write_for_ever(folder: Path, data_dir: Path, seed: str) -> None:
    """Change the news and index it, again and again: what a process does until it is killed."""
    asyncio.run(_write_for_ever(folder, data_dir, Random(seed)))


async def _write_for_ever(folder: Path, data_dir: Path, chance: Random) -> None:
    async with await NewsIndex.open(data_dir, searchable=chance.random() < 0.5) as news:
        while True:
            change(folder, chance)
            if chance.random() < 0.3:
                await news.reindex(lambda _: None)
            else:
                await news.ingest([folder], prune=True)
            if chance.random() < 0.5:
                await news.settled()


@contextmanager
def process_of(
    function: Callable[..., None], *arguments: object, **named: object
) -> Iterator[BaseProcess]:
    """Run a module's function in a process of its own, which is killed at the end.

    It starts within milliseconds: it is forked from a process that has imported all it needs, and
    has no threads.
    """
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    process = context.Process(target=function, args=arguments, kwargs=named)
    process.start()
    try:
        yield process
    finally:
        process.kill()
        process.join()


# what loads nltk is done before any process is forked
Analyzer().terms("bridges")
