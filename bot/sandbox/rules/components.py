"""What components may be, beyond each one's own shape."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from bot.sandbox.errors import FieldError
from bot.sandbox.wire import LINK_STYLE, ComponentType, Payload, walk

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MAX_COMPONENTS = 40
MAX_TEXT = 4000
MAX_ROWS = 5
MAX_ROW_BUTTONS = 5

_ONLY_V2 = frozenset(
    {
        ComponentType.SECTION,
        ComponentType.TEXT_DISPLAY,
        ComponentType.THUMBNAIL,
        ComponentType.MEDIA_GALLERY,
        ComponentType.FILE,
        ComponentType.SEPARATOR,
        ComponentType.CONTAINER,
    }
)


def classic_errors(components: Sequence[Payload]) -> Iterator[FieldError]:
    """Rules of components below a classic message: up to five rows of buttons or a select."""
    if any(each["type"] in _ONLY_V2 for each in walk(components)):
        yield _error("UNION_TYPE_CHOICES", "These components need the flag IS_COMPONENTS_V2.")
    if len(components) > MAX_ROWS:
        yield _error("BASE_TYPE_BAD_LENGTH", f"Must be between 1 and {MAX_ROWS} in length.")


def layout_errors(components: Sequence[Payload]) -> Iterator[FieldError]:
    """Rules of a message made of Components V2: totals over everything nested."""
    everything = list(walk(components))
    if len(everything) > MAX_COMPONENTS:
        yield _error(
            "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED",
            f"{len(everything)} components; at most {MAX_COMPONENTS} are allowed.",
        )
    text = sum(len(each.get("content") or "") for each in everything)
    if text > MAX_TEXT:
        yield _error(
            "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED",
            f"{text} characters of text; at most {MAX_TEXT} are allowed.",
        )


def common_errors(components: Sequence[Payload]) -> Iterator[FieldError]:
    """Rules of all components, in messages of either kind and in modals."""
    yield from _duplicate_errors(components)
    for component in walk(components):
        if component["type"] == ComponentType.BUTTON:
            yield from _button_errors(component)
        if component["type"] == ComponentType.ACTION_ROW:
            yield from _row_errors(component)
        if component["type"] == ComponentType.STRING_SELECT:
            yield from _select_errors(component)


def _duplicate_errors(components: Sequence[Payload]) -> Iterator[FieldError]:
    named = Counter(each["custom_id"] for each in walk(components) if each.get("custom_id"))
    for custom_id, count in named.items():
        if count > 1:
            message = f"Component custom id {custom_id!r} cannot be duplicated"
            yield _error("COMPONENT_CUSTOM_ID_DUPLICATED", message)


def _button_errors(button: Payload) -> Iterator[FieldError]:
    if button["style"] == LINK_STYLE:
        if not button.get("url"):
            yield _error("BUTTON_COMPONENT_URL_REQUIRED", "A url is required.")
        if button.get("custom_id"):
            message = "A custom id and url cannot both be specified."
            yield _error("BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE", message)
    elif not button.get("custom_id"):
        yield _error("BUTTON_COMPONENT_CUSTOM_ID_REQUIRED", "A custom id is required.")
    if not button.get("label") and not button.get("emoji"):
        yield _error("BUTTON_COMPONENT_INVALID", "A label or an emoji is required.")


def _row_errors(row: Payload) -> Iterator[FieldError]:
    kinds = [each["type"] for each in row["components"]]
    buttons = kinds.count(ComponentType.BUTTON)
    if buttons > MAX_ROW_BUTTONS or (buttons < len(kinds) and len(kinds) > 1):
        message = "A row takes up to five buttons, or one select."
        yield _error("COMPONENT_LAYOUT_WIDTH_EXCEEDED", message)


def _select_errors(select: Payload) -> Iterator[FieldError]:
    values = Counter(option["value"] for option in select["options"])
    if any(count > 1 for count in values.values()):
        message = "The specified option value is already used"
        yield _error("SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", message)
    if (select.get("max_values") or 1) > len(select["options"]):
        message = "max_values is greater than the number of options."
        yield _error("SELECT_COMPONENT_MAX_VALUES_TOO_LARGE", message)


def _error(code: str, message: str) -> FieldError:
    return FieldError(("components",), code, message)
