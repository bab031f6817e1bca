"""A button that puts a text on the clipboard, also where the page was not reached securely."""

from __future__ import annotations

import streamlit as st

HTML = """<button type="button"></button>
<span role="status"></span>
<textarea readonly hidden rows="4"></textarea>"""

# Looks as Streamlit's own buttons do, by the theme's own variables; nothing outside it is touched.
CSS = """
:host { display: block }
button {
  font: inherit; font-family: var(--st-font); color: var(--st-text-color); background: var(--st-background-color);
  border: 1px solid var(--st-border-color); border-radius: var(--st-button-radius, var(--st-base-radius));
  min-height: 2.5rem; padding: 0.25rem 0.75rem; cursor: pointer; margin: 2px
}
button:hover { border-color: var(--st-primary-color) }
button:focus-visible { outline: 2px solid var(--st-primary-color); outline-offset: 1px }
span { font-family: var(--st-font); color: var(--st-text-color); margin-left: 0.5rem }
textarea {
  display: block; box-sizing: border-box; width: calc(100% - 4px); margin: 4px 2px; font: inherit;
  color: var(--st-text-color); background: var(--st-secondary-background-color);
  border: 1px solid var(--st-border-color)
}
textarea[hidden] { display: none }
"""

# Without a secure context there is no clipboard to ask for: the older way is tried then, and where that is
# refused too the text stands there, selected, to be copied by hand.
SCRIPT = """
export default function ({ data, parentElement }) {
  const button = parentElement.querySelector("button")
  const told = parentElement.querySelector("span")
  const box = parentElement.querySelector("textarea")
  const say = words => { told.textContent = words }
  button.textContent = data.label
  box.setAttribute("aria-label", data.label)
  if (box.value !== data.text) {
    box.value = data.text
    box.hidden = true
    say("")
  }
  button.onclick = async () => {
    try {
      await navigator.clipboard.writeText(data.text)
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
}
"""

_component = st.components.v2.component("afterword_copying", html=HTML, css=CSS, js=SCRIPT)

COPIED = "Copied."
BY_HAND = "Your browser does not let a page copy. The text is selected: press Ctrl+C, or ⌘C on a Mac."


def button(label: str, text: str, key: str) -> None:
    """The button; what came of pressing it is said beside it."""
    data = {"label": label, "text": text, "copied": COPIED, "by_hand": BY_HAND}
    _component(key=key, data=data, height="content")
