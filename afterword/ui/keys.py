"""Every key of a widget or of the session's state. A widget's key is also its CSS class: letters, digits, hyphens."""

from __future__ import annotations

import re
from hashlib import blake2s

OURS = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
GUEST = "guest"
SAMPLES = "samples"
MEMO = "memo"
DONE_HERE = "done-here"
ADDED = "just-added"
SAVED = "just-saved"
SAID = "said"
DELETED = "just-deleted"
FOCUS = "focus"
FOCUS_PLACED = "focus-placed"
SHELF = "shelf"
CARDS = "cards-in-place"
STANDING = "forms-in-place"
NARROW = "narrow"
TAIL = 8
STAGE_OVER, STAGE_AHEAD = "It is over", "It is still ahead"
SESSION = "session"
KEPT_TURN = "kept-turn"
ERASED = "erased"
HEARD = "heard-of-other-tabs"
ENDS_AFTER = "ends-after"
UNREAD = "unread"
REFUSED = "refused"
TIDIED = "tidied"
ENDS_CHOSEN = "ends-chosen"
WAITING = "waiting-for-the-browser"
FORM_NUMBER = "form-number"
ADDRESS = "address"
ANSWERED = "just-answered"
BEGUN_ANEW = "begun-anew"
TABLE = "table-seen"
TAKEN = "table-taken"
VISITOR = "visitor"
ROOM = "room"
ROOM_AT = "room-at"
JUST_OPENED = "room-just-opened"


def box(case: str, what: str) -> str:
    """The box of a line of the checklist: its step's id, or its item's."""
    return f"box-{tail(case)}-{what}"


def tail(case: str) -> str:
    """The random end of an application's id: keys of ticks travel with every click, both ways.

    An id that came from a file may end as another does, so its digest stands for it.
    """
    return (
        case[-TAIL:]
        if OURS.fullmatch(case)
        else blake2s(case.encode("utf-8", "replace"), digest_size=4).hexdigest()
    )


def tick(case: str, step: str) -> str:
    """The button that says a step is done."""
    return f"tick-{tail(case)}-{step}"


def undo(case: str, step: str) -> str:
    """The button that takes it back."""
    return f"undo-{tail(case)}-{step}"


def change(case: str, step: str) -> str:
    """The button that opens a logged step for correction."""
    return f"change-{tail(case)}-{step}"


def why(case: str, step: str) -> str:
    """The button that opens a step's reason."""
    return f"why-{tail(case)}-{step}"


def part(case: str, name: str) -> str:
    """A button or form of a card, by its name."""
    return f"{name}-{case}"


def opened(case: str) -> str:
    """Which form of a card stands open, in the session's state."""
    return f"opened-{case}"


def case_opened(key: str) -> str | None:
    """The application of which a form or what was heard stands open, by such a key of the session's state."""
    names = ("opened-", part("", "heard"))
    return next((key.removeprefix(name) for name in names if key.startswith(name)), None)


def field(form: str, name: str) -> str:
    """A field of a form; the form's own name carries the version it was opened on."""
    return f"{form}-{name}"


def tried(form: str) -> str:
    """Whether a form was sent with something wrong in it, so that it is checked as it is mended."""
    return f"{form}-tried"


def whole(part: str) -> str:
    """Whether a part is drawn with its whole page, in the session's state."""
    return f"{part}-whole"
