"""The real server, with a line in a file for each statement that is sent to the database and each chart built."""

from __future__ import annotations

import os
from pathlib import Path

from sqlalchemy.engine import Engine

from tests.store.statements import listen_to

COUNTED = Path(os.environ["COUNTED"])


def note(what: str) -> None:
    with COUNTED.open("a", encoding="utf-8") as file:
        file.write(f"{what}\n")


listen_to(Engine, lambda statement: note(f"statement {' '.join(statement.split())}"))

import altair  # noqa: E402

spelled_out = altair.LayerChart.to_dict


def counted(chart: altair.LayerChart, *more: object, **options: object) -> dict[str, object]:
    note("chart")
    found: dict[str, object] = spelled_out(chart, *more, **options)
    return found


altair.LayerChart.to_dict = counted
altair.layer(altair.Chart().mark_point()).to_dict()  # one of our own, so that nobody counts in vain

from server import app as app  # noqa: E402
