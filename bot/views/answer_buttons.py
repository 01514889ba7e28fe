"""The buttons below an answer, and that they still work after a restart.

All they know is in their custom_id, `why:<question id>` and the like; what was asked and quoted is
in the database. A new deed is a name here, what it does in `bot.commands.deeds`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Literal, Protocol, cast

import discord
from discord import ui

from bot.views import limits
from bot.views.pressed import pressed_on
from bot.views.shortening import shortened

if TYPE_CHECKING:
    from bot.texts import Texts

Deed = Literal[
    "context",
    "newer",
    "older",
    "more",
    "meant",
    "anytime",
    "why",
    "alert",
    "helpful",
    "unhelpful",
    "follow",
]
"""What stands around the quotes; what articles say that are newer, or older, than those quoted;
what comes next after them; the question as it was most likely meant, or without its dates; why it
was answered so; an alert of the question; what is thought of the answer; a question that goes on
from it. Each is for whoever presses."""

TEMPLATE = (
    r"(?P<deed>context|newer|older|more|meant|anytime|why|alert|helpful|unhelpful|follow)"
    r":(?P<question_id>[A-Za-z0-9_-]{1,64})"
)
_PATTERN = re.compile(TEMPLATE)
_IN_SECOND_ROW: tuple[Deed, ...] = ("helpful", "unhelpful", "follow")


class DoesDeeds(Protocol):
    """What these buttons ask of what does their work."""

    async def do(self, interaction: discord.Interaction[Any], deed: Deed, question_id: str) -> None:
        """Do for the presser what a button of an answered question is for."""
        ...


class AnswerButton(ui.DynamicItem[ui.Button[Any]], template=TEMPLATE):
    """Does one thing with one question, for whoever presses it."""

    def __init__(self, deed: Deed, question_id: str, label: str | None):
        custom_id = f"{deed}:{question_id}"
        limits.check("a custom_id", len(custom_id), limits.CUSTOM_ID_LENGTH)
        # what is done with the answer stands below what there is to see of it
        super().__init__(
            ui.Button(label=label, custom_id=custom_id, style=discord.ButtonStyle.secondary),
            row=int(deed in _IN_SECOND_ROW),
        )
        self.deed = deed
        self.question_id = question_id

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> AnswerButton:
        """Make the button that was clicked from what Discord kept of it."""
        deed = cast("Deed", match["deed"])
        return cls(deed, match["question_id"], cast("ui.Button[Any]", item).label)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Do it."""
        does: DoesDeeds = pressed_on(interaction)
        await does.do(interaction, self.deed, self.question_id)


def answer_buttons(
    question_id: str,
    texts: Texts,
    *,
    has_quotes: bool,
    is_dated: bool,
    is_answered: bool,
    can_widen: bool = False,
    meant: str | None = None,
) -> tuple[AnswerButton, ...]:
    """Return the buttons below what was said; `is_dated` where a quote's date is known.

    `can_widen`: articles of other times come near; `meant` is what was most likely meant. Both are
    for what is not answered.
    """
    labels: dict[Deed, str] = {}
    if not is_answered:
        labels |= _ways_on(texts, meant, can_widen=can_widen)
    if has_quotes:
        labels["context"] = texts.say("Context")
        if is_dated:
            labels["newer"] = texts.say("Newer")
            labels["older"] = texts.say("Older")
        if is_answered:
            labels["more"] = texts.say("More")
    labels["why"] = texts.say("Why this?")
    if not is_answered:
        labels["alert"] = texts.say("Tell me when it is in the news")
    labels["helpful"] = texts.say("Helpful")
    labels["unhelpful"] = texts.say("Not helpful")
    labels["follow"] = texts.say("Follow up")
    return tuple(AnswerButton(deed, question_id, label) for deed, label in labels.items())


def _ways_on(texts: Texts, meant: str | None, *, can_widen: bool) -> dict[Deed, str]:
    labels: dict[Deed, str] = {}
    if meant is not None:
        labels["meant"] = _did_you_mean(" ".join(meant.split()), texts)
    if can_widen:
        labels["anytime"] = texts.say("Ask of any time")
    return labels


def _did_you_mean(question: str, texts: Texts) -> str:
    labels = (
        texts.say("Did you mean: {question}", question=shortened(question, longest))
        for longest in range(limits.BUTTON_LABEL_LENGTH, 0, -1)
    )
    label = limits.first_fitting(labels, limits.length, limits.BUTTON_LABEL_LENGTH)
    if label is None:
        raise ValueError("the words around a question are longer than a button's label")
    return label


def question_id_of(custom_id: str) -> str | None:
    """Return the id of the question that a button is about; None for another button."""
    found = _PATTERN.fullmatch(custom_id)
    return found["question_id"] if found else None
