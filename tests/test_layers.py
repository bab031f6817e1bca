"""Who may import whom, and who may read the clock: read from the source itself, and tried with planted breaches."""

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
DOMAIN, FORMATS, STORE = "afterword.domain", "afterword.formats", "afterword.store"
INTERFACE, CLOCK, IDS = "afterword.store.repository", "afterword.clock", "afterword.ids"
ROOMS = "afterword.store.rooms"
MEMO = "afterword.memo"

ENTRANCES = ("pages", "app", "server")  # these import others, and nobody imports them
NOT_SOURCE = ("tests",)

READS_THE_CLOCK = {
    "datetime.datetime.now",
    "datetime.datetime.utcnow",
    "datetime.datetime.today",
    "datetime.date.today",
    "time.time",
    "time.time_ns",
    "time.localtime",
    "time.gmtime",
}


@dataclass(frozen=True)
class Layer:
    """What files under a path may import: None stands for anything, `never` holds whatever else is allowed."""

    where: str
    ours: tuple[str, ...] | None = None
    libraries: tuple[str, ...] | None = None
    never: tuple[str, ...] = ()

    def allows(self, name: str) -> bool:
        top = name.partition(".")[0]
        if top in ENTRANCES or any(within(name, module) for module in self.never):
            return False
        if top in sys.stdlib_module_names:
            return True
        if top == "afterword":
            return self.ours is None or any(within(name, module) for module in self.ours)
        return self.libraries is None or top in self.libraries


# The first that fits a file holds for it.
LAYERS = (
    Layer("afterword/domain/workdays.py", ours=(DOMAIN,), libraries=("holidays",)),
    Layer("afterword/domain/", ours=(DOMAIN,), libraries=()),
    Layer("afterword/formats/", ours=(DOMAIN, FORMATS), never=("streamlit", "sqlalchemy")),
    Layer(
        "afterword/content/", ours=("afterword.content", DOMAIN, FORMATS), never=("streamlit", "sqlalchemy")
    ),
    Layer("afterword/store/", ours=(DOMAIN, FORMATS, STORE), never=("streamlit",)),
    Layer("afterword/clock.py", ours=(), libraries=()),
    Layer("afterword/bell.py", ours=(), libraries=()),
    Layer("afterword/guesses.py", ours=(DOMAIN, CLOCK), libraries=("limits",)),
    Layer(
        "afterword/hall.py",
        ours=(DOMAIN, ROOMS, CLOCK, IDS, "afterword.bell", "afterword.guesses"),
        never=("streamlit", "sqlalchemy"),
    ),
    Layer("afterword/headers.py", ours=(), libraries=("starlette",)),
    Layer("afterword/visitors.py", ours=("afterword.headers",), libraries=("starlette",)),
    Layer("afterword/telling.py", ours=(DOMAIN, ROOMS, "afterword.bell"), libraries=()),
    Layer("afterword/room_routes.py", ours=(DOMAIN, "afterword.telling"), libraries=("starlette",)),
    Layer("afterword/sweeping.py", ours=(DOMAIN,), libraries=()),
    # What serves Streamlit's files does so before anything large is loaded.
    Layer("afterword/assets.py", ours=("afterword.headers",), libraries=("brotli", "starlette")),
    Layer(
        "afterword/starting.py",
        ours=("afterword.headers", "afterword.streamlit_app", "afterword.sweeping", "afterword.ui.wiring"),
        libraries=("starlette",),
    ),
    Layer("afterword/flushing.py", ours=(), libraries=("starlette",)),
    Layer("afterword/packets.py", ours=(), libraries=("starlette",)),
    Layer("afterword/bursts.py", ours=(), libraries=("streamlit",)),
    Layer("afterword/thrift.py", ours=(), libraries=("streamlit",)),
    Layer(
        "afterword/streamlit_app.py",
        ours=(
            DOMAIN,
            "afterword.bursts",
            "afterword.flushing",
            "afterword.room_routes",
            "afterword.telling",
            "afterword.thrift",
            "afterword.ui.wiring",
            "afterword.visitors",
        ),
        libraries=("starlette", "streamlit"),
    ),
    Layer("afterword/memo.py", ours=(DOMAIN, INTERFACE), libraries=()),
    Layer("afterword/desk.py", ours=(DOMAIN, FORMATS, INTERFACE, CLOCK, IDS, MEMO), never=("streamlit",)),
    Layer("afterword/ui/wiring.py"),  # the one place that ties the store to the screen
    Layer("afterword/ui/", never=("sqlalchemy", STORE)),
    Layer("pages/", never=("sqlalchemy", STORE, CLOCK)),
    Layer(""),
)


