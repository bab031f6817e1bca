"""What a leader, a member and a phone do on their computers, each a program of its own: python -m tests.networks.sessions."""

import asyncio
import os
import sys

from playwright.sync_api import Error, sync_playwright

from bench.roomful import joining, leading
from tests.browser.conftest import FLAGS

ANSWERED = "**{}** answered."


async def lead(address, key, count):
    """Open a room, say its code, and show the result once so many have answered."""
    async with leading(address, key) as leader:
        print(leader.code, flush=True)
        await leader.visitor.wait_for(ANSWERED.format(count))
        await leader.visitor.click("Show the result")
        await asyncio.to_thread(sys.stdin.readline)


async def join(address, code):
    """Answer, and wait for the result."""
    async with joining(address, code) as member:
        await member.answer(member.options[0])
        await member.visitor.wait_for("answered. Your answer:")
        print("has the result")


def look(address, code):
    """The same on a phone, in a browser."""
    with sync_playwright() as playwright:
        path = os.environ.get("AFTERWORD_BROWSER") or None
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        page = browser.new_page(viewport={"width": 375, "height": 800})
        page.set_default_timeout(60_000)
        page.goto(f"{address}/join?code={code}")
        try:
            answer(page)
        except Error:
            print(page.inner_text("body"), file=sys.stderr)
            raise
        print("has the result")
        browser.close()


def answer(page):
    """Answer, and wait for the result."""
    page.get_by_role("radio").first.wait_for(state="attached")
    page.locator("[data-testid=stRadio] label").nth(1).click()
    page.get_by_text("Your answer is in.").wait_for()
    page.get_by_text("answered. Your answer:").wait_for()


if __name__ == "__main__":
    act, *args = sys.argv[1:]
    if act == "look":
        look(*args)
    else:
        asyncio.run({"lead": lead, "join": join}[act](*args))
