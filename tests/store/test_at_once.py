"""What several do at once in one database: each waits for the other, and nothing fails or is lost."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest

from afterword.domain.draft import Draft
from afterword.domain.errors import SomebodyWasFirst
from afterword.domain.model import Application
from afterword.domain.practice import Answer
from afterword.domain.you import You
from afterword.store.sql import SqlRepository
from tests.desk.cast import ALICE, CHARLIE, note
from tests.store.examples import NOW

A1, A2 = (Application(id=id, company="Fernbridge") for id in ("a1", "a2"))
TIMES = 25
HANDS = 4


@pytest.fixture(params=["engine", "postgresql_engine"])
def store(request):
    """A database with two applications of Alice's and one of Charlie's."""
    repository = SqlRepository(request.getfixturevalue(request.param))
    for owner, application in ((ALICE, A1), (ALICE, A2), (CHARLIE, A1)):
        repository.add(owner, application, NOW)
    return repository


def at_once(*acts):
    """Have each act done over and over, all of them at the same time; raises what any of them raises."""
    with ThreadPoolExecutor(len(acts)) as hands:
        for done in [hands.submit(lambda act=act: [act(n) for n in range(TIMES)]) for act in acts]:
            done.result()


def edits(store, id):
    """Edits one application, whatever version it has by then."""

    def edit(n):
        kept = store.get(ALICE, id)
        with suppress(SomebodyWasFirst):
            store.replace(ALICE, replace(kept.application, role=f"Role {n}"), kept.version, NOW)

    return edit


def renamed(everything, id, role):
    """All that somebody has, with another role in one application, as a backup could bring it."""
    changed = (
        replace(one, application=replace(one.application, role=role)) if one.id == id else one
        for one in everything.applications
    )
    return replace(everything, applications=tuple(changed))


def test_those_who_log_edit_and_read_at_once_wait_for_each_other(store):
    at_once(
        lambda n: store.append(ALICE, "a1", note(f"one {n}")),
        lambda n: store.append(ALICE, "a1", note(f"two {n}")),
        edits(store, "a1"),
        edits(store, "a2"),
        lambda _: store.news(ALICE),
        lambda n: store.keep_you(ALICE, You(name=f"Alice {n}")),
    )
    assert len(store.get(ALICE, "a1").application.log) == 2 * TIMES
    assert store.get(CHARLIE, "a1").application == A1


def test_those_who_put_aside_bring_back_and_exchange_at_once_wait_for_each_other(store):
    def aside(_):
        store.delete(ALICE, "a2", NOW)
        store.restore(ALICE, "a2")

    at_once(
        aside,
        lambda n: store.append(ALICE, "a1", note(f"one {n}")),
        lambda n: store.keep_answer(ALICE, Answer(id=f"w {n}", at=NOW + timedelta(seconds=n))),
        lambda n: store.keep_answer(ALICE, Answer(id=f"v {n}", at=NOW + timedelta(seconds=n))),
        lambda n: store.exchange(ALICE, lambda everything: renamed(everything, "a1", f"Role {n}"), NOW),
        lambda n: store.note(ALICE, {"a1": f"said {n}"}, NOW),
        lambda _: store.backup(ALICE, NOW),
        lambda _: store.purge(ALICE, NOW - timedelta(days=1)),
    )
    assert len(store.get(ALICE, "a1").application.log) == TIMES
    assert store.get(ALICE, "a1").application.role == f"Role {TIMES - 1}"
    assert len(store.answers(ALICE)) == 2 * TIMES
    assert len(store.all(ALICE)) == 2


def test_of_those_who_keep_one_draft_at_once_each_keeps_it_or_is_told_of_another(store):
    kept = []

    def keep(_):
        begun = store.drafts(ALICE, "a1")
        with suppress(SomebodyWasFirst):
            version = begun[0].version if begun else 0
            kept.append(store.keep_draft(ALICE, "a1", Draft(id="x", version=version), NOW).version)

    at_once(*[keep] * HANDS)
    assert sorted(kept) == list(range(1, len(kept) + 1))
    assert store.drafts(ALICE, "a1")[0].version == len(kept)


def test_whoever_logs_as_of_a_revision_is_told_of_others_who_logged_at_once(store):
    made = []

    def log(n):
        kept = store.get(ALICE, "a1")
        with suppress(SomebodyWasFirst):
            store.append(ALICE, "a1", note(f"{len(made)} {n} {id(kept)}"), as_of=kept.as_of)
            made.append(kept.as_of.number)

    at_once(*[log] * HANDS)
    assert len(set(made)) == len(made) == len(store.get(ALICE, "a1").application.log)
