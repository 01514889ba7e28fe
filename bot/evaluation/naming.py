"""How questions, articles and passages are called in the files of other tools.

Those files are columns between white space, so a name has none of it: it is percent-encoded. Names
without white space stay as they are.
"""

from __future__ import annotations

import re
from urllib.parse import quote


def document_name(name: object) -> str:
    """Return a question's or an article's id without white space."""
    return re.sub(r"\s", lambda space: quote(space[0]), str(name))


def passage_name(article_id: str, start: int | None, end: int | None) -> str:
    """Return what a passage is called: its article, and its offsets in code points."""
    return f"{document_name(article_id)}#{start}-{end}"
