"""Pullquote killed at any moment of all that it writes: what is lost, twice, or does not agree.

Knows nothing of how an answer comes about.
"""
