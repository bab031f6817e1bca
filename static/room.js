// Listens to a room and has its part of the page drawn again when there is news; counts down the time that is left.
// It works over plain HTTP too, and where no stream comes through it asks every two seconds.
const ASK_EVERY = 2_000
const PATIENCE = 6_000 // for the stream's first word
const SAY_AGAIN = 2_000 // a run that another one overtakes forgets what it was told
const HERE = () => Date.now()

let line = null // what is listened to: its room, its stream, and the way to say something
let drawn = null // what the page shows
let heard = null // what the room said last
let saidAt = 0
let ends = null // when the time is up, by this browser's own clock
let told = "" // what a screen reader was told of the time
let shown = null // the elements that show it
let here = null // where the component stands
let last = "" // what it was given last: given the same again, as with another theme, the time goes on

const news = words => (line?.moves ? words.split(" ")[0] : words)

const say = () => {
  if (!line || heard === null || news(heard) === drawn || HERE() - saidAt < SAY_AGAIN) return
  saidAt = HERE()
  line.say("news", heard)
}

const hear = words => {
  if (words === heard) return
  heard = words
  saidAt = 0
  if (line.moves) say() // who leads has moved the room by a click, which draws the page already: the next tick will see
}

const ask = async asked => {
  try {
    const answer = await fetch(asked.address("now"), { cache: "no-store" })
    if (asked !== line) return
    if (answer.ok) hear((await answer.text()).trim())
    else if (answer.status === 404) hear("gone")
  } catch {
    // Without a network there is nothing to say; the next time may go better.
  }
}

const listen = asked => {
  asked.heardAt = HERE()
  asked.stream = new EventSource(asked.address("events") + (asked.moves ? "?moves" : ""))
  asked.stream.onmessage = event => {
    asked.heardAt = null
    if (asked === line) hear(event.data)
  }
  asked.stream.addEventListener("gone", () => {
    asked.stream.close()
    if (asked === line) hear("gone")
  })
  asked.stream.onerror = () => (asked.heardAt ??= HERE())
}

const stop = () => {
  line?.stream.close()
  clearInterval(line?.timer)
  line = null
}

const tick = () => {
  if (!line) return
  const isSilent = line.heardAt !== null && HERE() - line.heardAt > PATIENCE
  if (isSilent && heard !== "gone" && HERE() - (line.askedAt ?? 0) >= ASK_EVERY) {
    line.askedAt = HERE()
    ask(line)
    if (line.stream.readyState === EventSource.CLOSED) listen(line)
  }
  say()
  count()
}

const begin = (data, setTriggerValue) => {
  stop()
  heard = null
  saidAt = 0
  const address = what => new URL(`room/${encodeURIComponent(data.room)}/${what}`, document.baseURI)
  line = { room: data.room, moves: data.moves, address, say: setTriggerValue, askedAt: 0 }
  listen(line)
  line.timer = setInterval(tick, 500)
}

// A browser holds few lines to one place: a page that is left gives its own back.
addEventListener("pagehide", stop)

// A phone that was asleep may have missed the stream's end.
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && line && ask(line))

const clock = seconds => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`

const count = () => {
  if (!shown) return
  shown.row.hidden = ends === null
  if (ends === null) return
  const left = Math.ceil((ends - HERE()) / 1_000)
  const words = left > 0 ? `${clock(left)} left` : shown.over ? `${clock(-left)} over` : "Time is up"
  if (shown.clock.textContent !== words) shown.clock.textContent = words
  // Seconds are not read out: only that one minute is left, and that it is over.
  const aloud = left <= 0 ? "Time is up." : left <= 60 ? "One minute left." : ""
  if (aloud !== told) shown.aloud.textContent = told = aloud
}

export default function ({ data, parentElement, setTriggerValue }) {
  if (!line || line.room !== data.room || line.moves !== data.moves) begin(data, setTriggerValue)
  line.say = setTriggerValue
  here = parentElement
  const all = JSON.stringify(data)
  if (all !== last) ends = data.left === null ? null : HERE() + data.left * 1_000
  last = all
  drawn = data.drawn
  const part = name => parentElement.querySelector(`.${name}`)
  shown = { row: part("row"), clock: part("clock"), aloud: part("aloud"), over: data.over }
  shown.row.classList.toggle("large", data.large)
  if (part("now").textContent !== data.title) part("now").textContent = data.title
  part("beside").textContent = data.beside
  count()
  say()
  return () => here === parentElement && stop()
}
