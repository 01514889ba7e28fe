"""What a modal may be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.errors import FieldError, refuse_if_any
from bot.sandbox.rules.components import common_errors
from bot.sandbox.wire import ComponentType, Payload

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_PARTS = 5


def check_modal(modal: Payload) -> None:
    """Raise InvalidFormError when the modal breaks a rule."""
    parts = modal["components"]
    refuse_if_any([*_part_errors(parts), *common_errors(parts)])


def inputs_of(modal: Payload) -> Iterator[tuple[Payload, Payload]]:
    """Yield every input of a modal with the part that holds it (a label, or an old action row)."""
    for part in modal["components"]:
        for held in [part.get("component"), *(part.get("components") or ())]:
            if held:
                yield part, held


def _part_errors(parts: list[Payload]) -> Iterator[FieldError]:
    if len(parts) > MAX_PARTS:
        message = f"Must be between 1 and {MAX_PARTS} in length."
        yield FieldError(("components",), "BASE_TYPE_BAD_LENGTH", message)
    for number, (_, held) in enumerate(inputs_of({"components": parts})):
        if held["type"] == ComponentType.TEXT_INPUT:
            yield from _text_input_errors(number, held)


def _text_input_errors(number: int, held: Payload) -> Iterator[FieldError]:
    least, most = held.get("min_length") or 0, held.get("max_length") or 4000
    if least > most:
        message = "min_length is greater than max_length."
        yield FieldError(("components", number), "TEXT_INPUT_LENGTH_RANGE", message)
    value = held.get("value")
    if value and not least <= len(value) <= most:
        message = f"The value must be between {least} and {most} in length."
        yield FieldError(("components", number, "value"), "BASE_TYPE_BAD_LENGTH", message)
