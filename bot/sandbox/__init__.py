"""A Discord that runs on this machine: gateway, HTTP API, and a page to talk to the bot.

The unmodified discord.py client speaks to it; a person, or a test, acts through it. It imports
nothing else of ours: it is Discord's side of the wire.
"""

from bot.sandbox.acting.actions import UserActions
from bot.sandbox.acting.waiting import MessageWatch
from bot.sandbox.errors import ApiError, CannotInvokeError, SandboxError
from bot.sandbox.faults import Faults
from bot.sandbox.gateway.sessions import Session, Sessions
from bot.sandbox.judging import Violation
from bot.sandbox.loopback import LoopbackDiscord
from bot.sandbox.newsroom import Newsroom, open_newsroom
from bot.sandbox.page import Page
from bot.sandbox.pointing import point_client, point_client_by_environment
from bot.sandbox.rest.server import Exchange
from bot.sandbox.wire import (
    CallbackType,
    ChannelType,
    ComponentType,
    Intent,
    InteractionType,
    MessageFlag,
    OptionType,
    Permission,
)
from bot.sandbox.world.interaction import Interaction
from bot.sandbox.world.model import Channel, Guild, Message, Role, User
from bot.sandbox.world.world import Deadlines, World

__all__ = [
    "ApiError",
    "CallbackType",
    "CannotInvokeError",
    "Channel",
    "ChannelType",
    "ComponentType",
    "Deadlines",
    "Exchange",
    "Faults",
    "Guild",
    "Intent",
    "Interaction",
    "InteractionType",
    "LoopbackDiscord",
    "Message",
    "MessageFlag",
    "MessageWatch",
    "Newsroom",
    "OptionType",
    "Page",
    "Permission",
    "Role",
    "SandboxError",
    "Session",
    "Sessions",
    "User",
    "UserActions",
    "Violation",
    "World",
    "open_newsroom",
    "point_client",
    "point_client_by_environment",
]
