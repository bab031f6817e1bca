"""Keeps the keyboard's focus where the hand is when an action replaces what had it, and says how wide the page is."""

from __future__ import annotations

import streamlit as st

from afterword.ui import keys, viewport

# The element may appear a few frames after this runs, a form's first field after its last, and a widget's own
# element carries its key as a class. What is focused is focused once more if it is drawn anew at once.
SCRIPT = """
let last = 0
const FIELDS = "button, input, textarea, summary, a[href], [tabindex='0']"
const ready = box =>
  document.querySelector("[data-testid=stApp]")?.dataset.testScriptState === "notRunning" &&
  !box.querySelector("[data-testid=stSkeleton]")
let width = null
export default function ({ data, setStateValue }) {
  if (!width) {
    width = matchMedia("(max-width: 640px)")
    width.addEventListener("change", () => setStateValue("narrow", width.matches))
    if (width.matches !== data.narrow) setStateValue("narrow", width.matches)
  }
  // A chart's tooltip would outlive the page of its chart.
  if (!document.querySelector("[data-testid=stVegaLiteChart]")) document.getElementById("vg-tooltip-element")?.remove()
  if (!data || !data.key || data.count === last) return
  last = data.count
  const until = performance.now() + 2500
  const before = document.activeElement
  let reached = null
  const look = () => {
    const box = document.querySelector(".st-key-" + CSS.escape(data.key))
    const elsewhere = ![before, reached, document.body].includes(document.activeElement)
    if (last !== data.count || elsewhere) return
    if (box && ready(box) && !(reached && reached.isConnected)) {
      const target = [...box.querySelectorAll(FIELDS)].find(field => !field.disabled)
      target?.focus({ preventScroll: true })
      if (target && document.activeElement === target) {
        reached = target
        const { top, bottom } = target.getBoundingClientRect()
        if (top < 120 || bottom > innerHeight) target.scrollIntoView({ block: "center" })
      }
    }
    if (performance.now() < until) requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
}
"""

_component = st.components.v2.component("afterword_focus", js=SCRIPT)


PART = "focus"


def move_to(key: str) -> None:
    """Ask for the focus to be on the widget of that key after this run."""
    st.session_state[keys.FOCUS] = (key, placed_count() + 1)


def is_wanted() -> bool:
    """Whether the focus was asked for and has not been placed yet."""
    return bool(st.session_state.get(keys.FOCUS, ("", 0))[1] != placed_count())


def placed_count() -> int:
    """How often the focus was placed in this session."""
    count: int = st.session_state.get(keys.FOCUS_PLACED, 0)
    return count


@st.fragment(key=PART)
def place() -> None:
    """Put the component on the page; it takes a row of one pixel and must always be there."""
    key, count = st.session_state.get(keys.FOCUS, ("", 0))
    st.session_state[keys.FOCUS_PLACED] = count
    narrow = viewport.is_narrow()
    data = {"key": key, "count": count, "narrow": narrow}
    said = _component(
        key="focus-keeper", data=data, height=1, default={"narrow": narrow}, on_narrow_change=lambda: None
    ).get("narrow")
    if said is not None and said != narrow:
        st.session_state[keys.NARROW] = said
        st.rerun()
