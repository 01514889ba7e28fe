"""How surely and how fast a story is recognised that comes again, beside MinHash."""
