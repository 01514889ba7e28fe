"""How commands print: a JSON object on a line of its own, or what a view made. Finds nothing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.answering.model import Answer
    from bot.views.terminal import Line


def print_json(value: dict[str, Any]) -> None:
    """Print one JSON object on a line of its own, in ASCII: right on any system's output."""
    typer.echo(json.dumps(value))


def print_styled(lines: Iterable[Line]) -> None:
    """Print what a view made."""
    from rich.console import Console

    from bot.views.terminal import print_lines

    print_lines(Console(), lines)


def print_answer(said: Answer, question_id: object, limit: int, *, as_json: bool) -> None:
    """Print one answer with at most `limit` quotes and hits."""
    if as_json:
        from bot.views.machine import answer_value

        print_json(answer_value(said, question_id, limit))
    else:
        from bot.views.terminal import answer_lines

        print_styled(answer_lines(said, limit))
