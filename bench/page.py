"""What a page shows: kept from the server's messages as a browser keeps it, but only as far as measuring needs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates

Place = tuple[int, ...]

# The widgets whose value goes up with every request. Of the others the server knows the value itself as long
# as nobody changes it, and this client never does.
CHOSEN = frozenset({"checkbox", "text_input", "text_area"})
SAYS = ("heading", "markdown", "alert", "text")


@dataclass(frozen=True, slots=True)
class Shown:
    """An element, the fragment that it is redrawn with (or ""), and its hash if it may be kept (or "")."""

    element: Element
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


@dataclass
class Page:
    """The elements of one page by their place, and the value of each widget of CHOSEN by its id.

    `script` is Streamlit's name for the page, which every request after the first one names. `is_there` is
    False once the server has said that it has no page of the name asked for.
    """

    script: str = ""
    is_there: bool = True
    shown: dict[Place, Shown] = field(default_factory=dict)
    values: dict[str, bool | str] = field(default_factory=dict)
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
            case "page_not_found":
                self.is_there = False
            case "delta":
                self._draw(message)
            case "ref_hash":
                self._draw_again(message)
            case "script_finished":
                self._finish(message.script_finished)

    def widget(self, kind: str, label: str) -> Shown:
        """The first widget of that kind whose label begins so. Raises LookupError with the labels there are."""
        widgets = [shown for _, shown in sorted(self.shown.items()) if shown.kind == kind]
        for shown in widgets:
            if shown.content.label.startswith(label):
                return shown
        raise LookupError(f"no {kind} begins with {label!r}: {[shown.content.label for shown in widgets]}")

    def states(self, pressed: str = "") -> WidgetStates:
        """The values to send up; `pressed` is the id of the button that was clicked."""
        states = [state_of(id, value) for id, value in self.values.items()]
        if pressed:
            states.append(WidgetState(id=pressed, trigger_value=True))
        return WidgetStates(widgets=states)

    @property
    def hashes(self) -> list[str]:
        """The hashes of what is shown and need not be sent again."""
        return [shown.hash for shown in self.shown.values() if shown.hash]

    @property
    def text(self) -> str:
        """What the page says, element by element, a line each."""
        said = (shown.content.body for _, shown in sorted(self.shown.items()) if shown.kind in SAYS)
        return "\n".join(said)

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
        if not self._fragments:
            self.script = message.new_session.page_script_hash

    def _draw(self, message: ForwardMsg) -> None:
        """Put an element in its place, or note that everything in a block is drawn anew."""
        place, delta = tuple(message.metadata.delta_path), message.delta
        if delta.WhichOneof("type") == "add_block":
            self._blocks.add(place)
        elif delta.WhichOneof("type") == "new_element":
            kept = message.hash if message.metadata.cacheable else ""
            self._put(place, Shown(delta.new_element, delta.fragment_id, kept))

    def _draw_again(self, message: ForwardMsg) -> None:
        """Put in its place what the server knows to be here already."""
        known = next(shown for shown in self.shown.values() if shown.hash == message.ref_hash)
        self._put(tuple(message.metadata.delta_path), known)

    def _put(self, place: Place, shown: Shown) -> None:
        self._drawn[place] = shown
        if is_chosen(shown):
            widget = shown.content
            if widget.set_value:
                self.values[widget.id] = widget.value
            else:
                self.values.setdefault(widget.id, widget.default)

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


def state_of(id: str, value: bool | str) -> WidgetState:
    """A widget's value as it goes up."""
    if isinstance(value, bool):
        return WidgetState(id=id, bool_value=value)
    return WidgetState(id=id, string_value=value)


def is_chosen(shown: Shown) -> bool:
    """Whether it is a widget whose value goes up with every request."""
    return shown.kind in CHOSEN
