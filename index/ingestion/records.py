"""What every format yields: the fields of one article, by name, before they are understood."""

from __future__ import annotations

from collections.abc import Mapping

from index.errors import ArticleRefusedError

# The 1-based line or item (None when the file is one article), and its fields or what is wrong;
# a text is a note for the person who reads what came of the file.
Record = tuple[int | None, Mapping[str, object] | ArticleRefusedError | str]
