"""A visit to the whole app, without a browser. Nobody sent a Host header here, so the visitor is a guest."""

import os
import re
from dataclasses import replace
from pathlib import Path

import pytest
import streamlit as st
from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Header, Markdown

from afterword.desk import Desk
from afterword.store.memory import MemoryRepository
from afterword.store.repository import OWNER
from afterword.ui import keys, live, shelf
from tests.desk.cast import HANDBOOK, NOW, SetClock

ROOT = Path(__file__).resolve().parents[2]
FIRST_RUN = "Just out of an interview?"
PHASES = [phase.id for phase in HANDBOOK.phases]
ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


def as_read(markdown):
    """What a reader sees of it: escapes taken back."""
    return ESCAPED.sub(r"\1", markdown)


class Visit:
    """One visitor's session. After every run nothing must have failed and one title must stand there."""

    def __init__(self, *applications):
        self.at = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
        self.at.context = {"timezone": "America/New_York"}
        self.repository = MemoryRepository()
        for number, application in enumerate(applications):
            desk = Desk(OWNER, self.repository, SetClock(), HANDBOOK, "America/New_York")
            desk.add(replace(application, id=application.id or f"a{number}"))
        self.at.session_state["guest"] = self.repository

    def run(self):
        self.at.run()
        assert not self.at.exception, [e.message for e in self.at.exception]
        assert len(self.at.title) == 1
        return self

    def go_to(self, page, /, **query):
        self.at.switch_page(f"pages/{page}.py")
        for name, value in query.items():
            self.at.query_params[name] = value
        return self.run()

    def press(self, label):
        """Press the only button whose label begins so."""
        self.labelled(label).click()
        return self.run()

    def fill(self, label, value):
        """Fill the only field whose label begins so, and leave it."""
        self.labelled(label).set_value(value)
        return self.run()

    def open(self, name):
        """Open what shuts: by its key, or the phase or part of that name on the first application's page."""
        among = shelf.PHASES if name in PHASES else shelf.MORE if name in live.MORE else None
        if among is None:
            self.at.session_state[name] = True
        else:
            key = keys.part("a0", among)
            standing = self.at.session_state[key] if key in self.at.session_state else []  # noqa: SIM401 - it has no get
            self.at.session_state[key] = [*standing, name]
        return self.run()

    def holds(self, label):
        """What the only field holds whose label begins so."""
        return self.labelled(label).value

    def offers(self, label):
        """Whether there is a field or a button whose label begins so."""
        return bool(self._labelled(label))

    def labelled(self, label):
        """The only field or button whose label begins so."""
        found = self._labelled(label)
        assert len(found) == 1, (label, [node.label for node in found], self.labels)
        return found[0]

    def _labelled(self, label):
        every = self._widgets()
        exact = [node for node in every if as_read(node.label) == label]
        return exact or [node for node in every if as_read(node.label).startswith(label)]

    def _widgets(self):
        """Fields and buttons, but not what opens and shuts."""
        return [
            node
            for node in self.at.main
            if getattr(node, "label", None) and hasattr(node, "set_value") | hasattr(node, "click")
        ]

    @property
    def labels(self):
        """The labels of all fields and buttons, as they are read."""
        return [as_read(node.label) for node in self._widgets()]

    @property
    def title(self):
        return self.at.title[0].value

    @property
    def headers(self):
        """Every heading under the title."""
        found = (node for node in self.at.main if isinstance(node, Header | Markdown))
        headings = (
            node.value for node in found if not isinstance(node, Markdown) or node.value.startswith("#")
        )
        return [as_read(words.lstrip("# ")) for words in headings]

    @property
    def errors(self):
        return [as_read(error.value) for error in self.at.error]

    @property
    def successes(self):
        return [success.value for success in self.at.success]

    @property
    def text(self):
        """Everything in words on the page as it is read, popovers and expanders too."""
        return as_read(self.markdown)

    @property
    def markdown(self):
        """The same as it is written."""
        parts = (self.at.markdown, self.at.success, self.at.info, self.at.warning, self.at.error)
        return "\n".join(element.value for part in parts for element in part)

    def application(self, id="a0"):
        """What is kept of an application."""
        return self.repository.get(OWNER, id).application

    def plan(self, id="a0"):
        """What is planned for an application."""
        return Desk(OWNER, self.repository, SetClock(), HANDBOOK, "America/New_York").open(id).plan

    def kept(self):
        """Everything that is kept."""
        return [kept.application for kept in self.repository.all(OWNER)]


@pytest.fixture(autouse=True)
def pages_of_navigation(monkeypatch):
    """AppTest forgets before each run that the pages are those of st.navigation; a running process does not."""
    original = PagesManager.__init__

    def init(self, *args, **more):
        original(self, *args, **more)
        PagesManager.uses_pages_directory = False

    monkeypatch.setattr(PagesManager, "__init__", init)


@pytest.fixture(autouse=True)
def whole_pages(monkeypatch):
    """AppTest keeps nothing of a page but the parts of the last run, so that here each run draws it whole."""
    monkeypatch.setattr(shelf, "draw", lambda _: None)


@pytest.fixture(autouse=True)
def fresh_process(tmp_path, monkeypatch):
    """A process that has just started on the third of November, with a data folder of its own."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("AFTERWORD_NOW", NOW.isoformat())
    for name in [name for name in os.environ if name.startswith("AFTERWORD_") and name != "AFTERWORD_NOW"]:
        monkeypatch.delenv(name, raising=False)
    st.cache_resource.clear()
    yield
    st.cache_resource.clear()


@pytest.fixture
def visit():
    """Opens the app as a visitor with these applications."""
    return lambda *applications: Visit(*applications).run()


@pytest.fixture
def on_day(monkeypatch):
    """Starts the process anew on another day."""

    def start(moment):
        monkeypatch.setenv("AFTERWORD_NOW", moment)
        st.cache_resource.clear()

    return start
