"""Visits to a server that was started for a workshop."""

import streamlit as st

from afterword.ui import keys, wiring
from tests.hall.rooms import HERE, KEY, THERE
from tests.pages.conftest import Visit

AGENDA = "forty-five"


def start(monkeypatch, tmp_path, **more):
    """Start the process anew as a workshop's server."""
    settings = {
        "AFTERWORD_ROOM": "1",
        "AFTERWORD_LEADER_KEY": KEY,
        "AFTERWORD_ADDRESS": "http://192.168.1.7:8501",
        "AFTERWORD_ROOMS": str(tmp_path / "rooms.sqlite3"),
        **more,
    }
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    # AppTest knows neither cookies nor addresses.
    monkeypatch.setattr(wiring, "visitor", lambda: st.session_state[keys.VISITOR])
    monkeypatch.setattr(wiring, "visitor_address", lambda: THERE)
    st.cache_resource.clear()


class Member(Visit):
    """Somebody with a browser of their own at the workshop."""

    def __init__(self, name):
        super().__init__()
        self.at.session_state[keys.VISITOR] = f"the-token-of-{name}"

    def join(self, code):
        return self.at_page("join", code=code)

    def at_page(self, page, /, **query):
        for name in list(self.at.query_params):
            del self.at.query_params[name]
        return self.go_to(page, **query)

    def type(self, label, value):
        """Type into the field of a form, which hears of it once its button is pressed."""
        self.labelled(label).set_value(value)
        return self

    def choose(self, words):
        """Answer the question on the page."""
        field = self.at.radio[0]
        field.set_value(next(one for one in field.options if one == words))
        return self.run()

    @property
    def chosen(self):
        return self.at.radio[0].value


class Opened:
    """A room that was opened, and who leads it."""

    def __init__(self, agenda=AGENDA):
        self.hall = wiring.hall()
        self.room, self.secret = self.hall.open_room(KEY, agenda, HERE)
        self.id, self.code = self.room.id, self.room.code

    def do(self, act, *args):
        return getattr(self.hall, act)(self.id, self.secret, *args)

    def leader(self):
        return Member("alice").at_page("workshop", room=self.id, leader=self.secret)

    def counts(self, block):
        return {choice.id: count for choice, count in self.hall.results(self.id, block).counts if count}
