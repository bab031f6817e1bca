"""Every widget a visitor can use; what is in each is said again under it."""

from __future__ import annotations

from datetime import date, datetime, time

import streamlit as st

if "turns" not in st.session_state:
    st.session_state.update(turns=0, moves=0)

JS = "export default () => {}"
bell = st.components.v2.component("bell", js=JS)


def said(name: str, value: object) -> None:
    st.markdown(f"{name}: {value}")


st.title("Every widget")
said("Radio", st.radio("Radio", ["red", "green"], index=None))
said("Selectbox", st.selectbox("Selectbox", ["one", "two"]))
said("Segments", st.segmented_control("Segments", ["north", "south"], default="north"))
said("Pills", st.pills("Pills", ["a", "b", "c"], selection_mode="multi"))
said("Several", st.multiselect("Several", ["x", "y", "z"], default=["z"]))
said("Toggle", st.toggle("Toggle", value=True))
said("Day", st.date_input("Day", date(2026, 11, 5)))
said("Moment", st.datetime_input("Moment", datetime(2026, 11, 5, 16, 30), max_value=datetime(2030, 1, 1)))  # noqa: DTZ001
said("Time", st.time_input("Time", time(9, 0)))
said("Number", st.number_input("Number", value=3))
said("Page", st.pagination(5))
said("Words", st.text_area("Words"))
said("Line", st.text_input("Line", value=None))
with st.expander("More", key="more", on_change="rerun") as opened:
    said("Opened", opened.open)
with st.form("form"):
    name = st.text_input("Name")
    ripe = st.checkbox("Ripe")
    sent = st.form_submit_button("Send")
said("Form", (name, ripe, sent))
file = st.file_uploader("File")
said("File", file and (file.name, file.getvalue()))
points = st.vega_lite_chart(
    {
        "data": {"values": [{"id": "p"}]},
        "mark": "rect",
        "params": [{"name": "lane", "select": {"type": "point", "fields": ["id"]}}],
        "encoding": {"x": {"field": "id"}},
    },
    on_select="rerun",
    alt="Lanes",
    key="lanes",
)
said("Chart", points["selection"].get("lane"))


@st.fragment(key="rings")
def rings() -> None:
    told = bell(key="my-bell", data={"turn": 7}, on_rung_change=lambda: None, on_turn_change=lambda: None)
    said("Bell", (told.get("turn"), told.get("rung")))


@st.fragment(run_every=0.1)
def turns() -> None:
    st.session_state["turns"] += 1
    said("Turns", st.session_state["turns"])


rings()
if st.query_params.get("repeats"):
    turns()
if st.button("Move"):
    st.query_params["moved"] = "yes"
said("Moved", st.query_params.get("moved"))
said("Cookie", st.context.cookies.get("flavour"))
if st.button("Break"):
    st.error("Broken")
