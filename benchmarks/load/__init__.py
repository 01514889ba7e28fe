"""The bot under load: a real client in a process of its own, asked by many people at once.

Knows nothing of how an answer comes about.
"""
