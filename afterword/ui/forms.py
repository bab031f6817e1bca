"""What forms have in common: fields that say what is wrong with them, and keep what was typed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from afterword.domain.errors import Problem
from afterword.ui import focus, keys
from afterword.ui.typed import as_typed

INDEX = re.compile(r"\[\d+\]")
FIVE_MINUTES = 5
MONTH_FIRST = frozenset({"en-US", "en-PH"})
DAY_FIRST = ("en-GB", "en-AU", "en-NZ", "en-IE", "en-IN", "de", "fr", "es", "it", "pt", "nl", "pl")


@dataclass
class Form:
    """One form on screen: its name, and for each place in the data the spot beneath its field."""

    name: str
    spots: dict[str, tuple[str, DeltaGenerator]] = field(default_factory=dict)
    fields: dict[str, str] = field(default_factory=dict)

    def key(self, name: str) -> str:
        """The key of one of its fields."""
        return keys.field(self.name, name)

    def spot(self, label: str, *places: str, field: str | None = None) -> None:
        """Keep a spot here for what is wrong with these places of the data; `field` is where to mend it."""
        here = st.empty()
        for place in places:
            self.spots[place] = (label, here)
            if field is not None:
                self.fields[place] = field

    @property
    def was_tried(self) -> bool:
        """Whether it was sent with something wrong in it; from then on it is checked as it is mended."""
        return bool(st.session_state.get(keys.tried(self.name)))

    def refuse(self, problems: Iterable[Problem]) -> None:
        """Say at each field what is wrong with it, and at the end what belongs to none."""
        st.session_state[keys.tried(self.name)] = True
        by_spot: dict[str, list[str]] = {}
        for problem in problems:
            place = next((p for p in self.spots if covers(p, problem.path)), "")
            label = self.spots[place][0] if place else ""
            by_spot.setdefault(place, []).append(sentence(label, problem))
        for place, sentences in by_spot.items():
            where = self.spots[place][1] if place else st
            where.error("\n\n".join(dict.fromkeys(sentences)))

    def show_first(self, problems: Iterable[Problem]) -> None:
        """Put the hand on the first field that something is wrong with, which may lie off the screen."""
        for problem in problems:
            named = next((self.fields[p] for p in self.fields if covers(p, problem.path)), None)
            if named is not None:
                focus.move_to(self.key(named))
                return

    def forget(self) -> None:
        """Let the form be new again."""
        st.session_state.pop(keys.tried(self.name), None)


def covers(place: str, path: str) -> bool:
    """Whether a field's place in the data holds that path, positions in lists aside."""
    bare, wanted = INDEX.sub("", path), INDEX.sub("", place)
    return bare == wanted or bare.startswith(f"{wanted}.")


def sentence(label: str, problem: Problem) -> str:
    """What is wrong, as a sentence about the field."""
    begin = label or problem.path
    return as_typed(f"{begin} {problem.sentence}.")


def lately(now: datetime) -> datetime:
    """The present moment as a form offers it: without an offset, to the last five minutes."""
    bare = now.replace(tzinfo=None, second=0, microsecond=0)
    return bare - timedelta(minutes=bare.minute % FIVE_MINUTES)


def text(value: str | None) -> str | None:
    """What was typed, None for nothing."""
    stripped = (value or "").strip()
    return stripped or None


def date_format() -> str:
    """How dates are written where the visitor's browser is from; year first where it does not say."""
    language = st.context.locale or ""
    if language in MONTH_FIRST:
        return "MM/DD/YYYY"
    return "DD/MM/YYYY" if language.startswith(DAY_FIRST) else "YYYY/MM/DD"
