"""The page where a person talks to the bot: this machine only, no build step, nothing from afar.

`server` serves it, `guarding` keeps strangers out, `showing` says what there is to see and
`deeds` carries out what the person does. The scripts build nodes; text never becomes markup.
"""

from bot.sandbox.page.server import Page

__all__ = ["Page"]
