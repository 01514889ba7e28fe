"""A handful of articles, some of them written to do harm."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

FED_QUESTION = "What did the Federal Reserve do with interest rates?"
FED_SENTENCE = "The Federal Reserve held interest rates steady on Wednesday."
HOSTILE_QUESTION = "What did the zeppelin pilot shout over Quagmire Island?"
LONG_QUESTION = "Where did the endless gargoyle parade march?"
NOT_IN_THE_NEWS = "Who won the underwater chess olympiad on Neptune?"
STORM_COUNT = 12

FED: dict[str, Any] = {
    "id": "fed",
    "title": "Fed holds rates",
    "text": f"{FED_SENTENCE} Officials cited persistent inflation. Markets had expected it.",
    "url": "https://news.example/fed-holds-rates",
    "publisher": "The Example",
    "author": "A. Writer",
    "published": "2026-03-04",
}
HOSTILE: dict[str, Any] = {
    "id": "hostile",
    "title": "@everyone **Zeppelin** <@1> ||seen||",
    "text": (
        "The zeppelin pilot shouted @everyone, @here, <@1>, <@&2>, <#3> and </ask:4> over "
        "Quagmire Island **bold** _it_ `code` ||spoiler|| [click](https://evil.example) "
        "\u202ereversed\u202c https://evil.example/x <:smile:5> <t:0:R>.\n"
        "# The zeppelin landed on Quagmire Island.\n-# 1. Nobody @here was hurt."
    ),
    "url": "https://news.example/a)b(c>@everyone",
    "publisher": "`Rogue` *Press* @here",
    "author": "<@1>",
    "published": "2026-03-05T10:00:00Z",
}
LONG: dict[str, Any] = {
    "id": "long",
    "title": "Gargoyles",
    "text": "The endless gargoyle parade marched " + "*on* <@1> " * 1000 + "to Bristol.",
    "url": "https://news.example/" + "g" * 1500,
    "publisher": "The Example",
    "published": "2026-03-06",
}


def storm(number: int) -> dict[str, Any]:
    return {
        "id": f"storm-{number}",
        "title": f"Storm report {number}",
        "text": f"Storm number {number} brought strong winds to the coast of county {number}.",
        "url": f"https://news.example/storm/{number}",
        "publisher": "Harbour Post",
        "published": f"2026-02-{number:02}",
    }


def write_news(folder: Path) -> Path:
    """Write all of it as one file of JSON lines and return the folder."""
    folder.mkdir(exist_ok=True)
    rows = [FED, HOSTILE, LONG, *(storm(number) for number in range(1, STORM_COUNT + 1))]
    text = "".join(json.dumps(row) + "\n" for row in rows)
    (folder / "news.jsonl").write_text(text, encoding="utf-8")
    return folder
