"""What is wrong with a value, in words: the deepest error of a schema's verdict.

A union ("one of these components") fails as a whole and says nothing. Of its members, the one
that the value was meant to be is the one whose `type` does not disagree.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jsonschema_rs import ValidationError

_LONGEST_MESSAGE = 200


def explain(errors: Iterable[ValidationError]) -> tuple[tuple[str | int, ...], str]:
    """Return the path to the worst error and its wording. `errors` must not be empty."""
    error = deepest(errors)
    path = tuple(error.instance_path)
    if error.kind.name == "additionalProperties":
        unknown = getattr(error.kind, "unexpected", None) or [""]
        return (*path, str(unknown[0])), "is not a known key"
    message = error.message
    if len(message) > _LONGEST_MESSAGE:
        message = f"{message[:60]}…{message[-120:]}"
    return path, message


def deepest(errors: Iterable[ValidationError]) -> ValidationError:
    """Return the error that lies deepest in the value."""
    leaves = [_within(error) for error in errors]
    return max(leaves, key=_depth)


def _within(error: ValidationError) -> ValidationError:
    branches: list[list[ValidationError]] = getattr(error.kind, "context", None) or []
    if not branches:
        return error
    top = len(error.instance_path)
    meant = [branch for branch in branches if not _is_another_type(branch, top)]
    return max(
        (deepest(branch) for branch in meant or branches if branch), key=_depth, default=error
    )


def _is_another_type(branch: list[ValidationError], top: int) -> bool:
    return any(_denies_type(error, top) for error in branch)


def _denies_type(error: ValidationError, top: int) -> bool:
    below = error.instance_path[top:]
    if not below:
        return error.kind.name == "type"
    return list(below) == ["type"] and error.kind.name in {"enum", "const"}


def _depth(error: ValidationError) -> int:
    return len(error.instance_path)
