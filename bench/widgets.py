"""The widgets: which have a value, what it is when nobody has chosen, and how it goes up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from streamlit.proto.Common_pb2 import FileUploaderState
from streamlit.proto.WidgetStates_pb2 import WidgetState

Value = bool | str | int | float | list[str] | list[float] | FileUploaderState | None


@dataclass(frozen=True, slots=True)
class Kind:
    """How a kind of widget is spoken about: the field that its value goes up in, and where the value stands.

    `default` and `told` read a widget's message: its value when nobody has chosen, and the one that the
    server puts in its place.
    """

    field: str
    default: Callable[[Any], Value]
    told: Callable[[Any], Value]


def plain(name: str) -> Callable[[Any], Value]:
    """Reads a field of one value, None where it is empty on purpose."""

    def read(widget: Any) -> Value:
        field = widget.DESCRIPTOR.fields_by_name[name]
        if field.has_presence and not widget.HasField(name):
            return None
        value: Value = getattr(widget, name)
        return value

    return read


def listed(name: str) -> Callable[[Any], Value]:
    """Reads a field of several values."""
    return lambda widget: list(getattr(widget, name))


def option_by_number(widget: Any) -> Value:
    """The option that is chosen at first, None where there is none."""
    has_one = widget.HasField("default") and len(widget.options) > 0
    return str(widget.options[widget.default]) if has_one else None


def options_by_number(widget: Any) -> Value:
    """The options that are chosen at first."""
    return [option_text(widget.options[number]) for number in widget.default]


def nothing(_: Any) -> Value:
    """No value until somebody chooses one."""
    return None


def option_text(option: Any) -> str:
    """An option's words: a text, or a message that has them in it."""
    return option if isinstance(option, str) else str(option.content)


ONE_TEXT = Kind("string_value", plain("default"), plain("value"))
ONE_OPTION = Kind("string_value", option_by_number, plain("raw_value"))
OPTIONS = Kind("string_array_value", options_by_number, listed("raw_values"))
MOMENTS = Kind("string_array_value", listed("default"), listed("value"))
OPENED = Kind("bool_value", nothing, nothing)

KINDS = {
    "checkbox": Kind("bool_value", plain("default"), plain("value")),
    "text_input": ONE_TEXT,
    "text_area": ONE_TEXT,
    "time_input": ONE_TEXT,
    "radio": ONE_OPTION,
    "selectbox": ONE_OPTION,
    "multiselect": OPTIONS,
    "button_group": OPTIONS,
    "date_input": MOMENTS,
    "date_time_input": MOMENTS,
    "number_input": Kind("double_value", plain("default"), plain("value")),
    "slider": Kind("double_array_value", listed("default"), listed("value")),
    "pagination": Kind("int_value", plain("default"), plain("value")),
    "file_uploader": Kind("file_uploader_state_value", nothing, nothing),
    "vega_lite_chart": Kind("string_value", nothing, nothing),
    "bidi_component": Kind("json_value", nothing, nothing),
    # Blocks whose opening the server hears of.
    "expandable": OPENED,
    "popover": OPENED,
}
TYPED = ("text_input", "text_area")
CHOSEN_FROM = ("radio", "selectbox", "button_group", "multiselect")
ENTERED = ("date_input", "date_time_input", "time_input", "number_input", "pagination", "slider")
PRESSED = ("button", "download_button")
UNFOLDED = ("expandable", "popover")


def options_of(kind: str, widget: Any, asked: Sequence[str]) -> Value:
    """What goes up for options whose words begin so. Raises LookupError with the options there are."""
    words = [option_text(option) for option in widget.options]
    found = [next((word for word in words if word.startswith(one)), None) for one in asked]
    if None in found:
        raise LookupError(f"no option of {widget.label!r} begins with one of {list(asked)}: {words}")
    chosen = [word for word in found if word is not None]
    return chosen if KINDS[kind].field == "string_array_value" else chosen[0]


def state_of(kind: str, id: str, value: Value) -> WidgetState:
    """A widget's value as it goes up."""
    state, field = WidgetState(id=id), KINDS[kind].field
    if isinstance(value, list):
        getattr(state, field).data.extend(value)
    elif isinstance(value, FileUploaderState):
        state.file_uploader_state_value.CopyFrom(value)
    elif value is not None:
        setattr(state, field, value)
    return state
