"""The bare app and the app with a store of four, each a real server on loopback, for visitors without a browser."""

from contextlib import closing

import pytest

from bench.serving import served
from bench.stock import Stock


@pytest.fixture(scope="module")
def stock(tmp_path_factory):
    """A store of four applications, two of them for ticking."""
    with closing(Stock(tmp_path_factory.mktemp("stock"), 4)) as filled:
        yield filled


@pytest.fixture(scope="module")
def app(stock):
    """The address of the app that serves this store."""
    with served("server", stock.folder, **stock.settings) as server:
        server.wait()
        yield server.address


@pytest.fixture(scope="module")
def bare(tmp_path_factory):
    """The address of the bare app."""
    with served("bench.bare_server", tmp_path_factory.mktemp("bare")) as server:
        server.wait()
        yield server.address


@pytest.fixture
def fresh(stock):
    """The store with nothing logged yet for the application that is there to be ticked."""
    stock.renew()
    return stock
