"""What kind of words would answer a question, by its question word. Knows no article.

Cheap patterns in place of a named-entity recogniser: a sentence that holds a year can answer
"when", one without any cannot say much. They order sentences, and never exclude one.
"""

from __future__ import annotations

import re
from enum import Enum

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan\.|Feb\.|Aug\.|Sept\.|Oct\.|Nov\.|Dec\.)"
)
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_NUMBER_WORD = (
    r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|twenty|thirty|forty"
    r"|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|million|billion|half|twice)"
)
_MEASURABLE = "old|long|far|tall|fast|often|heavy|deep|wide|big|hot|cold"
# a capital after the first word of the sentence, so that it is a name and not its opening
_INNER_NAME = r"(?<=[\w,;“\"'’]\s)[A-Z][\w’'-]+"


class Expectation(Enum):
    """The kind of answer a question asks for, with the pattern of words that can give it."""

    PERSON = re.compile(rf"{_INNER_NAME}|\b[A-Z][\w’'-]+ [A-Z][\w’'-]+")
    TIME = re.compile(
        rf"\b(?:(?:1[89]|20)\d\d|{_MONTH}|{_WEEKDAY}|\d{{1,2}}(?::\d\d)? ?[ap]\.?m\b"
        r"|yesterday|today|tomorrow|tonight|noon|midnight"
        r"|(?:last|next|this) (?:week|month|year|spring|summer|autumn|fall|winter)"
        r"|\w+ (?:days|weeks|months|years) (?:ago|later|earlier))"
    )
    PLACE = re.compile(r"\b(?:in|at|near|from|to|on|outside|across|via|off)\s+(?:the\s+)?[A-Z]\w+")
    COUNT = re.compile(rf"\d|\b{_NUMBER_WORD}\b", re.IGNORECASE)
    AMOUNT = re.compile(
        rf"[$£€¥]\s?\d|\d[\d.,]*\s?(?:%|percent|per cent|pounds?|euros?|dollars?|million|billion)"
        rf"|\b{_NUMBER_WORD} (?:percent|per cent|pounds|euros|dollars)\b",
        re.IGNORECASE,
    )
    REASON = re.compile(
        r"\b(?:because|since|due to|owing to|thanks to|as a result|in order to|so that|therefore"
        r"|caused? by|blam\w+|cit(?:ed|ing)|declaring|saying|arguing|over (?:a|the|its|his|her)"
        r"|after|amid|following|reasons?)\b",
        re.IGNORECASE,
    )
    NAME = re.compile(rf"[“\"][A-Z]|{_INNER_NAME}")
    SPEECH = re.compile(r"[“\"][^”\"]{8,}[”\"]")
    ANYTHING = re.compile(r"")

    def met_by(self, text: str) -> bool:
        """Whether `text` holds words of the expected kind."""
        return self.value.search(text) is not None


_OPENINGS: tuple[tuple[re.Pattern[str], Expectation], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), expectation)
    for pattern, expectation in (
        (r"\bwhat (?:time|year|day|date|month)\b", Expectation.TIME),
        (r"\bhow (?:much|expensive|high)\b", Expectation.AMOUNT),
        (r"\bwhat (?:percentage|percent|share|proportion|price|amount|sum)\b", Expectation.AMOUNT),
        (rf"\bhow (?:many|{_MEASURABLE})\b", Expectation.COUNT),
        (r"\bwhat (?:number|score|age)\b", Expectation.COUNT),
        (r"\b(?:what|which) (?:city|town|country|state|place|venue|street)\b", Expectation.PLACE),
        (r"\bwhat (?:did|does|do|has|had) .{1,60}\b(?:say|said|tell|told|think|call)\b",
         Expectation.SPEECH),
        (r"\b(?:why|for what reason|what caused)\b", Expectation.REASON),
        (r"\bwhen\b", Expectation.TIME),
        (r"\bwhere\b", Expectation.PLACE),
        (r"\b(?:who|whom|whose|which (?:person|man|woman|minister|player))\b", Expectation.PERSON),
        (r"\b(?:called|named|name|title|which)\b", Expectation.NAME),
    )
)  # fmt: skip

# Words that ask and are not asked about: "what is the museum called?"
ASKING_WORDS = re.compile(
    r"^\W*(?:(?:please|hey|hi|hello|so|ok)\W+)*"
    r"(?:(?:can|could|would|will) you )?(?:please )?(?:tell|show|remind|inform) (?:me|us)\b"
    r"|^\W*(?:do you know|i want to know|i wonder)\b"
    r"|\b(?:(?:what|which|who|how|is|was|are|were|the) (?:name|title) of|called|named)(?=\W*$)"
    r"|\b(?:what|which) (?:time|year|day|date|month|city|town|country|person|place|percentage)\b"
    rf"|\bhow (?:many|much|high|{_MEASURABLE})\b",
    re.IGNORECASE,
)


def expectation_of(question: str) -> Expectation:
    """Return the kind of answer that a question asks for; the earliest question word decides."""
    found = [(m.start(), n, e) for n, (p, e) in enumerate(_OPENINGS) if (m := p.search(question))]
    return min(found)[2] if found else Expectation.ANYTHING
