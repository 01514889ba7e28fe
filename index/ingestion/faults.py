"""Errors of the operating system as reasons that a person can act on. Opens nothing."""

from __future__ import annotations

import errno

_REASONS = {
    errno.ENOENT: "there is no such file or folder",
    errno.EACCES: "it may not be read; give Pullquote permission to read it",
    errno.EPERM: "it may not be read; give Pullquote permission to read it",
    errno.ELOOP: "a link that leads in a circle, or one that took a file's place",
    errno.ENOTDIR: "a part of its path is not a folder, or is a link",
    errno.ENXIO: "not a regular file",
    errno.ENAMETOOLONG: "its name is too long",
    errno.EMFILE: "too many files are open; close some and try again",
}


def reason_of(error: OSError | ValueError) -> str:
    """Why a path cannot be used, in one short sentence without the path."""
    if isinstance(error, OSError):
        known = _REASONS.get(error.errno or 0)
        return known or f"it cannot be read: {error.strerror or type(error).__name__}"
    return "its name cannot be one of a file"  # a NUL in the path is a ValueError
