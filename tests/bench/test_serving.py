"""Servers for measuring: what they take is told by the system, and the door before one counts what goes out."""

import sys
import urllib.request

import pytest

from bench.process import cpu_seconds, megabytes
from bench.proxy import counted
from bench.serving import ROOT, served, served_on_defaults
from bench.stock import stocked

pytestmark = pytest.mark.xdist_group("bench")


def fetched(address):
    with urllib.request.urlopen(address) as answer:
        return answer.read()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells of another process")
def test_a_server_takes_time_and_memory(tmp_path):
    with served("bench.bare_server", tmp_path) as server:
        server.wait()
        before = cpu_seconds(server.process.pid)
        fetched(server.address)
        assert 0 < before < cpu_seconds(server.process.pid)
        assert 10 < megabytes(server.process.pid) < 2_000


def test_a_process_that_is_gone_holds_nothing():
    assert megabytes(2**22 + 1) is None


def test_the_door_lets_everything_through_and_counts_it(tmp_path):
    with served("bench.bare_server", tmp_path) as server:
        server.wait()
        with counted(server) as door:
            page = fetched(door.address)
            assert page == fetched(server.address)
            assert len(page) < door.down < len(page) + 2_000
        with pytest.raises(OSError, match=r"refused|reset"):
            fetched(door.address)


def test_the_bare_app_on_streamlits_defaults_serves_from_a_folder_of_its_own(tmp_path):
    with served_on_defaults(ROOT / "bench" / "bare_loaded.py", tmp_path) as server:
        server.wait()
        assert b"<title>Streamlit</title>" in fetched(server.address)


def test_a_stock_has_as_many_as_asked_for_and_two_to_tick(tmp_path):
    with stocked(tmp_path, 12) as stock:
        assert len(stock) == 12
        stock.renew()
        stock.renew_first()
        assert len(stock) == 12
        assert (stock.logged(), stock.logged_first()) == ([], [])
