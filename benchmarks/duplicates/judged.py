"""Pairs of articles of one set that look like one story, read by a person and judged.

Evidence is what share of each one's runs of five words stands in the other, and of the first 100 of
the shorter.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from index.model import Article


@dataclass(frozen=True, slots=True)
class JudgedPair:
    """Two articles by their titles, whether they are one story, what they share, and why."""

    titles: frozenset[str]
    is_one_story: bool
    shares: tuple[float, float]
    of_beginning: float
    reason: str


JUDGED = (
    JudgedPair(
        frozenset(
            {
                "The best Apple Black Friday deals on iPads, AirPods, Apple Watches and more",
                (
                    "The best Apple Cyber Monday deals of 2023: Save on AirPods, iPads, Apple"
                    " Watches and more"
                ),
            }
        ),
        is_one_story=True,
        shares=(0.77, 0.82),
        of_beginning=0.34,
        reason="one list of one house, brought up to date after three days: sections in another"
        " order, some prices new, Black Friday called Cyber Monday; all else word for word",
    ),
    JudgedPair(
        frozenset(
            {
                (
                    "Watch Argentina vs Paraguay live stream, TV channel, lineups, betting odds for"
                    " World Cup qualifying match"
                ),
                (
                    "Argentina vs Paraguay live score, result, updates, highlights from CONMEBOL"
                    " World Cup qualifying"
                ),
            }
        ),
        is_one_story=False,
        shares=(0.59, 0.12),
        of_beginning=0.07,
        reason="a preview, and the report with the result; they share who was to play and where it"
        " was to be seen",
    ),
    JudgedPair(
        frozenset(
            {
                "Gannet Bank wind farm gets go-ahead with a quarter fewer turbines",
                "Government backs Gannet Bank turbines",
            }
        ),
        is_one_story=True,
        shares=(0.92, 0.97),
        of_beginning=1.0,
        reason="one report of an agency, printed by two houses of the sample news",
    ),
)


def one_stories(articles: Iterable[Article]) -> set[frozenset[str]]:
    """Return the pairs of ids that were judged to be one story, as far as they are there."""
    by_title = {each.title: each.id for each in articles}
    return {
        frozenset(by_title[title] for title in pair.titles)
        for pair in JUDGED
        if pair.is_one_story and pair.titles <= by_title.keys()
    }
