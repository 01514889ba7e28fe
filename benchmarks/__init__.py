"""Measurements of Pullquote, run by hand; not part of the tests."""
