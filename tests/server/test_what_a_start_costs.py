"""What a start and a first visit cost, as counts that no busy machine changes: modules, bytes, messages.

A bound that no longer holds says that something is loaded or sent that was not before. If it is needed, raise it.
"""

import json
import re
import subprocess
import sys
import time

import httpx
import pytest
from streamlit import delta_generator

from bench.client import visiting
from tests.server.conftest import ROOT, Server
from tests.server.loop import in_a_loop

pytestmark = pytest.mark.xdist_group("server")

TELLING = '''
"""The real server, which also tells what it has imported."""
import json
import sys

from server import app as whole


async def app(scope, receive, send):
    if scope.get("path") != "/modules":
        await whole(scope, receive, send)
        return
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": json.dumps(sorted(sys.modules)).encode()})
'''
# Each takes tens of milliseconds and megabytes, and a page that needs one loads it itself.
LATER = {
    "alembic",
    "altair",
    "charset_normalizer",
    "icalendar",
    "mako",
    "narwhals",
    "numpy",
    "pandas",
    "PIL",
    "pyarrow",
    "pygments",
    "python_calamine",
    "typst",
    "xlsxwriter",
}
# Loaded while Streamlit's files go out already.
WHILE_SERVING = {"anyio", "google", "holidays", "jinja2", "pydantic", "sqlalchemy", "streamlit"}
MOST_MODULES_OF_START, MOST_MODULES_TO_SERVE, MOST_MODULES_FOR_TODAY = 80, 270, 1160
MOST_BYTES = {"br": 480_000, "gzip": 520_000}  # of the page, its scripts and its style
MOST_BYTES_OF_A_FIRST_PAGE = 24_000  # of messages before they are compressed
BOUND = {"AFTERWORD_BOUND": "127.0.0.1", "AFTERWORD_NOW": "2026-11-05T16:30:00-05:00"}


def telling(folder):
    """A server that has just been started on that folder."""
    (folder / "telling.py").write_text(TELLING, "utf-8")
    return Server(folder, BOUND, module="telling").start()


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A server that finds its store as it is after a first start."""
    folder = tmp_path_factory.mktemp("telling")
    first = telling(folder)
    in_a_loop(opened(first))
    first.stop()
    server = telling(folder)
    yield server
    server.stop()


async def opened(server):
    """What it took to open Today, with a look at the samples and their chart after it."""
    async with visiting(f"http://127.0.0.1:{server.port}/") as client:
        answer = await client.open()
        await client.click("Look around")
        kinds = {shown.kind for shown in client.page.shown.values()}
        assert "vega_lite_chart" in kinds
        return answer


def modules(server):
    return set(json.loads(server.get("/modules")[2]))


def all_modules(server):
    """The modules once the last have come that a start loads, in its own time: those that sweep rooms."""
    until, before = time.monotonic() + 60, set()
    while True:
        found = modules(server)
        if found == before and "afterword.sweeping" in found:
            return found
        assert time.monotonic() < until, "rooms are not swept"
        before = found
        time.sleep(0.5)


def heads(names):
    return {name.partition(".")[0] for name in names}


def test_until_today_and_its_chart_have_been_drawn_nothing_is_loaded_that_they_do_not_need(server):
    in_a_loop(opened(server))
    found = modules(server)
    assert "afterword.ui.timeline" in found
    assert heads(found) & LATER == set()
    assert len(found) <= MOST_MODULES_FOR_TODAY


def test_a_first_page_loads_next_to_nothing_that_was_not_there_before(server):
    in_a_loop(opened(server))  # so that all is loaded
    before = all_modules(server)
    in_a_loop(opened(server))
    assert modules(server) == before


def test_what_must_be_loaded_before_a_file_can_be_served_is_little_more_than_uvicorn():
    code = "import json, sys, uvicorn.main, server; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    assert heads(found) & (LATER | WHILE_SERVING) == set()
    assert len(found) <= MOST_MODULES_TO_SERVE


def test_what_start_py_itself_loads_is_little_more_than_how_to_read_a_command():
    code = "import json, sys; before = {*sys.modules}; import start; print(json.dumps([*{*sys.modules} - before]))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    assert heads(found) & {"http", "ssl", "tempfile", "webbrowser"} == set()
    assert len(found) <= MOST_MODULES_OF_START


def test_what_is_left_out_of_streamlits_start_is_there_to_be_left_out_and_was_for_nothing():
    assert delta_generator._use_warning_has_been_displayed in {True, False}
    scanned = "from streamlit.components.v2 import manifest_scanner as m; print(m.scan_component_manifests())"
    done = subprocess.run([sys.executable, "-c", scanned], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["[]"]


@pytest.mark.parametrize("coding", MOST_BYTES)
def test_the_page_with_its_scripts_and_its_style_is_as_small_as_it_can_be(server, coding):
    with httpx.Client(base_url=f"http://127.0.0.1:{server.port}", timeout=30) as browser:
        page = browser.get("/", headers={"accept-encoding": coding})
        named = re.findall(r'(?:src|href)="\.(/static/(?:js|css)/[^"]+)"', page.text)
        answers = [browser.get(path, headers={"accept-encoding": coding}) for path in named]
    assert len(answers) > 50
    assert {answer.status_code for answer in answers} == {200}
    assert sum(answer.num_bytes_downloaded for answer in [page, *answers]) <= MOST_BYTES[coding]
    assert sum(len(answer.content) for answer in answers) > 2_000_000


def test_a_first_page_is_said_in_few_bytes(server):
    answer = in_a_loop(opened(server))
    assert answer.runs == 1
    assert answer.down <= MOST_BYTES_OF_A_FIRST_PAGE
