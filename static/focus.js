// Keeps the focus where the hand is when an action replaces what had it. The element may appear a few frames after
// this runs, a form's first field after its last, and a widget's own element carries its key as a class. What is
// focused is focused once more if it is drawn anew at once.
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
