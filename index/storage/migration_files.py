"""The numbered `.sql` files that a package brings for its tables. Runs none of them."""

from __future__ import annotations

from importlib import resources


def read_migrations(package: str) -> list[str]:
    """Return the SQL of each migration; the n-th (from 1) is in a file named `000n_*.sql`."""
    folder = resources.files(package)
    return [(folder / name).read_text(encoding="utf-8") for name in migration_names(package)]


def migration_names(package: str) -> list[str]:
    """Return the names of the files of migrations, in the order in which they are applied."""
    entries = resources.files(package).iterdir()
    names = sorted(entry.name for entry in entries if entry.name.endswith(".sql"))
    for number, name in enumerate(names, start=1):
        if int(name.partition("_")[0]) != number:
            raise ValueError(f"{package}: {name} is out of sequence")
    return names
