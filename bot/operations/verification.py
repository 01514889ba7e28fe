"""`verify`: whether the store, its passages and the search index agree, and what would mend them.

Knows what to ask of whom; what is wrong is found where the knowledge is, in `index`.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.operations.data_files import NEWS, SEGMENTS_NAME, files_in
from bot.operations.errors import OperationError
from bot.operations.restore import cut_short
from index.errors import NewerSchemaError, StorageError
from index.indexer.agreement import checked_segments
from index.storage.article_store import ArticleStore
from index.storage.database_files import is_of_an_index, problems_in, schema_version
from index.storage.migration_files import read_migrations
from index.storage.passage_spans import wrong_articles
from index.storage.segments.directory import SegmentDirectory

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from bot.operations.data_files import DataFile


class Remedy(StrEnum):
    """What mends a finding: `restore`, `upgrade` and `look` are for a person to do."""

    RESTORE = "restore"
    UPGRADE = "upgrade"
    LOOK = "look"
    MIGRATE = "migrate"
    REINDEX = "reindex"
    SPLIT = "split"
    REBUILD = "rebuild"

    @property
    def is_for_a_person(self) -> bool:
        """Whether no program should do it unasked."""
        return self in {Remedy.RESTORE, Remedy.UPGRADE, Remedy.LOOK}


ADVICE = {
    Remedy.RESTORE: "restore it with `pullquote restore`, or move it away",
    Remedy.UPGRADE: "upgrade Pullquote",
    Remedy.LOOK: "move what you need of it back, then delete it",
    Remedy.MIGRATE: "--repair or any start of this version brings it up to date",
    Remedy.REINDEX: "--repair makes the database's own index anew",
    Remedy.SPLIT: "--repair splits the article again",
    Remedy.REBUILD: "--repair builds the search index anew from the articles",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong: in which file, what (a clause), and what mends it.

    `article` is the number of the article that it is about, where it is about one.
    """

    place: str
    problem: str
    remedy: Remedy
    article: int | None = None


@dataclass(frozen=True, slots=True)
class Verification:
    """What was found, and how many passages are stored and in segments on disk."""

    findings: tuple[Finding, ...]
    passage_count: int = 0
    saved_count: int = 0


async def verify(data_dir: Path, *, with_terms: bool = False) -> Verification:
    """Check everything in a data directory, and change nothing.

    Each check rests on those before it, so that those behind a damaged store are left out.
    `with_terms` analyses all articles again. Raises OperationError where there is no news.
    """
    files = files_in(data_dir)
    if NEWS not in files:
        raise OperationError(
            f"There is no news in {data_dir}; name the right directory with --data-dir."
        )
    findings = [
        Finding(folder.name, "data from before a restore that was cut short", Remedy.LOOK)
        for folder in cut_short(data_dir)
    ]
    for file in files:
        findings += await asyncio.to_thread(_of_database, data_dir, file)
    if any(finding.place == NEWS.name for finding in findings):
        return Verification(tuple(findings))
    return await _of_corpus(data_dir, findings, with_terms=with_terms)


def _of_database(data_dir: Path, file: DataFile) -> list[Finding]:
    path = data_dir / file.name
    try:
        version = schema_version(path, file.migrations)
        problems = problems_in(path)
    except NewerSchemaError:
        return [Finding(file.name, "it was written by a newer version", Remedy.UPGRADE)]
    except StorageError as error:
        return [Finding(file.name, str(error).partition(";")[0], Remedy.RESTORE)]
    found = [
        Finding(file.name, each, Remedy.REINDEX if is_of_an_index(each) else Remedy.RESTORE)
        for each in problems
    ]
    if version < len(read_migrations(file.migrations)):
        found.append(Finding(file.name, "it was written by an older version", Remedy.MIGRATE))
    return found


async def _of_corpus(
    data_dir: Path, findings: Sequence[Finding], *, with_terms: bool
) -> Verification:
    store = await ArticleStore.open(data_dir)
    try:
        wrong = await wrong_articles(store.database)
        directory = SegmentDirectory(data_dir / SEGMENTS_NAME)
        segments = await checked_segments(store.followed, directory, with_terms=with_terms)
        passage_count = len(await store.followed.ids())
    finally:
        await store.close()
    of_articles = [
        Finding(NEWS.name, f"the article {each.id!r} {each.problem}", Remedy.SPLIT, each.number)
        for each in wrong
    ]
    of_segments = [Finding(SEGMENTS_NAME, each, Remedy.REBUILD) for each in segments.problems]
    return Verification(
        (*findings, *of_articles, *of_segments), passage_count, segments.passage_count
    )
