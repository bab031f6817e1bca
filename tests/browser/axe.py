"""axe-core, and what it finds on a bare Streamlit page of this version."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

Broken = dict[str, list[str]]
Bare = Callable[[int, str], Broken]
LOOKS = [(width, scheme) for width in (1280, 375) for scheme in ("light", "dark")]
PAGE = 'import streamlit as st\nst.set_page_config(page_title="Bare")\nst.title("Bare")\nst.text_input("A field")\nst.file_uploader("A file")\n'
SERVER = 'from pathlib import Path\nimport streamlit as st\napp = st.App(str(Path(__file__).with_name("bare.py").resolve()))\n'


def write_bare_app(folder: Path) -> None:
    """A bare page, and a module `bare_server` that serves it."""
    (folder / "bare.py").write_text(PAGE)
    (folder / "bare_server.py").write_text(SERVER)


def found_bare(browser: Browser, url: str) -> Bare:
    """What the bare page at that address breaks in a look; each look is looked at once."""

    @cache
    def broken(width: int, scheme: str) -> Broken:
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
        page = context.new_page()
        page.goto(url)
        page.get_by_test_id("stFileUploaderDropzone").wait_for()
        found = violations(page)
        context.close()
        return found

    return broken


def violations(page: Page) -> Broken:
    """The rules that are broken, with the elements that break them."""
    found = Axe().run(page).response["violations"]
    return {v["id"]: [n["html"][:160] for n in v["nodes"]] for v in found}


def beyond(page: Page, known: Broken) -> Broken:
    """What a page breaks that a bare one does not."""
    return {rule: nodes for rule, nodes in violations(page).items() if rule not in known}
