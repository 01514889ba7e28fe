"""What cannot be done for an operator."""

from __future__ import annotations

from index.errors import PullquoteError


class OperationError(PullquoteError):
    """Something asked for by an operator cannot be done; the text says why, and what to do."""
