"""What a question that is not answered may have been meant to say: words the news writes like it.

Only offered, so it guesses where a correction that nobody asked for would not.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.query.spelling import corrected

if TYPE_CHECKING:
    from index.query.model import Corpus, Reading


def meant(text: str, reading: Reading, corpus: Corpus) -> str | None:
    """Return what was typed with its unknown words as articles write them; None without any."""
    asked = text
    offered = [each.correction for each in corrected(reading.query.text, corpus, is_offered=True)]
    # what was read differently already is no news, but belongs to the question as it was meant
    for each in (*offered, *reading.corrections) if offered else ():
        typed, better = each.typed, each.read
        begin, *end = re.split(rf"\b{re.escape(typed)}\b", asked, maxsplit=1)
        asked = better.join([begin, *end])
    return asked if asked != text else None
