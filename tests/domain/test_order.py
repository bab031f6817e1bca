"""Applications in their order: the same as a list of them, and what stood once stays though others come and go."""

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword.domain import order
from afterword.domain.order import ROW, Named, Order, Standing

KEYS = st.lists(st.integers(0, 60), unique=True, max_size=40)
CHANGES = st.lists(st.integers(0, 60), max_size=60)
ROWS = st.lists(st.lists(st.integers(0, 9), max_size=4).map(tuple), max_size=6)
PLACES = st.integers(-12, 12)
BOUNDS = st.none() | PLACES


@pytest.fixture(scope="module", autouse=True)
def short_rows():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(order, "ROW", 3)
        yield


def named(id):
    return SimpleNamespace(id=id)


@given(KEYS, CHANGES)
def test_an_order_is_what_sorting_anew_gives_and_what_stood_stays(first, changes):
    kept, there = Order((key, f"case {key}") for key in first), set(first)
    stood = []
    for key in changes:
        kept.take(key) if key in there else kept.put(key, f"case {key}")
        there ^= {key}
        now = [f"case {key}" for key in sorted(there)]
        stood.append((kept.standing(), now))
        assert list(kept.standing()) == now
    assert all(list(standing) == then for standing, then in stood)


@given(ROWS, PLACES, BOUNDS, BOUNDS, st.sampled_from([None, 1, 2, -1]))
def test_what_stands_is_looked_at_as_a_tuple_is(rows, place, begin, end, step):
    standing, plain = Standing(rows), sum(rows, ())
    assert (len(standing), tuple(standing)) == (len(plain), plain)
    assert tuple(standing[begin:end:step]) == plain[begin:end:step]
    assert standing == Standing([plain])
    assert hash(standing) == hash(Standing([plain]))
    assert (standing == Standing([(*plain, 1)])) is False
    if -len(plain) <= place < len(plain):
        assert standing[place] == plain[place]
    else:
        with pytest.raises(IndexError):
            standing[place]


@given(ROWS, st.integers(0, 24))
def test_one_more_and_one_less_leave_what_stood(rows, place):
    standing, plain = Standing(rows), sum(rows, ())
    place = min(place, len(plain))
    more = standing.with_one(place, "one")
    assert tuple(more) == (*plain[:place], "one", *plain[place:])
    assert tuple(more.without_one(place)) == tuple(standing) == plain


@given(CHANGES)
def test_names_are_what_a_dictionary_holds_and_stay(changes):
    now, stood = Named(), []
    plain = {}
    for id in map(str, changes):
        if id in plain:
            del plain[id]
            now = now.without_one(id)
        else:
            plain[id] = named(id)
            now = now.with_one(plain[id])
        stood.append((now, dict(plain)))
        assert now.without_one("nobody") == now
    assert all(dict(then) == was and len(then) == len(was) for then, was in stood)
    assert dict(Named.of(plain.values())) == plain


def test_a_change_among_many_copies_a_row_and_a_drawer(monkeypatch):
    monkeypatch.setattr(order, "ROW", ROW)
    cases = [named(f"{number:05}") for number in range(10_000)]
    kept = Order((case.id, case) for case in cases)
    before, names = kept.standing(), Named.of(cases)
    kept.take("05000")
    after, fewer = kept.standing(), names.without_one("05000")
    assert sum(one is not other for one, other in zip(before._rows, after._rows, strict=True)) == 1
    assert sum(one is not other for one, other in zip(names._drawers, fewer._drawers, strict=True)) == 1
    assert max(map(len, after._rows)) <= 2 * ROW
    assert before[: len(before) - 7]._rows[0] is before._rows[0]