@dataclass(frozen=True)
class Import:
    """What is imported, the name it gives in the file, and what that name stands for."""

    name: str
    here: str
    means: str


def within(name: str, module: str) -> bool:
    return name == module or name.startswith(f"{module}.")


def sources(root: Path) -> Iterator[Path]:
    """Every Python file of the project, but no tests and nothing in hidden folders."""
    for path in sorted(root.rglob("*.py")):
        parts = path.relative_to(root).parts
        if parts[0] not in NOT_SOURCE and not any(part.startswith(".") for part in parts):
            yield path


def imported(tree: ast.Module, package: tuple[str, ...]) -> Iterator[Import]:
    """Every import of a file; `package` is where the file lies."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                top = alias.name.partition(".")[0]
                yield Import(alias.name, alias.asname or top, alias.name if alias.asname else top)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join((*above, *filter(None, [node.module])))
            for alias in node.names:
                name = f"{module}.{alias.name}"
                yield Import(name, alias.asname or alias.name, name)


def dotted(node: ast.expr) -> str:
    """`a.b.c` as text, empty for anything else."""
    if isinstance(node, ast.Attribute):
        before = dotted(node.value)
        return f"{before}.{node.attr}" if before else ""
    return node.id if isinstance(node, ast.Name) else ""


def clock_readings(tree: ast.Module, imports: list[Import]) -> Iterator[str]:
    """Every use of a function that reads the time, under whatever name it was imported."""
    means = {found.here: found.means for found in imports}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute | ast.Name):
            first, dot, rest = dotted(node).partition(".")
            full = f"{means.get(first, first)}{dot}{rest}"
            if full in READS_THE_CLOCK:
                yield full


def breaches(root: Path) -> list[str]:
    """Everything under that folder which does not keep to the layers."""
    found = []
    for path in sources(root):
        place, tree = path.relative_to(root), ast.parse(path.read_text("utf-8"))
        imports = list(imported(tree, place.parts[:-1]))
        layer = next(layer for layer in LAYERS if place.as_posix().startswith(layer.where))
        found += [f"{place.as_posix()} imports {i.name}" for i in imports if not layer.allows(i.name)]
        if place.as_posix() != "afterword/clock.py":
            found += [f"{place.as_posix()} reads {name}" for name in clock_readings(tree, imports)]
    return found


def write(root: Path, file: str, text: str) -> None:
    path = root / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def test_every_file_keeps_to_its_layer():
    assert breaches(ROOT) == []


def test_the_files_looked_at_are_those_of_the_project():
    looked_at = {path.relative_to(ROOT).as_posix() for path in sources(ROOT)}
    assert {"afterword/domain/plan.py", "afterword/desk.py", "afterword/clock.py"} <= looked_at
    assert not any(name.startswith(("tests/", ".venv/")) for name in looked_at)


def test_a_folder_without_files_has_no_breaches(tmp_path):
    assert breaches(tmp_path) == []


@pytest.mark.parametrize(
    ("file", "line", "name"),
    [
        ("afterword/domain/plan.py", "import pydantic", "pydantic"),
        ("afterword/domain/plan.py", "import holidays", "holidays"),
        ("afterword/domain/rules/asking.py", "from afterword import clock", "afterword.clock"),
        (
            "afterword/domain/rules/asking.py",
            "from afterword.content import load_handbook",
            "afterword.content.load_handbook",
        ),
        ("afterword/domain/workdays.py", "import pandas", "pandas"),
        ("afterword/domain/review.py", "def f():\n    import requests", "requests"),
        ("afterword/domain/plan.py", "from ..formats import ics", "afterword.formats.ics"),
        ("afterword/formats/ics.py", "import streamlit as st", "streamlit"),
        ("afterword/formats/ics.py", "from sqlalchemy import select", "sqlalchemy.select"),
        ("afterword/formats/ics.py", "from afterword.desk import Desk", "afterword.desk.Desk"),
        ("afterword/content/loading.py", "import streamlit.components.v1", "streamlit.components.v1"),
        (
            "afterword/content/loading.py",
            "from afterword.store.sql import SqlRepository",
            "afterword.store.sql.SqlRepository",
        ),
        ("afterword/store/sql.py", "from streamlit import session_state", "streamlit.session_state"),
        ("afterword/store/sql.py", "from afterword.desk import Desk", "afterword.desk.Desk"),
        ("afterword/clock.py", "import freezegun", "freezegun"),
        ("afterword/clock.py", "from afterword.domain.model import Entry", "afterword.domain.model.Entry"),
        ("afterword/desk.py", "import streamlit", "streamlit"),
        ("afterword/desk.py", "from afterword.store import memory", "afterword.store.memory"),
        ("afterword/desk.py", "import afterword.store.sql", "afterword.store.sql"),
        ("afterword/desk.py", "from afterword.ui import words", "afterword.ui.words"),
        ("afterword/ui/cards.py", "import sqlalchemy", "sqlalchemy"),
        (
            "afterword/ui/cards.py",
            "from afterword.store.repository import Kept",
            "afterword.store.repository.Kept",
        ),
        (
            "pages/today.py",
            "from afterword.store.memory import MemoryRepository",
            "afterword.store.memory.MemoryRepository",
        ),
        ("pages/today.py", "import sqlalchemy.orm as orm", "sqlalchemy.orm"),
        ("pages/today.py", "from afterword.clock import SystemClock", "afterword.clock.SystemClock"),
        ("pages/today.py", "from pages.guide import show", "pages.guide.show"),
        ("pages/today.py", "from . import guide", "pages.guide"),
        ("afterword/ui/wiring.py", "import pages.today", "pages.today"),
        ("afterword/cli.py", "from server import app", "server.app"),
        ("server.py", "import app", "app"),
        ("bench/measure.py", "from app import main", "app.main"),
    ],
)
def test_a_planted_import_is_found(tmp_path, file, line, name):
    write(tmp_path, file, f'"""A file."""\n\n{line}\n')
    assert breaches(tmp_path) == [f"{file} imports {name}"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("from datetime import datetime\nnow = datetime.now()", "datetime.datetime.now"),
        ("from datetime import UTC, datetime as dt\nnow = dt.now(UTC)", "datetime.datetime.now"),
        ("import datetime\nnow = datetime.datetime.utcnow()", "datetime.datetime.utcnow"),
        ("import datetime as d\nday = d.date.today()", "datetime.date.today"),
        ("from datetime import date\nday = date.today()", "datetime.date.today"),
        ("from datetime import datetime\nday = datetime.today()", "datetime.datetime.today"),
        ("import time\nstamp = time.time()", "time.time"),
        ("from time import time as seconds\nstamp = seconds()", "time.time"),
        (
            "from datetime import datetime\nfactory = field(default_factory=datetime.now)",
            "datetime.datetime.now",
        ),
    ],
)
@pytest.mark.parametrize(
    "file", ["afterword/domain/plan.py", "afterword/ui/cards.py", "pages/today.py", "server.py"]
)
def test_a_planted_look_at_the_clock_is_found(tmp_path, file, text, name):
    write(tmp_path, file, text)
    assert breaches(tmp_path) == [f"{file} reads {name}"]


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("afterword/domain/workdays.py", "import holidays\nfrom datetime import date"),
        ("afterword/domain/plan.py", "from .model import Entry\nfrom afterword.domain.rules import asking"),
        ("afterword/formats/ics.py", "import pydantic\nfrom afterword.domain import model"),
        ("afterword/store/sql.py", "import sqlalchemy\nfrom alembic import command\nfrom . import tables"),
        (
            "afterword/desk.py",
            "from afterword.store.repository import Kept\nfrom afterword.store import repository",
        ),
        ("afterword/clock.py", "from datetime import UTC, datetime\nnow = datetime.now(UTC)"),
        ("afterword/ui/wiring.py", "import streamlit\nfrom afterword.store.sql import SqlRepository"),
        ("afterword/ui/chart.py", "import altair, pandas, streamlit\nfrom afterword.desk import Desk"),
        (
            "pages/today.py",
            "import streamlit as st\nfrom afterword.ui import wiring\nnow = wiring.desk().now()",
        ),
        ("afterword/desk.py", "import time\nstarted = time.monotonic()\nnow = self.clock.now()"),
        ("server.py", "import pagesize, apparatus\nfrom serverless import start"),
        ("tests/pages/test_today.py", "from pages import today\nfrom datetime import date\ndate.today()"),
        (".venv/lib/site.py", "from pages import today"),
    ],
)
def test_what_is_allowed_is_no_breach(tmp_path, file, text):
    write(tmp_path, file, text)
    assert breaches(tmp_path) == []


def test_every_breach_of_every_file_is_found_at_once(tmp_path):
    write(tmp_path, "afterword/domain/plan.py", "import pandas\nimport streamlit")
    write(tmp_path, "pages/today.py", "from datetime import date\nimport sqlalchemy\nday = date.today()")
    assert breaches(tmp_path) == [
        "afterword/domain/plan.py imports pandas",
        "afterword/domain/plan.py imports streamlit",
        "pages/today.py imports sqlalchemy",
        "pages/today.py reads datetime.date.today",
    ]
