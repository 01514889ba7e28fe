"""The bot for many minutes, while things go wrong around it: what it does, and what it takes.

Knows nothing of how an answer comes about.
"""
