"""Whether a page is an article at all: home pages, lists of others' stories and walls are none."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.ingestion.extraction.addresses import is_home

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from index.ingestion.extraction.linked_data import LinkedData
    from index.ingestion.extraction.trees import Tree

_MIN_PROSE_CHARACTERS = 80
_FEW_LINES = 8
# of a page that does not call itself an article, so much must be whole sentences
_MIN_PROSE_SHARE = 0.5
_MIN_TEASER_COUNT = 5
_MIN_PROSE_WORDS = 5
_SENTENCE_END = re.compile(r"[.!?…。\uff01\uff1f।][\"'”’»)\]]*$")
_WALL_TITLE = re.compile(
    r"\W*(?:(?:error )?40[34]\b|page (?:not|cannot be) found|not found|just a moment"
    r"|access denied"
    r"|attention required|are you (?:a )?(?:human|robot)"
    r"|(?:please )?verify(?:ing)? (?:that )?you are"
    r"|security check|before you continue|consent|your privacy|we value your privacy"
    r"|site (?:is )?(?:unavailable|under maintenance)|(?:sorry, )?(?:this|the|that) page "
    r"(?:does ?n.t exist|does not exist|can.?t be found|could not be found|is not available)"
    r"|subscribe to read|sign in|log in)\b",
    re.IGNORECASE,
)
_WALL_TEXT = re.compile(
    r"(?:please )?(?:enable|turn on|activate) (?:javascript|cookies)"
    r"|javascript is (?:disabled|required)"
    r"|you need to enable javascript"
    r"|(?:we|our partners)(?: and our (?:\d+ )?partners)? (?:use|store)"
    r"[^.]{0,60}\b(?:cookies|personal data)|we value your privacy|before you continue to"
    r"|the page you (?:requested|are looking for|were looking for|tried to)[^.]{0,60}"
    r"(?:not|n.t|moved|removed)|checking your browser|verify you are (?:a )?human"
    r"|unusual (?:traffic|activity) from your",
    re.IGNORECASE,
)
_LISTS = frozenset(
    {"CollectionPage", "SearchResultsPage", "ProfilePage", "AboutPage", "ContactPage"}
)


@dataclass(frozen=True, slots=True)
class Claims:
    """What a page says that it is."""

    is_article: bool
    is_dated: bool
    is_list: bool
    is_home: bool

    @classmethod
    def of(
        cls, linked: LinkedData, named: Mapping[str, str], *, url: str, is_dated: bool
    ) -> Claims:
        """Read them from its head."""
        is_article = linked.is_article or named.get("og:type", "").lower() in {"article", "news"}
        return cls(
            is_article=is_article or "article:published_time" in named,
            is_dated=is_dated,
            is_list=not linked.is_article and bool(_LISTS & linked.types),
            is_home=is_home(url),
        )


def is_article(claims: Claims, title: str, lines: Sequence[str], tree: Tree) -> bool:
    """Tell from what a page says and from the lines found on it."""
    prose = [line for line in lines if is_prose(line)]
    if not lines or _is_wall(title, lines):
        return False
    if claims.is_article and not claims.is_home:
        return bool(prose) or sum(map(len, lines)) >= _MIN_PROSE_CHARACTERS
    if claims.is_home or claims.is_list or _teaser_count(tree) >= _MIN_TEASER_COUNT:
        return False
    size, all_size = sum(map(len, prose)), sum(map(len, lines))
    if claims.is_dated:
        return all_size >= _MIN_PROSE_CHARACTERS
    return size >= max(_MIN_PROSE_CHARACTERS, _MIN_PROSE_SHARE * all_size)


def is_prose(line: str) -> bool:
    """Whether a line is a sentence or several; text without blanks between words is by its end."""
    has_words = len(line.split()) >= _MIN_PROSE_WORDS or not line.isascii()
    return has_words and bool(_SENTENCE_END.search(line))


def _is_wall(title: str, lines: Sequence[str]) -> bool:
    if len(lines) > _FEW_LINES:
        return False
    if any(_WALL_TEXT.search(line) for line in lines[:2]):
        return True
    return bool(_WALL_TITLE.match(title)) and sum(map(is_prose, lines)) < _FEW_LINES // 2


def _teaser_count(tree: Tree) -> int:
    """Count the articles within the page that are mainly a link to the whole."""
    count = 0
    for element in tree.iter("article"):
        words = len(str(element.text_content()))
        linked = sum(len(str(link.text_content())) for link in element.iter("a"))
        count += words < 1000 and linked * 3 > words  # noqa: PLR2004 as short as a teaser
    return count
