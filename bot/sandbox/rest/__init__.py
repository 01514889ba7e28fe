"""The HTTP side of the local Discord: one handler for every operation that the bot may ask for.

Requests are matched and judged in `server`; the operations are grouped by what they are about.
"""
