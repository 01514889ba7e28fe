"""Discord's limits as a table: the largest that is taken, and what is refused beyond it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from bot.sandbox import InteractionType
from tests.integration.sandbox.running import ask_rest

if TYPE_CHECKING:
    from bot.sandbox import LoopbackDiscord, Newsroom

V2 = 1 << 15
Body = dict[str, Any]


def text(length: int) -> Body:
    return {"type": 10, "content": "x" * length}


def button(**about: Any) -> Body:
    return {"type": 2, "style": 1, "label": "b", "custom_id": "b"} | about


def link(length: int) -> Body:
    url = "https://example.org/".ljust(length, "x")
    return {"type": 2, "style": 5, "label": "l", "url": url}


def row(*components: Body) -> Body:
    return {"type": 1, "components": list(components)}


def rows(count: int) -> list[Body]:
    return [row(button(custom_id=str(number))) for number in range(count)]


def classic(*components: Body) -> Body:
    return {"content": "x", "components": list(components)}


def layout(*components: Body) -> Body:
    return {"flags": V2, "components": list(components)}


def select(count: int, **about: Any) -> Body:
    options = [{"label": str(number), "value": str(number)} for number in range(count)]
    return row({"type": 3, "custom_id": "s", "options": options} | about)


def embeds(*lengths: int) -> Body:
    return {"embeds": [{"description": "x" * length} for length in lengths]}


TAKEN = {
    "content of 2000": {"content": "x" * 2000},
    "an embed of 4096": embeds(4096),
    "embeds of 6000 together": embeds(4000, 2000),
    "40 components": layout(*[text(1)] * 40),
    "4000 characters of text": layout(text(2000), text(2000)),
    "5 rows": classic(*rows(5)),
    "a label of 80": classic(row(button(label="x" * 80))),
    "a url of 512": classic(row(link(512))),
    "a custom_id of 100": classic(row(button(custom_id="x" * 100))),
    "25 options": classic(select(25)),
}
REFUSED = {
    "content of 2001": ({"content": "x" * 2001}, "content"),
    "an embed of 4097": (embeds(4097), "embeds.0.description"),
    "embeds of 6001 together": (embeds(4001, 2000), "embeds"),
    "a title of 257": ({"embeds": [{"title": "x" * 257}]}, "embeds.0.title"),
    "11 embeds": (embeds(*[1] * 11), "embeds"),
    "42 components, nested ones counted": (
        layout(*[row(button(custom_id=str(n))) for n in range(21)]),
        "components",
    ),
    "4001 characters of text": (layout(text(2000), text(2001)), "components"),
    "content beside Components V2": (layout(text(1)) | {"content": "x"}, "content"),
    "embeds beside Components V2": (layout(text(1)) | embeds(1), "embeds"),
    "Components V2 without their flag": (classic(text(1)), "components"),
    "6 rows": (classic(*rows(6)), "components"),
    "6 buttons in a row": (
        classic(row(*[button(custom_id=str(n)) for n in range(6)])),
        "components.0.components",
    ),
    "a label of 81": (classic(row(button(label="x" * 81))), "components.0.components.0.label"),
    "a url of 513": (classic(row(link(513))), "components.0.components.0.url"),
    "a link without a url": (classic(row(button(style=5, custom_id=None))), "components"),
    "a link with a custom_id": (classic(row(link(30) | {"custom_id": "x"})), "components"),
    "a button without a custom_id": (classic(row(button(custom_id=None))), "components"),
    "a button without a label": (classic(row(button(label=None))), "components"),
    "a custom_id of 101": (
        classic(row(button(custom_id="x" * 101))),
        "components.0.components.0.custom_id",
    ),
    "a custom_id twice": (classic(row(button()), row(button())), "components"),
    "26 options": (classic(select(26)), "components.0.components.0.options"),
    "an option twice": (
        classic(select(0, options=[{"label": "a", "value": "a"}] * 2)),
        "components",
    ),
    "more values than options": (classic(select(2, max_values=3)), "components"),
    "an ephemeral message outside of interactions": ({"content": "x", "flags": 64}, "flags"),
    "a number as content": ({"content": 5}, "content"),
    "an unknown key deep within": (
        classic(row(button(colour="red"))),
        "components.0.components.0.colour",
    ),
    "an unknown kind of component": (layout({"type": 99}), "components.0.type"),
    "a reply to nothing": (
        {"content": "x", "message_reference": {"message_id": "1"}},
        "message_reference",
    ),
}


def modal(*parts: Body, **about: Any) -> Body:
    return {"custom_id": "m", "title": "t", "components": list(parts)} | about


def field(custom_id: str = "f", label: str = "l", **about: Any) -> Body:
    held = {"type": 4, "custom_id": custom_id, "style": 1} | about
    return {"type": 18, "label": label, "component": held}


REFUSED_MODALS = {
    "a title of 46": (modal(field(), title="x" * 46), "data.title"),
    "no parts": (modal(), "data.components"),
    "6 parts": (modal(*[field(str(n)) for n in range(6)]), "components"),
    "a label of 46": (modal(field(label="x" * 46)), "data.components.0.label"),
    "a custom_id twice": (modal(field(), field()), "components"),
    "the least above the most": (modal(field(min_length=5, max_length=4)), "components.0"),
    "a value that is too long": (modal(field(max_length=1, value="xx")), "components.0.value"),
}


def command(name: str = "ask", **about: Any) -> Body:
    return {"name": name, "description": "d", "type": 1} | about


def option(name: str = "o", **about: Any) -> Body:
    return {"name": name, "description": "d", "type": 3} | about


REFUSED_COMMANDS = {
    "a name with capitals": ([command("Ask")], "0.name"),
    "a name with spaces": ([command("ask me")], "0.name"),
    "a name of 33": ([command("x" * 33)], "0.name"),
    "a name twice": ([command(), command()], "1.name"),
    "no description": ([command(description="")], "0.description"),
    "a description of 101": ([command(description="x" * 101)], "0.description"),
    "26 options": ([command(options=[option(str(n)) for n in range(26)])], "0.options"),
    "an option twice": ([command(options=[option(), option()])], "0.options"),
    "required after optional": (
        [command(options=[option("a"), option("b", required=True)])],
        "0.options.1",
    ),
    "8001 characters": (
        [
            command(
                options=[
                    option(
                        f"o{n}",
                        choices=[{"name": f"{n}.{k}", "value": "x" * 100} for k in range(20)],
                    )
                    for n in range(4)
                ]
            )
        ],
        "0",
    ),
    "a menu entry with a description": ([command("Search", type=3)], "0.description"),
}


def leads_to(errors: Any, path: str) -> bool:
    for step in path.split("."):
        errors = errors.get(step, {})
    return "_errors" in errors


@pytest.mark.parametrize("body", TAKEN.values(), ids=TAKEN)
async def test_a_message_at_the_limit_is_taken(
    local: LoopbackDiscord, newsroom: Newsroom, body: Body
):
    path = f"/channels/{newsroom.general.id}/messages"

    status, answer = await ask_rest(local, "POST", path, body)

    assert (status, answer.get("errors")) == (200, None)
    assert local.violations == []


@pytest.mark.parametrize(("body", "place"), REFUSED.values(), ids=REFUSED)
async def test_a_message_beyond_the_limit_is_refused_with_the_place(
    local: LoopbackDiscord, newsroom: Newsroom, body: Body, place: str
):
    path = f"/channels/{newsroom.general.id}/messages"

    status, answer = await ask_rest(local, "POST", path, body)

    assert (status, answer["code"]) == (400, 50035)
    assert leads_to(answer["errors"], place), answer["errors"]
    assert newsroom.general.messages == {}
    assert not [each for each in local.violations if each.part == "reply"]


@pytest.mark.parametrize("body", [{}, {"content": " \n"}, {"flags": V2}], ids=str)
async def test_an_empty_message_is_refused(local: LoopbackDiscord, newsroom: Newsroom, body: Body):
    path = f"/channels/{newsroom.general.id}/messages"

    status, answer = await ask_rest(local, "POST", path, body)

    assert (status, answer["code"]) == (400, 50006)


@pytest.mark.parametrize(("body", "place"), REFUSED_MODALS.values(), ids=REFUSED_MODALS)
async def test_a_modal_beyond_the_limit_is_refused(
    local: LoopbackDiscord, newsroom: Newsroom, body: Body, place: str
):
    interaction = local.world.open_interaction(
        InteractionType.COMMAND, newsroom.alice, newsroom.general
    )
    path = f"/interactions/{interaction.id}/{interaction.token}/callback"

    status, answer = await ask_rest(local, "POST", path, {"type": 9, "data": body})

    assert (status, answer["code"]) == (400, 50035)
    assert leads_to(answer["errors"], place), answer["errors"]
    assert not interaction.is_acknowledged


@pytest.mark.parametrize("count", [25, 26])
async def test_autocomplete_offers_at_most_25_choices(
    local: LoopbackDiscord, newsroom: Newsroom, count: int
):
    interaction = local.world.open_interaction(
        InteractionType.AUTOCOMPLETE, newsroom.alice, newsroom.general
    )
    choices = [{"name": str(number), "value": str(number)} for number in range(count)]
    path = f"/interactions/{interaction.id}/{interaction.token}/callback"

    status, _ = await ask_rest(local, "POST", path, {"type": 8, "data": {"choices": choices}})

    assert (status == 204) == (count == 25)


@pytest.mark.parametrize(("body", "place"), REFUSED_COMMANDS.values(), ids=REFUSED_COMMANDS)
async def test_a_command_beyond_the_limit_is_not_registered(
    local: LoopbackDiscord, body: list[Body], place: str
):
    path = f"/applications/{local.world.application_id}/commands"

    status, answer = await ask_rest(local, "PUT", path, body)

    assert (status, answer["code"]) == (400, 50035)
    assert leads_to(answer["errors"], place), answer["errors"]
    assert local.commands() == []


@pytest.mark.parametrize(("kind", "most"), [(1, 100), (2, 15), (3, 15)])
async def test_so_many_commands_of_a_kind_are_registered(
    local: LoopbackDiscord, kind: int, most: int
):
    path = f"/applications/{local.world.application_id}/commands"
    about = {"type": kind} | ({"description": ""} if kind > 1 else {})

    for count, code in ((most, None), (most + 1, 30032)):
        asked = [command(f"c{number}", **about) for number in range(count)]
        _, answer = await ask_rest(local, "PUT", path, asked)
        assert (answer["code"] if isinstance(answer, dict) else None) == code

    assert len(local.commands()) == most


async def test_a_classic_message_becomes_components_v2_only_without_its_content(
    local: LoopbackDiscord, newsroom: Newsroom
):
    path = f"/channels/{newsroom.general.id}/messages"
    _, sent = await ask_rest(local, "POST", path, {"content": "x"})

    status, _ = await ask_rest(local, "PATCH", f"{path}/{sent['id']}", layout(text(1)))
    assert status == 400

    changed = layout(text(1)) | {"content": None}
    status, answer = await ask_rest(local, "PATCH", f"{path}/{sent['id']}", changed)
    assert (status, answer["content"], answer["flags"]) == (200, "", V2)
