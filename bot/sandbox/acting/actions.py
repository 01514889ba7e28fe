"""Everything that a person can do, as methods.

An action that sends an interaction returns it at once; await its `done()` or `final()`.
Each raises CannotInvokeError where the person's client would not allow the action.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.acting.commands import menu_command, typed_command
from bot.sandbox.acting.components import check_readable, made_selection, pressed_button
from bot.sandbox.acting.interactions import interaction_payload
from bot.sandbox.acting.modals import filled_modal
from bot.sandbox.acting.waiting import MessageWatch
from bot.sandbox.errors import CannotInvokeError
from bot.sandbox.rules.messages import MAX_CONTENT
from bot.sandbox.rules.permissions import check_visible, sending_permission
from bot.sandbox.wire import CommandType, InteractionType, Payload
from bot.sandbox.world.messages import post
from bot.sandbox.world.payloads import user_payload
from bot.sandbox.world.world import Event

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from bot.sandbox.acting.choosing import Choice
    from bot.sandbox.acting.modals import FieldValue
    from bot.sandbox.acting.options import OptionValue
    from bot.sandbox.gateway.sessions import Sessions
    from bot.sandbox.world.interaction import Interaction
    from bot.sandbox.world.model import Channel, Message, User
    from bot.sandbox.world.world import World


class UserActions:
    """Acts as one person or another; the bot must be online."""

    def __init__(self, world: World, sessions: Sessions) -> None:
        self.world = world
        self.sessions = sessions

    def slash(
        self, user: User, channel: Channel, name: str, /, **options: OptionValue
    ) -> Interaction:
        """Send `/name` with options; a subcommand follows its group: `"feeds add"`."""
        content = typed_command(self.world, user, channel, name, options)
        interaction = self._interact(InteractionType.COMMAND, user, channel, content)
        interaction.command_name = name
        return interaction

    async def autocomplete(
        self, user: User, channel: Channel, name: str, focused: str, /, **options: OptionValue
    ) -> list[Payload]:
        """Type into the option `focused` and return the choices that the app offers."""
        content = typed_command(self.world, user, channel, name, options, focused)
        interaction = self._interact(InteractionType.AUTOCOMPLETE, user, channel, content)
        await interaction.done()
        return interaction.choices

    def message_menu(self, user: User, message: Message, name: str) -> Interaction:
        """Choose a command from a message's menu."""
        check_readable(user, message)
        target = (CommandType.MESSAGE, message.payload)
        content = menu_command(self.world, user, message.channel, name, target)
        return self._interact(InteractionType.COMMAND, user, message.channel, content)

    def user_menu(self, user: User, channel: Channel, target: User, name: str) -> Interaction:
        """Choose a command from a user's menu."""
        chosen = (CommandType.USER, user_payload(target))
        content = menu_command(self.world, user, channel, name, chosen)
        return self._interact(InteractionType.COMMAND, user, channel, content)

    def click(
        self,
        user: User,
        message: Message,
        label: str | None = None,
        *,
        custom_id: str | None = None,
    ) -> Interaction:
        """Press a button, named by its label or custom_id."""
        content = pressed_button(user, message, label, custom_id)
        return self._interact(InteractionType.COMPONENT, user, message.channel, content, message)

    def select(
        self,
        user: User,
        message: Message,
        values: Sequence[Choice],
        *,
        custom_id: str | None = None,
    ) -> Interaction:
        """Choose texts, people or channels in a select; the first one, where none is named."""
        content = made_selection(user, message, values, custom_id)
        return self._interact(InteractionType.COMPONENT, user, message.channel, content, message)

    def submit(self, interaction: Interaction, values: Mapping[str, FieldValue]) -> Interaction:
        """Fill in and send the modal that answered `interaction`; fields by label or custom_id."""
        if interaction.modal is None:
            raise CannotInvokeError("The interaction was not answered with a modal.")
        content = filled_modal(interaction.user, interaction.modal, values)
        return self._interact(
            InteractionType.MODAL_SUBMIT,
            interaction.user,
            interaction.channel,
            content,
            interaction.message,
        )

    def say(
        self, user: User, channel: Channel, text: str, *, reply_to: Message | None = None
    ) -> Message:
        """Write a message, perhaps in reply to another."""
        check_visible(user, channel)
        if not channel.permissions_of(user) & sending_permission(channel):
            raise CannotInvokeError(f"{user.name} may not write in {channel.name}.")
        if not text.strip() or len(text) > MAX_CONTENT:
            raise CannotInvokeError(f"A message has 1 to {MAX_CONTENT} characters.")
        body: Payload = {"content": text}
        if reply_to is not None:
            body["message_reference"] = {"message_id": str(reply_to.id)}
        return post(self.world, channel, user, body)

    async def ask(
        self,
        user: User,
        channel: Channel,
        text: str,
        *,
        reply_to: Message | None = None,
        timeout_seconds: float = 5.0,
    ) -> Message:
        """Say something and wait for the bot's next message there. Raises TimeoutError."""
        with self.watch(channel) as watch:
            self.say(user, channel, text, reply_to=reply_to)
            return await watch.posted(timeout_seconds)

    def watch(
        self, channel: Channel, accepts: Callable[[Message], bool] | None = None
    ) -> MessageWatch:
        """Watch the bot's messages in a channel, from entering the `with` block on."""
        return MessageWatch(self.world, channel, accepts)

    async def reply_in(self, channel: Channel, timeout_seconds: float = 5.0) -> Message:
        """Wait for the bot's next message in a channel. Raises TimeoutError."""
        with self.watch(channel) as watch:
            return await watch.posted(timeout_seconds)

    def messages(self, channel: Channel, seen_by: User | None = None) -> list[Message]:
        """Return a channel's messages; without ephemeral ones that this person does not see."""
        every = channel.messages.values()
        return [each for each in every if seen_by is None or each.is_visible_to(seen_by)]

    def _interact(
        self,
        kind: InteractionType,
        user: User,
        channel: Channel,
        content: Payload,
        message: Message | None = None,
    ) -> Interaction:
        check_visible(user, channel)
        if not self.sessions.is_online:
            raise CannotInvokeError("The bot is offline.")
        interaction = self.world.open_interaction(kind, user, channel, message)
        interaction.command_name = content.get("name")
        payload = interaction_payload(self.world, interaction, content)
        self.world.publish(Event("INTERACTION_CREATE", payload, channel.guild, channel))
        return interaction
