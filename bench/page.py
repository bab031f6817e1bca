"""What a page shows: kept from the server's messages as a browser keeps it, but only as far as measuring needs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates

from bench.widgets import KINDS, UNFOLDED, Value, state_of

Place = tuple[int, ...]

# Where each kind of element has its words.
SAYS = {"heading": "body", "markdown": "body", "alert": "body", "text": "body", "code": "code_text"}


@dataclass(frozen=True, slots=True)
class Shown:
    """An element, the fragment that it is redrawn with (or ""), and its hash if it may be kept (or "").

    A block that the server hears of when it is opened is one too.
    """

    element: Any
    fragment: str
    hash: str

    @property
    def kind(self) -> str:
        """What Streamlit calls it: button, checkbox, markdown."""
        return str(self.element.WhichOneof("type"))

    @property
    def content(self) -> Any:
        """The message of its kind, for a widget with `id` and `label`."""
        return getattr(self.element, self.kind)

    @property
    def label(self) -> str:
        """What a person finds it by: its label, a chart's sentence, a component's name."""
        content = self.content
        return next(
            (
                str(getattr(content, name))
                for name in ("label", "alt", "component_name")
                if hasattr(content, name)
            ),
            "",
        )

    @property
    def form(self) -> str:
        """The form that it waits in until that is sent, or ""."""
        return str(getattr(self.content, "form_id", ""))


@dataclass
class Page:
    """The elements of one page by their place, and the value of each widget that has one by its id.

    `script` is Streamlit's name for the page, which every request after the first one names, `query` what
    stands behind the question mark of its address by now. `is_there` is False once the server has said that
    it has no page of the name asked for. `waiting` holds what was entered into a form and not sent yet.
    """

    script: str = ""
    query: str = ""
    session: str = ""
    is_there: bool = True
    scripts: dict[str, str] = field(default_factory=dict)
    shown: dict[Place, Shown] = field(default_factory=dict)
    values: dict[str, Value] = field(default_factory=dict)
    waiting: dict[str, dict[str, Value]] = field(default_factory=dict)
    _fragments: frozenset[str] = frozenset()
    _blocks: set[Place] = field(default_factory=set)
    _drawn: dict[Place, Shown] = field(default_factory=dict)

    def take(self, message: ForwardMsg) -> None:
        """Let a message change what is shown."""
        match message.WhichOneof("type"):
            case "new_session":
                self._begin(message)
            case "navigation":
                self.script = message.navigation.page_script_hash
                self.scripts = {
                    page.url_pathname: page.page_script_hash for page in message.navigation.app_pages
                }
            case "page_info_changed":
                self.query = message.page_info_changed.query_string
            case "page_not_found":
                self.is_there = False
            case "delta":
                self._draw(message)
            case "ref_hash":
                self._draw_again(message)
            case "script_finished":
                self._finish(message.script_finished)

    def widget(self, kinds: str | Sequence[str], label: str) -> Shown:
        """The first widget of those kinds whose label begins so. Raises LookupError with the labels there are."""
        wanted = (kinds,) if isinstance(kinds, str) else tuple(kinds)
        widgets = [shown for _, shown in sorted(self.shown.items()) if shown.kind in wanted]
        for shown in widgets:
            if shown.label.startswith(label):
                return shown
        kind = " or ".join(wanted)
        raise LookupError(f"no {kind} begins with {label!r}: {[shown.label for shown in widgets]}")

    def component(self, name: str) -> Shown:
        """The first component of that name, or of that key. Raises LookupError with the names there are."""
        components = [shown for shown in self.shown.values() if shown.kind == "bidi_component"]
        for shown in components:
            if shown.label == name or shown.content.id.endswith(f"-{name}"):
                return shown
        raise LookupError(f"no component is called {name!r}: {[shown.label for shown in components]}")

    def states(self, *pressed: WidgetState) -> WidgetStates:
        """The values to send up, and what goes up only once: a click, a component's word."""
        kinds = {shown.content.id: shown.kind for shown in self.shown.values() if is_chosen(shown)}
        states = [
            state_of(kinds[id], id, value)
            for id, value in self.values.items()
            if id in kinds and value is not None
        ]
        return WidgetStates(widgets=[*states, *pressed])

    def enter(self, shown: Shown, value: Value) -> bool:
        """Give a widget that value; whether it goes up at once, since one in a form waits for its button."""
        if shown.form:
            self.waiting.setdefault(shown.form, {})[shown.content.id] = value
            return False
        self.values[shown.content.id] = value
        return True

    def send_form(self, form: str) -> None:
        """Let what was entered into a form go up with the next request."""
        self.values |= self.waiting.pop(form, {})

    @property
    def hashes(self) -> list[str]:
        """The hashes of what is shown and need not be sent again."""
        return [shown.hash for shown in self.shown.values() if shown.hash]

    @property
    def text(self) -> str:
        """What the page says, element by element, a line each."""
        said = (shown for _, shown in sorted(self.shown.items()) if shown.kind in SAYS)
        return "\n".join(getattr(shown.content, SAYS[shown.kind]) for shown in said)

    @property
    def errors(self) -> list[str]:
        """What the page says in red, and what Streamlit shows of an exception."""
        return [
            shown.content.message if shown.kind == "exception" else shown.content.body
            for shown in self.shown.values()
            if shown.kind == "exception" or (shown.kind == "alert" and shown.content.format == Alert.ERROR)
        ]

    def _begin(self, message: ForwardMsg) -> None:
        """A run begins, of everything or of some fragments."""
        self._fragments = frozenset(message.metadata.run.fragment_ids)
        self._blocks, self._drawn = set(), {}
        if message.new_session.HasField("initialize"):
            self.session = message.new_session.initialize.session_id
        if not self._fragments:
            self.script = message.new_session.page_script_hash

    def _draw(self, message: ForwardMsg) -> None:
        """Put an element in its place, or note that everything in a block is drawn anew."""
        place, delta = tuple(message.metadata.delta_path), message.delta
        if delta.WhichOneof("type") == "add_block":
            self._blocks.add(place)
            if opens(delta.add_block):
                self._put(place, Shown(delta.add_block, delta.fragment_id, ""))
        elif delta.WhichOneof("type") == "new_element":
            kept = message.hash if message.metadata.cacheable else ""
            self._put(place, Shown(delta.new_element, delta.fragment_id, kept))

    def _draw_again(self, message: ForwardMsg) -> None:
        """Put in its place what the server knows to be here already."""
        every = (*self._drawn.values(), *self.shown.values())
        known = next(shown for shown in every if shown.hash == message.ref_hash)
        self._put(tuple(message.metadata.delta_path), known)

    def _put(self, place: Place, shown: Shown) -> None:
        self._drawn[place] = shown
        if is_chosen(shown):
            widget, kind = shown.content, KINDS[shown.kind]
            if getattr(widget, "set_value", False):
                self.values[widget.id] = kind.told(widget)
            else:
                self.values.setdefault(widget.id, kind.default(widget))

    def _finish(self, status: int) -> None:
        """A run has ended: what it should have drawn again and did not is gone, unless it was cut short."""
        if status == ForwardMsg.FINISHED_SUCCESSFULLY and not self._fragments:
            self.shown = {}
        elif status != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            self.shown = {p: shown for p, shown in self.shown.items() if not self._was_redrawn(p, shown)}
        self.shown |= self._drawn
        there = {shown.content.id for shown in self.shown.values() if is_chosen(shown)}
        self.values = {id: value for id, value in self.values.items() if id in there}

    def _was_redrawn(self, place: Place, shown: Shown) -> bool:
        """Whether this run drew again what the element belongs to."""
        within = any(place[:depth] in self._blocks for depth in range(len(place)))
        return within or shown.fragment in self._fragments


def opens(block: Any) -> bool:
    """Whether the server hears of a block's opening."""
    return block.WhichOneof("type") in UNFOLDED and bool(getattr(block, block.WhichOneof("type")).id)


def is_chosen(shown: Shown) -> bool:
    """Whether it is a widget whose value goes up with every request."""
    return shown.kind in KINDS and bool(shown.content.id)
