"""A SQLite file as a whole: its version, its soundness, a copy while others write, nobody else in.

Knows no table. Everything here computes or waits for the disk: call it in a thread, or where no
event loop is.
"""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from index.errors import NewerSchemaError, StorageError
from index.storage.migration_files import read_migrations
from index.storage.sqlite_faults import translated_errors
from index.storage.transactions import BUSY_TIMEOUT_SECONDS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# what SQLite keeps beside a file while it is open, or after a crash
COMPANION_SUFFIXES = ("-wal", "-shm", "-journal")
_MOST_PROBLEMS = 20
_SOUND = [("ok",)]
# what REINDEX mends, as sqlite3's pragma.c words it
_OF_AN_INDEX = ("missing from index", "wrong # of entries in index", "non-unique entry in index")


def sqlite_version() -> str:
    """Return the version of SQLite that is at work."""
    return sqlite3.sqlite_version


def schema_version(path: Path, migrations: str) -> int:
    """Return how many migrations a file has seen.

    `migrations` is the package that holds those of this program. Raises NewerSchemaError where the
    file has seen more than these, and StorageError where it is no database.
    """
    known = len(read_migrations(migrations))
    with _opened(path) as connection:
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if version > known:
        raise NewerSchemaError(
            f"{path} was written by a newer version of Pullquote (schema {version}, this one knows "
            f"{known}); upgrade Pullquote first."
        )
    return version


def problems_in(path: Path) -> list[str]:
    """Read all of a file; return what is wrong with it as SQLite tells it, nothing for a sound one.

    Raises StorageError where it cannot be opened or read at all.
    """
    with _opened(path) as connection:
        found = connection.execute(f"PRAGMA integrity_check({_MOST_PROBLEMS})").fetchall()
        problems = [] if found == _SOUND else [str(row[0]) for row in found]
        strays = connection.execute("PRAGMA foreign_key_check").fetchmany(_MOST_PROBLEMS)
        return problems + [
            f"row {rowid} of {table} refers to a row of {parent} that is not there"
            for table, rowid, parent, _ in strays
        ]


def is_of_an_index(problem: str) -> bool:
    """Whether `mend_indexes` takes a problem away."""
    return any(words in problem for words in _OF_AN_INDEX)


def mend_indexes(path: Path) -> None:
    """Make SQLite's own indexes anew from the tables. Raises StorageError."""
    with _opened(path) as connection:
        connection.execute("REINDEX")


def copy_while_written(source: Path, target: Path) -> None:
    """Copy one commit of a file that others may be writing; the copy is a single file.

    In one step, since SQLite begins anew whenever another process writes between two; in WAL mode
    nobody waits for it. Raises StorageError.
    """
    with (
        _opened(source) as original,
        translated_errors(target),
        closing(sqlite3.connect(target, isolation_level=None)) as copy,
    ):
        original.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")


@contextmanager
def held_alone(path: Path) -> Iterator[None]:
    """Fold what is beside a file into it, and let nobody else read or write it meanwhile.

    Raises StorageError where anybody has it open, and where it is damaged.
    """
    with _opened(path, timeout_seconds=1.0) as connection:
        # SQLite leaves WAL mode only for the one who has the file open alone
        connection.execute("PRAGMA journal_mode = DELETE")
        if sys.platform == "win32":  # where no open file can be replaced
            connection.close()
        else:
            connection.execute("BEGIN EXCLUSIVE")
        yield


@contextmanager
def _opened(
    path: Path, timeout_seconds: float = BUSY_TIMEOUT_SECONDS
) -> Iterator[sqlite3.Connection]:
    with translated_errors(path):
        if not path.is_file():
            raise StorageError(f"{path} is not there; check the data directory.")
        with closing(
            sqlite3.connect(path, timeout=timeout_seconds, isolation_level=None)
        ) as connection:
            yield connection
