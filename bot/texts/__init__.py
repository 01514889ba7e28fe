"""What is said to people, in their language: one catalogue for every text on Discord.

English stands in the code, where it is said; every other language in a file of its own, `de.po`.
Quotes of articles are data, and never go through here.
"""

from bot.texts.languages import Languages, english
from bot.texts.refusing import RefusedError
from bot.texts.saying import Saying, saying, saying_counted
from bot.texts.texts import Texts

__all__ = [
    "Languages",
    "RefusedError",
    "Saying",
    "Texts",
    "english",
    "saying",
    "saying_counted",
]
