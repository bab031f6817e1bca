"""content/ to Handbook: every word of guidance and every number, checked as a whole.

What reads and checks them is loaded when it is asked for: a start finds what was read before.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from afterword.content.compiled import CONTENT as CONTENT
from afterword.content.last_good import HandbookInUse as HandbookInUse
from afterword.content.last_good import handbook_in_use as handbook_in_use
from afterword.content.last_good import keep_copy as keep_copy
from afterword.content.marks import MARK as MARK

if TYPE_CHECKING:
    from afterword.content.checks import NUMBERS as NUMBERS
    from afterword.content.loading import load_handbook as load_handbook
    from afterword.content.practice import plan_problems as plan_problems

LATER = {"NUMBERS": "checks", "load_handbook": "loading", "plan_problems": "practice"}


def __getattr__(name: str) -> Any:
    """What is loaded when it is asked for."""
    if name not in LATER:
        raise AttributeError(name)
    return getattr(import_module(f"afterword.content.{LATER[name]}"), name)
