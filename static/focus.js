// Keeps the focus where the hand is when an action replaces what had it. The element may appear a few frames after
// this runs, a form's first field after its last, and a widget's own element carries its key as a class. What is
// focused is focused once more if it is drawn anew at once.
const FIELDS = "button, input, textarea, summary, a[href], [tabindex='0']"
// Where the hand goes from a button of a card, so that the answer has not to say so: to what then stands in its
// place, or into the form that it opens.
const AFTER = { tick: "undo", undo: "tick", hear: "form", correct: "form" }
const BUTTON = /^st-key-(tick|undo|hear|correct)-/
const PATIENCE = 2_500
const FOR_AN_ANSWER = 15_000
const ready = box =>
  document.querySelector("[data-testid=stApp]")?.dataset.testScriptState === "notRunning" &&
  !box.querySelector("[data-testid=stSkeleton]")
let width = null
let last = 0
let moves = 0

const move = (name, patience) => {
  const own = (moves += 1)
  let until = performance.now() + patience
  const before = document.activeElement
  let reached = null
  const look = () => {
    const box = document.getElementsByClassName(name)[0]
    const elsewhere = ![before, reached, document.body].includes(document.activeElement)
    if (moves !== own || elsewhere) return
    if (box && ready(box) && !(reached && reached.isConnected)) {
      const target = [...box.querySelectorAll(FIELDS)].find(field => !field.disabled)
      target?.focus({ preventScroll: true })
      if (target && document.activeElement === target) {
        if (!reached) until = Math.min(until, performance.now() + PATIENCE)
        reached = target
        const { top, bottom } = target.getBoundingClientRect()
        if (top < 120 || bottom > innerHeight) target.scrollIntoView({ block: "center" })
      }
    }
    if (performance.now() < until) requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
}

const pressed = ({ target }) => {
  const classes = target.closest?.('[class*="st-key-"]')?.classList ?? []
  const own = [...classes].find(name => BUTTON.test(name))
  if (own) move(own.replace(BUTTON, (_, name) => `st-key-${AFTER[name]}-`), FOR_AN_ANSWER)
}

export default function ({ data, setStateValue }) {
  if (!width) {
    width = matchMedia("(max-width: 640px)")
    width.addEventListener("change", () => setStateValue("narrow", width.matches))
    if (width.matches !== data.narrow) setStateValue("narrow", width.matches)
    addEventListener("click", pressed, { capture: true, passive: true })
  }
  // A chart's tooltip would outlive the page of its chart.
  if (!document.querySelector("[data-testid=stVegaLiteChart]")) document.getElementById("vg-tooltip-element")?.remove()
  if (!data || !data.key || data.count === last) return
  last = data.count
  move("st-key-" + data.key, PATIENCE)
}
