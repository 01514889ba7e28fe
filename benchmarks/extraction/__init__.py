"""How much of an article's text is found on a page, and how much that is none of it."""
