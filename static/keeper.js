// Keeps a guest's applications in the guest's own browser, in step with the session and with other tabs.
const PREFIX = "afterword/"
const ENDS_AFTER = "afterword-ends-after"
const LAST_SEEN = "afterword-last-seen"
const MINUTE = 60_000
const FETCHED_AFTER = 2_000

let turn = 0
let erased = 0
let chosen = 0 // how often the session chose when everything is to end
let isRefused = false
let session = null
let isWatching = false
let say = null
let isAsked = false
let waiting = null // what other tabs changed and the session has not heard of yet
let told = 0

const names = () => Object.keys(localStorage).filter(name => name.startsWith(PREFIX))

const everything = () =>
  Object.fromEntries(names().map(name => [name.slice(PREFIX.length), localStorage.getItem(name)]))

const erase = () => [...names(), LAST_SEEN].forEach(name => localStorage.removeItem(name))

const keep = texts => {
  for (const [name, text] of Object.entries(texts)) {
    if (text === null) localStorage.removeItem(PREFIX + name)
    else localStorage.setItem(PREFIX + name, text)
  }
}

const isOver = () => {
  const minutes = Number(localStorage.getItem(ENDS_AFTER))
  const seen = Number(localStorage.getItem(LAST_SEEN))
  return minutes > 0 && seen > 0 && Date.now() - seen > minutes * MINUTE
}

const end = () => {
  erase()
  location.reload()
}

const seen = () => (isOver() ? end() : localStorage.setItem(LAST_SEEN, String(Date.now())))

const watch = () => {
  isWatching = true
  for (const event of ["pointerdown", "keydown"]) addEventListener(event, seen, { passive: true })
  setInterval(() => isOver() && end(), 5_000)
  addEventListener("storage", event => {
    if (event.key === null) tell(true, {})
    else if (event.key === ENDS_AFTER) tell(false, {})
    else if (event.key.startsWith(PREFIX)) tell(false, { [event.key.slice(PREFIX.length)]: event.newValue })
  })
  addEventListener("click", taken, { capture: true, passive: true })
  setInterval(repeat, 1_000)
}

// What a file said is known once it was made; a run of the whole page then would take it from under the download.
const taken = event => {
  if (event.target.closest?.('[data-testid="stDownloadButton"]'))
    setTimeout(() => say("taken", { at: Date.now() }), FETCHED_AFTER)
}

const tell = (cleared, texts) => {
  told += 1
  waiting = { told, cleared: cleared || Boolean(waiting?.cleared), texts: { ...waiting?.texts, ...texts } }
  waiting.ends_after = Number(localStorage.getItem(ENDS_AFTER))
  say("others", waiting)
}

const answer = () =>
  say("kept", { texts: everything(), ends_after: Number(localStorage.getItem(ENDS_AFTER)) })

// A run that another one overtakes forgets what it was told: what got no answer is said again.
const repeat = () => {
  if (isAsked) answer()
  else if (waiting) say("others", waiting)
}

// A session begins with a page, and anew on the same page when the server was started again.
const begin = data => {
  if (isOver()) erase()
  seen()
  if (!isWatching) watch()
  session = data.session
  turn = 0
  erased = data.erased
  chosen = data.chosen
  waiting = null
  answer()
}

const obey = data => {
  if (waiting && data.heard >= waiting.told) waiting = null
  if (data.erased > erased) {
    erased = data.erased
    turn = 0
    erase()
  }
  if (data.chosen > chosen) {
    chosen = data.chosen
    localStorage.setItem(ENDS_AFTER, String(data.ends_after))
  }
  if (data.since > turn) say("gap", { turn })
  else {
    keep(data.texts)
    turn = Math.max(turn, data.turn)
    if (isRefused) say("fine", { turn })
    isRefused = false
  }
}

export default function ({ data, setTriggerValue }) {
  say = setTriggerValue
  isAsked = data.asks
  try {
    if (data.session !== session) begin(data)
    else if (!data.asks) obey(data)
  } catch (error) {
    isRefused = true
    say("refused", { why: error.name === "QuotaExceededError" ? "full" : "refused" })
  }
}
