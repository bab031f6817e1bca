"""How a sentence of the handbook says on whose word it rests."""

from __future__ import annotations

import re

MARK = re.compile(r"\[([A-Za-z][\w-]*)\](?!\()")
