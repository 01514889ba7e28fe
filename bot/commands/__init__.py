"""One capability a file: an interaction in, answering in the middle, a view out."""
