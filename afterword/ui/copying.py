"""Buttons that put a text on the clipboard, also where the page was not reached securely."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

HTML = """<div class="row"></div><span role="status"></span><textarea readonly hidden rows="4"></textarea>"""

# Looks as Streamlit's own buttons do, by the theme's own variables; nothing outside it is touched.
CSS = """
.row { display: flex; flex-wrap: wrap; gap: 1rem; margin: 2px }
button {
  font: inherit; font-family: var(--st-font); font-size: 0.875rem; color: var(--st-text-color); background: var(--st-background-color);
  border: 1px solid var(--st-border-color); border-radius: var(--st-button-radius, var(--st-base-radius));
  min-height: 2.5rem; padding: 0.25rem 0.75rem; cursor: pointer
}
button:hover { border-color: var(--st-primary-color) }
button:focus-visible { outline: 2px solid var(--st-primary-color); outline-offset: 1px }
span { font-family: var(--st-font); color: var(--st-text-color) }
textarea {
  display: block; box-sizing: border-box; width: calc(100% - 4px); margin: 4px 2px; font: inherit;
  color: var(--st-text-color); background: var(--st-secondary-background-color);
  border: 1px solid var(--st-border-color)
}
textarea[hidden] { display: none }
"""

# Without a secure context there is no clipboard to ask for: the older way is tried then, and where that is
# refused too the text stands there, selected, to be copied by hand. A field is kept when it is left, so words typed
# right before the button is pressed are still on their way then: they are waited for.
SCRIPT = """
const LONGEST = 1500, LONGEST_RUN = 10000
const isBusy = () => document.querySelector("[data-testid=stApp]")?.dataset.testScriptState !== "notRunning"
export default function ({ data, parentElement }) {
  const row = parentElement.querySelector(".row")
  const told = parentElement.querySelector("span")
  const box = parentElement.querySelector("textarea")
  const say = words => { told.textContent = words }
  const all = JSON.stringify(data.texts)
  if (row.dataset.all === undefined) {
    const typed = () => row.isConnected ? (row.isTyped = true) : document.removeEventListener("input", typed)
    document.addEventListener("input", typed)
  }
  if (row.dataset.all !== all) {
    row.dataset.all = all
    row.isTyped = false
    box.hidden = true
    say("")
  }
  while (row.children.length > data.texts.length) row.lastChild.remove()
  while (row.children.length < data.texts.length) {
    row.append(Object.assign(document.createElement("button"), { type: "button" }))
  }
  const newest = async () => {
    const passed = (began => () => performance.now() - began)(performance.now())
    while (row.isTyped && passed() < (isBusy() ? LONGEST_RUN : LONGEST)) await new Promise(requestAnimationFrame)
    row.isTyped = false
  }
  const copy = async (button, label, place) => {
    if (row.isTyped) await newest()
    const text = JSON.parse(row.dataset.all)[place][1]
    box.value = text
    box.setAttribute("aria-label", label)
    try {
      await navigator.clipboard.writeText(text)
      box.hidden = true
      say(data.copied)
    } catch {
      box.hidden = false
      box.focus()
      box.select()
      if (document.execCommand("copy")) {
        box.hidden = true
        button.focus()
        say(data.copied)
      } else say(data.by_hand)
    }
  }
  data.texts.forEach(([label], place) => {
    const button = row.children[place]
    button.textContent = label
    button.onclick = () => copy(button, label, place)
  })
}
"""

_component = st.components.v2.component("afterword_copying", html=HTML, css=CSS, js=SCRIPT)

COPIED = "Copied."
BY_HAND = "Your browser does not let a page copy. The text is selected: press Ctrl+C, or ⌘C on a Mac."


def buttons(texts: Mapping[str, str], key: str) -> None:
    """A button for each text, by its label; what came of pressing it is said beneath."""
    data = {"texts": list(texts.items()), "copied": COPIED, "by_hand": BY_HAND}
    _component(key=key, data=data, height="content")
