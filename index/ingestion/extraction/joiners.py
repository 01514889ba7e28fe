"""Carries characters that join or part letters past a library that takes them for rubbish.

U+200C and U+200D are spelling in Persian and in scripts of India, and make one picture of several
emoji. trafilatura leaves out whatever Python calls unprintable, and so these. Letters that nobody
has written for two thousand years stand in for them meanwhile.
"""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.ingestion.extraction.trees import Tree

_JOINERS = "\u200c\u200d"
_STAND_INS = "\U00010a61\U00010a62"  # Old South Arabian
_HIDING = str.maketrans(_JOINERS, _STAND_INS)
_SHOWING = str.maketrans(_STAND_INS, _JOINERS)


def with_hidden_joiners(tree: Tree) -> Tree:
    """Give the tree itself where it has no joiners, else a copy with stand-ins for them."""
    if not _has_joiner(str(tree.text_content())):
        return tree
    copied = deepcopy(tree)
    for element in copied.iter():
        if element.text and _has_joiner(element.text):
            element.text = element.text.translate(_HIDING)
        if element.tail and _has_joiner(element.tail):
            element.tail = element.tail.translate(_HIDING)
    return copied


def with_shown_joiners(text: str) -> str:
    """Undo it in a text that was found."""
    return text.translate(_SHOWING) if any(each in text for each in _STAND_INS) else text


def _has_joiner(text: str) -> bool:
    return any(each in text for each in _JOINERS)
