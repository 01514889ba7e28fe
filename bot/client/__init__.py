"""The bot's side of the wire: the client, and one connection of it."""

from bot.client.connecting import connect
from bot.client.errors import DisconnectedError, IntentsRefusedError, StartError
from bot.client.pullquote_client import PullquoteClient

__all__ = ["DisconnectedError", "IntentsRefusedError", "PullquoteClient", "StartError", "connect"]
