"""What a reader and an admin do on the demo's page, in a real browser."""

from __future__ import annotations

import re

import pytest

pytestmark = pytest.mark.asyncio(loop_scope="session")

WHY_CLOSED = "Why was the Lantern Bridge closed?"


async def test_a_question_typed_with_its_options_is_answered(visit):
    alice = await visit()

    await alice.composer.press_sequentially("/ask Who repairs")
    question = alice.page.get_by_label("question")
    await alice.expect(question).to_have_value("Who repairs")
    await question.fill(WHY_CLOSED)
    await alice.page.get_by_role("button", name="+ publisher").click()
    await alice.page.keyboard.type("cour")
    await alice.page.get_by_role("option", name="The Pellmouth Courier").click()
    answer = await alice.answer_to(alice.page.keyboard.press("Enter"))

    await alice.expect(answer).to_contain_text("Alice used /ask")
    await alice.expect(answer).to_contain_text("divers found two cracks in the bearing")
    await alice.expect(answer).to_contain_text("The Pellmouth Courier · 3 March 2026")
    await alice.expect(answer).not_to_contain_text("The Saltmarsh Weekly ·")
    link = answer.get_by_role("link", name="Read it at the publisher").first
    await alice.expect(link).to_have_attribute("href", re.compile("^https://courier.example/"))
    await alice.expect(link).to_have_attribute("rel", "noopener noreferrer")


async def test_a_mention_is_answered_with_a_reply(visit):
    alice = await visit()

    await alice.composer.press_sequentially("@pul")
    await alice.page.get_by_role("option", name="@Pullquote").click()
    await alice.page.keyboard.type(WHY_CLOSED)
    said = await alice.answer_to(alice.page.keyboard.press("Enter"))
    answer = alice.messages.last

    await alice.expect(said).to_contain_text(f"@Pullquote {WHY_CLOSED}")
    await alice.expect(answer).to_contain_text("divers found two cracks")
    await alice.expect(answer.locator(".origin")).to_contain_text("Alice")


async def test_the_buttons_below_an_answer_tell_more_to_whoever_presses_them(visit):
    alice = await visit()
    answer = await alice.command("ask", question=WHY_CLOSED)

    context = await alice.press(answer, "Context")
    await alice.expect(context).to_contain_text("Now she is at the wheel of the Merry Widgeon")
    why = await alice.press(answer, "Why this?")
    await alice.expect(why).to_contain_text("Only you can see this")
    newer = await alice.press(answer, "Newer")
    await alice.expect(newer).to_contain_text("Only you can see this")
    await newer.get_by_role("button", name="Dismiss message").click()
    await alice.expect(newer).to_have_count(0)

    olive = await visit()
    await olive.become("Olive")
    await olive.expect(olive.messages.filter(has_text=WHY_CLOSED)).not_to_have_count(0)
    told_alice = olive.messages.filter(has_text="Now she is at the wheel of the Merry Widgeon")
    await olive.expect(told_alice).to_have_count(0)


async def test_a_search_is_paged_in_place(visit):
    alice = await visit()
    found = await alice.command("search", query="bridge")
    await alice.expect(found).to_contain_text("page 1 of")

    await found.get_by_role("button", name="Next").click()
    await alice.expect(found).to_contain_text("page 2 of")
    await alice.expect(found).to_contain_text("(edited)")
    await found.get_by_role("button", name="Previous").click()

    await alice.expect(found).to_contain_text("page 1 of")
    await alice.expect(found.get_by_role("button", name="Previous")).to_be_disabled()


async def test_only_an_admin_is_offered_to_index_anew(visit):
    person = await visit()
    await person.composer.fill("/")
    await person.expect(person.page.get_by_role("option", name="/ask ")).to_be_visible()
    await person.expect(person.page.get_by_role("option", name="/reindex")).to_have_count(0)

    await person.become("Olive")
    answer = await person.command("reindex")

    await person.expect(person.messages.last).to_contain_text("36")
    await person.expect(answer).to_contain_text("Olive used /reindex")
    status = await person.command("status")
    await person.expect(status).to_contain_text("36")


