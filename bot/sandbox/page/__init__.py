"""The page where a person talks to the bot: this machine only, no build step, nothing from afar.

`server` serves it, `guarding` keeps strangers out, `showing` says what there is to see,
`deeds` carries out what the person does, and `desk` is where they hand in news of their own. The
scripts build nodes; text never becomes markup.
"""

from bot.sandbox.page.desk import Desk, Outcome, Reading, Suggestion
from bot.sandbox.page.server import Page

__all__ = ["Desk", "Outcome", "Page", "Reading", "Suggestion"]
