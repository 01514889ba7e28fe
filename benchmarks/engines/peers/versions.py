"""Which version of a library is installed."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version


def installed_version(*distributions: str) -> str | None:
    """Return the version of the first; nothing where any of them is missing."""
    try:
        first, *_ = [version(name) for name in distributions]
    except PackageNotFoundError:
        return None
    return first