async def test_an_admin_chooses_several_and_none_of_a_list(visit):
    olive = await visit()
    await olive.become("Olive")
    message = await olive.command("setup")
    chosen = message.locator("summary[data-key='setup:channels']")

    await chosen.click()
    await message.get_by_role("checkbox", name="#general").check()
    await chosen.click()
    await olive.expect(message).to_contain_text("(edited)")
    again = await olive.command("settings show")
    await olive.expect(again).to_contain_text("Channels to ask in · #general")

    await chosen.click()
    await message.get_by_role("checkbox", name="#general").uncheck()
    await olive.page.keyboard.press("Escape")
    await olive.expect(chosen).to_have_text("all")


async def test_what_is_known_by_a_number_is_chosen_by_its_name(visit):
    alice = await visit()
    for query in ("Gannet Bank", "Harbour Snap"):
        await alice.command("alerts add", query=query)

    answer = await alice.choosing("alerts remove", alert="Gannet")

    await alice.expect(answer).to_contain_text("The alert for “Gannet Bank” is removed.")
    kept = await alice.command("alerts list")
    await alice.expect(kept).to_contain_text("Harbour Snap")
    await alice.expect(kept).not_to_contain_text("Gannet Bank")


async def test_the_menu_of_a_message_leads_to_the_apps(visit):
    alice = await visit()
    said = await alice.say("The Lantern Bridge was closed to all traffic")

    await said.click(button="right")
    menu = alice.page.get_by_role("menu")
    await alice.expect(menu.get_by_role("menuitem", name="Reply")).to_be_focused()
    found = await alice.answer_to(
        menu.get_by_role("menuitem", name="Search the news for this").click()
    )

    await alice.expect(menu).to_be_hidden()
    await alice.expect(found).to_contain_text("Lantern Bridge")
    await alice.expect(found).to_contain_text("Only you can see this")


async def test_a_direct_conversation_is_apart_and_told_of(visit):
    alice = await visit()
    await alice.go_to("@ Pullquote")
    await alice.expect(alice.messages.filter(has_text="used /ask")).to_have_count(0)
    elsewhere = await visit()

    await alice.composer.fill(WHY_CLOSED)
    await alice.page.keyboard.press("Enter")

    answer = alice.messages.filter(has_text="divers found two cracks")
    await alice.expect(answer.last).to_be_visible()
    await elsewhere.expect(
        elsewhere.page.get_by_role("button", name="@ Pullquote new")
    ).to_be_visible()


async def test_a_person_is_spoken_to_in_their_language(visit):
    alice = await visit()
    try:
        await alice.speak("Deutsch")
        await alice.composer.fill("/fr")
        await alice.page.get_by_role("option", name="/fragen").click()
        await alice.page.get_by_label("frage", exact=True).fill(WHY_CLOSED)
        answer = await alice.answer_to(alice.page.keyboard.press("Enter"))
        why = await alice.press(answer, "Why this?")
        await alice.expect(why).to_contain_text("Fast gewiss")
    finally:
        await alice.speak("en-US")

    await alice.composer.fill("/ask")
    await alice.expect(alice.page.get_by_role("option", name="/ask ")).to_be_visible()


async def test_what_is_not_there_is_said(visit):
    alice = await visit()
    await alice.composer.fill("/article")
    await alice.page.keyboard.press("Enter")
    await alice.page.get_by_label("headline").fill("no such headline")
    answer = await alice.answer_to(alice.page.keyboard.press("Enter"))

    await alice.expect(answer).to_contain_text("No article that I have has such a headline")


async def test_whoever_has_read_further_up_sees_their_answer_and_others_do_not_move_them(visit):
    alice, olive = await visit(), await visit()
    await olive.become("Olive")
    await alice.command("search", query="bridge")
    log = alice.page.get_by_role("log")
    first = alice.messages.first
    await log.evaluate("log => (log.scrollTop = 0)")

    said = await olive.say("Good morning")
    await olive.expect(said).to_be_in_viewport()
    await alice.messages.nth(await olive.messages.count() - 1).wait_for()
    await alice.expect(first).to_be_in_viewport()

    answer = await alice.command("latest")
    await alice.expect(answer).to_be_in_viewport()
    await alice.expect(first).not_to_be_in_viewport()
    await log.evaluate("log => (log.scrollTop = 0)")
    await alice.become("Olive")
    await alice.expect(alice.messages.last).to_be_in_viewport()
