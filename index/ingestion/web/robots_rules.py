"""What a robots.txt lets Pullquote read, and how often. Pure.

Only the lines that speak to Pullquote (or, where none do, to everybody) go to protego, which then
decides as search engines do. A hostile file, of a thousand names over a thousand rules, would
otherwise cost their product.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from protego import Protego

from index.ingestion.web.options import PRODUCT

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_ROBOTS_BYTES = 500 * 1024
_MAX_DELAY_SECONDS = 30.0
_EVERYBODY = "*"
_US = PRODUCT.lower()
_AGENT_NAMES = ("user-agent", "useragent", "user agent")
_RULE_NAMES = (
    *("allow", "disallow", "crawl-delay", "crawl delay"),
    *("dissallow", "dissalow", "disalow", "diasllow", "disallaw"),  # as they are often written
)


@dataclass(frozen=True, slots=True)
class RobotsRules:
    """The rules of one site. `size` is that of the lines they were made of.

    `trouble` says why nothing of the site is read for now; then there are no rules.
    """

    size: int = 0
    trouble: str | None = None
    delay_seconds: float = 0.0
    _rules: Protego | None = field(default=None, repr=False)

    def allows(self, url: str) -> bool:
        """Whether an address of the site may be read."""
        if self.trouble is not None:
            return False
        return self._rules is None or bool(self._rules.can_fetch(url, PRODUCT))


def robots_rules(body: bytes) -> RobotsRules:
    """Read a robots.txt, whatever it is: what cannot be understood forbids nothing."""
    lines = _lines_for_us(body[:MAX_ROBOTS_BYTES].decode("utf-8-sig", "replace"))
    if not lines:
        return RobotsRules()
    rules = Protego.parse("\n".join([f"User-agent: {_EVERYBODY}", *lines]))
    delay = rules.crawl_delay(PRODUCT) or 0.0
    return RobotsRules(
        size=sum(map(len, lines)),
        delay_seconds=min(float(delay), _MAX_DELAY_SECONDS),
        _rules=rules,
    )


def _lines_for_us(text: str) -> list[str]:
    """Keep the rules of the groups that name us; without such a group, those for everybody."""
    kept: dict[str, list[str]] = {}
    agents: set[str] = set()
    is_in_rules = False
    for name, value in _fields(text):
        if name in _AGENT_NAMES:
            if is_in_rules:
                agents, is_in_rules = set(), False
            if (agent := _agent(value)) is not None:
                agents.add(agent)
                kept.setdefault(agent, [])
        else:
            is_in_rules = True
            for agent in agents:
                kept[agent].append(f"{name}: {value}")
    return kept.get(_US, kept.get(_EVERYBODY, []))


def _fields(text: str) -> Iterator[tuple[str, str]]:
    """Give the names and values that matter here, the names in lower case."""
    for written in text.splitlines():
        line = written.partition("#")[0].strip()
        name, colon, value = line.partition(":")
        if not colon:
            name, _, value = line.partition(" ")
        name = name.strip().lower()
        if name in _AGENT_NAMES or name in _RULE_NAMES:
            yield name, value.strip()


def _agent(value: str) -> str | None:
    """Read a User-agent line: us (with a version or without), everybody, or another."""
    name = value.partition("/")[0].strip().lower()
    if name == _EVERYBODY:
        return _EVERYBODY
    return _US if name.rstrip(_EVERYBODY) == _US else None
