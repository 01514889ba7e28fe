"""The YAML block at the top of a Markdown file: flat, small, and made of texts only.

YAML's own types are left alone: `007` stays "007" and `2024-02-30` is text for the date parser.
Aliases are refused (a few lines of them can stand for gigabytes); deeper values are passed over.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import yaml

from index.errors import FileRefusedError
from index.ingestion.limits import in_words

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_FRONT_MATTER_BYTES = 64 << 10

_OPENING = re.compile(r"---[ \t]*\r?\n")
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.MULTILINE)
_NULLS = {"", "~", "null", "Null", "NULL"}
_FIRST_LINE = 2  # the block starts below its `---`


def split_front_matter(text: str) -> tuple[Mapping[str, object], str]:
    """Give the fields of the front matter, and the text after it; without one, nothing and all.

    Raises FileRefusedError when it is too large, no valid YAML, or uses aliases.
    """
    opening = _OPENING.match(text)
    closing = _CLOSING.search(text, opening.end()) if opening else None
    if opening is None or closing is None:
        return {}, text  # a leading `---` alone is a thematic break
    if closing.start() - opening.end() > MAX_FRONT_MATTER_BYTES:
        limit = in_words(MAX_FRONT_MATTER_BYTES)
        raise FileRefusedError(f"its front matter is larger than {limit}; make it shorter")
    node = _composed(text[opening.end() : closing.start()])
    if node is not None and not isinstance(node, yaml.MappingNode):
        return {}, text  # two thematic breaks with prose between them
    fields = _fields(node)
    if any(len(name.split()) > 1 for name in fields):
        return {}, text  # likewise: "This story: begins at sea" names no field
    return fields, text[closing.end() :]


class _Loader(yaml.BaseLoader):
    """PyYAML's loader that makes no objects, without aliases."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise FileRefusedError("its front matter uses YAML aliases (*name); write values out")
        return super().compose_node(parent, index)


def _composed(block: str) -> yaml.Node | None:
    try:
        return yaml.compose(block, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        line = _FIRST_LINE + (error.problem_mark.line if error.problem_mark else 0)
        raise FileRefusedError(f"its front matter is not valid YAML at line {line}") from None
    except (yaml.YAMLError, ValueError):
        raise FileRefusedError("its front matter is not valid YAML") from None
    except RecursionError:
        raise FileRefusedError("its front matter is nested too deeply; make it flat") from None


def _fields(node: yaml.MappingNode | None) -> dict[str, object]:
    pairs = node.value if node else []
    return {key.value: _value(value) for key, value in pairs if isinstance(key, yaml.ScalarNode)}


def _value(node: yaml.Node) -> object:
    if isinstance(node, yaml.ScalarNode):
        is_plain = node.style is None
        return None if is_plain and node.value in _NULLS else node.value
    if isinstance(node, yaml.SequenceNode):
        return [item.value for item in node.value if isinstance(item, yaml.ScalarNode)]
    return None
