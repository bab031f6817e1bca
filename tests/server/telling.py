"""A page for the tests of bursts: parts that ask for one another, and runs that go on until they may end."""

import time
from pathlib import Path

import streamlit as st

from afterword.bursts import drawn_in_this_run

st.session_state.setdefault("drawn", {"here": 0, "there": 0})
st.session_state.setdefault("note", "")
st.session_state.setdefault("pressed", [])
NUMBERS = range(20)


def ask(*parts: str) -> None:
    st.session_state.note = "in one run"
    if not drawn_in_this_run(parts):
        st.session_state.note = "in another run"
        st.rerun(parts)


def mark(part: str) -> None:
    st.session_state.drawn[part] += 1
    st.markdown(f"{part} was drawn {st.session_state.drawn[part]} times")


@st.fragment(key="here")
def here() -> None:
    mark("here")
    st.button("Only here")
    st.button("There", on_click=ask, args=("there",))
    st.button("Both", on_click=ask, args=("here", "there"))
    if st.button("Fail"):
        raise ZeroDivisionError


@st.fragment(key="there")
def there() -> None:
    mark("there")
    st.markdown(st.session_state.note)
    st.markdown(f"Odd ones: {sorted(number for number in st.session_state.pressed if number % 2)}")


def press(number: int) -> None:
    st.session_state.pressed.append(number)
    if number % 2:
        ask(f"number-{number}", "there")


def numbered(number: int) -> None:
    st.button(f"Number {number}", on_click=press, args=(number,))
    st.markdown(f"{number} was pressed {st.session_state.pressed.count(number)} times")


@st.fragment(key="slow")
def slow() -> None:
    if st.button("Slowly"):
        st.markdown("It goes on")
        while not Path(st.query_params["gate"]).exists():
            time.sleep(0.01)
        st.markdown("It has ended")


@st.fragment(key="many")
def many() -> None:
    if st.button("Thousands"):
        for number in range(3000):
            st.markdown(f"Line {number}")


here()
there()
slow()
many()
for one in NUMBERS:
    st.fragment(numbered, key=f"number-{one}")(one)
st.button("From outside", on_click=ask, args=("there",))
