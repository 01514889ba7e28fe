"""What a person does, the real client answers; and no request or reply breaks the description."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.sandbox import CallbackType, CannotInvokeError, MessageFlag

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.sandbox import LoopbackDiscord, Newsroom
    from tests.integration.sandbox.sample_bot import SampleBot


@pytest.fixture(autouse=True)
def _everything_was_in_order(local: LoopbackDiscord, sample_bot: SampleBot) -> Iterator[None]:
    yield
    assert local.violations == []
    assert sample_bot.errors == []


async def test_a_deferred_answer_arrives_as_components_v2(
    local: LoopbackDiscord, newsroom: Newsroom
):
    interaction = local.slash(newsroom.alice, newsroom.general, "ask", question="interest rates?")

    message = await interaction.final()

    assert interaction.callback_type is CallbackType.DEFERRED_MESSAGE
    assert MessageFlag.COMPONENTS_V2 in message.flags
    assert "held interest rates steady" in message.text
    assert interaction.latency_seconds is not None
    assert interaction.latency_seconds < 1


async def test_a_private_answer_is_seen_by_the_one_who_asked_alone(
    local: LoopbackDiscord, newsroom: Newsroom
):
    message = await local.slash(
        newsroom.alice, newsroom.general, "ask", question="the storm", private=True
    ).final()

    assert message.is_ephemeral
    assert local.messages(newsroom.general, seen_by=newsroom.alice) == [message]
    assert local.messages(newsroom.general, seen_by=newsroom.olive) == []
    with pytest.raises(CannotInvokeError, match="does not see"):
        local.click(newsroom.olive, message, "Helpful")


async def test_a_button_with_its_state_in_its_custom_id_answers(
    local: LoopbackDiscord, newsroom: Newsroom, sample_bot: SampleBot
):
    message = await local.slash(
        newsroom.alice, newsroom.general, "ask", question="the storm"
    ).final()

    thanks = await local.click(newsroom.olive, message, "Helpful").final()

    assert thanks.text == "Thanks for the feedback."
    assert sample_bot.votes == [(newsroom.olive.id, 1)]


async def test_paging_edits_the_message_and_disables_buttons(
    local: LoopbackDiscord, newsroom: Newsroom
):
    message = await local.slash(
        newsroom.alice, newsroom.general, "search", words="storm merger"
    ).final()
    with pytest.raises(CannotInvokeError, match="disabled"):
        local.click(newsroom.alice, message, "Back")

    edited = await local.click(newsroom.alice, message, "On").edited()

    assert edited is message
    assert "2/2" in message.content
    assert message.is_edited


async def test_a_link_button_sends_nothing(local: LoopbackDiscord, newsroom: Newsroom):
    message = await local.slash(
        newsroom.alice, newsroom.general, "ask", question="the storm"
    ).final()

    with pytest.raises(CannotInvokeError, match="link button"):
        local.click(newsroom.alice, message, "Read")
    with pytest.raises(CannotInvokeError, match="Not helpful"):
        local.click(newsroom.alice, message, "Elsewhere")


async def test_autocomplete_offers_what_fits(local: LoopbackDiscord, newsroom: Newsroom):
    choices = await local.autocomplete(
        newsroom.alice, newsroom.general, "search", "publisher", publisher="b"
    )

    assert [choice["name"] for choice in choices] == ["BBC"]


async def test_a_select_changes_its_message(local: LoopbackDiscord, newsroom: Newsroom):
    message = await local.slash(newsroom.alice, newsroom.general, "publisher").final()
    with pytest.raises(CannotInvokeError, match="not among the options"):
        local.select(newsroom.alice, message, ["The Moon"])
    with pytest.raises(CannotInvokeError, match="1 to 1 values"):
        local.select(newsroom.alice, message, ["AP", "BBC"])

    await local.select(newsroom.alice, message, ["AP"]).done()

    assert "merger" in message.content
    assert message.components == []


async def test_a_modal_is_filled_in_by_its_labels(local: LoopbackDiscord, newsroom: Newsroom):
    interaction = await local.slash(newsroom.alice, newsroom.general, "alert").done()
    assert interaction.modal is not None
    assert interaction.modal["title"] == "New alert"

    answer = await local.submit(interaction, {"Words": "rates", "How often": "day"}).final()

    assert answer.text == "Alert on 'rates': day"


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"How often": "day"}, "'Words' is required"),
        ({"Words": "x" * 101, "How often": "day"}, "1?0? to 100 characters"),
        ({"Words": "rates", "How often": "never"}, "not among the options"),
        ({"Words": "rates"}, "1 to 1 values"),
        ({"Words": "rates", "How often": "day", "Why": "so"}, "no field"),
    ],
)
async def test_a_modal_filled_in_wrongly_is_not_sent(
    local: LoopbackDiscord, newsroom: Newsroom, values: dict[str, str], reason: str
):
    interaction = await local.slash(newsroom.alice, newsroom.general, "alert").done()

    with pytest.raises(CannotInvokeError, match=reason):
        local.submit(interaction, values)


async def test_people_and_channels_are_chosen_as_themselves(
    local: LoopbackDiscord, newsroom: Newsroom
):
    message = await local.slash(newsroom.olive, newsroom.general, "watch").final()
    with pytest.raises(CannotInvokeError, match="CHANNEL_SELECT does not take"):
        local.select(newsroom.olive, message, [newsroom.alice])
    with pytest.raises(CannotInvokeError, match="of type DM"):
        local.select(newsroom.olive, message, [local.world.dm(newsroom.olive)])

    where = await local.select(newsroom.olive, message, [newsroom.general]).edited()
    assert where.content == "Where: general"
    who = await local.select(newsroom.olive, message, [newsroom.alice], custom_id="who").edited()
    assert who.content == "Who: Alice"


async def test_a_person_is_greeted_from_their_menu(local: LoopbackDiscord, newsroom: Newsroom):
    greeting = local.user_menu(newsroom.olive, newsroom.general, newsroom.alice, "Greet")

    assert (await greeting.final()).content == "Hello, Alice"


async def test_a_message_is_searched_from_its_menu(local: LoopbackDiscord, newsroom: Newsroom):
    said = local.say(newsroom.olive, newsroom.general, "Did you see the storm?")

    answer = await local.message_menu(newsroom.alice, said, "Search for this").final()

    assert "90mph" in answer.content


async def test_a_mention_is_answered_with_a_reply_that_pings_nobody(
    local: LoopbackDiscord, newsroom: Newsroom
):
    said = f"{local.world.bot.mention} what about the storm?"

    answer = await local.ask(newsroom.alice, newsroom.general, said)

    assert "90mph" in answer.content
    assert answer.replies_to is not None
    assert answer.mentioned_ids == frozenset()


async def test_a_direct_message_is_answered(local: LoopbackDiscord, newsroom: Newsroom):
    answer = await local.ask(newsroom.alice, local.world.dm(newsroom.alice), "the merger?")

    assert "$12bn" in answer.content


async def test_only_those_who_manage_the_server_are_offered_its_admin_commands(
    local: LoopbackDiscord, newsroom: Newsroom
):
    with pytest.raises(CannotInvokeError, match="MANAGE_GUILD"):
        local.slash(newsroom.alice, newsroom.general, "feeds add", url="https://example.org")

    answer = await local.slash(
        newsroom.olive,
        newsroom.general,
        "feeds add",
        url="https://example.org",
        channel=newsroom.general,
    ).final()

    assert answer.content == "Added https://example.org to general"
    with pytest.raises(CannotInvokeError, match="not offered in direct conversations"):
        local.slash(newsroom.olive, local.world.dm(newsroom.olive), "feeds add", url="x")


@pytest.mark.parametrize(
    ("name", "options", "reason"),
    [
        ("unheard", {}, "No command 'unheard'"),
        ("ask", {}, "'question' is required"),
        ("ask", {"question": "x" * 301}, "1 to 300 characters"),
        ("ask", {"question": 5}, "no STRING"),
        ("ask", {"question": "x", "private": "yes"}, "no BOOLEAN"),
        ("ask", {"question": "x", "where": "y"}, r"no option \['where'\]"),
        ("chatty", {"times": 10}, "takes 1 to 9"),
        ("chatty", {"times": True}, "no INTEGER"),
        ("feeds", {}, "goes on with one of"),
        ("feeds remove", {}, "no subcommand 'remove'"),
    ],
)
async def test_what_a_client_does_not_let_people_type_is_not_sent(
    local: LoopbackDiscord,
    newsroom: Newsroom,
    name: str,
    options: dict[str, str | int],
    reason: str,
):
    with pytest.raises(CannotInvokeError, match=reason):
        local.slash(newsroom.olive, newsroom.general, name, **options)


async def test_a_follow_up_can_be_awaited_by_its_number(local: LoopbackDiscord, newsroom: Newsroom):
    interaction = local.slash(newsroom.alice, newsroom.general, "chatty", times=2)

    second = await interaction.follow_up(2)

    assert second.content == "follow-up 2"
    assert [message.content for message in interaction.messages] == [
        "first",
        "follow-up 1",
        "follow-up 2",
    ]
