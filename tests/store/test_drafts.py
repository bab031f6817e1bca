"""What was begun to write is kept with its application, for its owner alone, and goes with it."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from afterword.domain.draft import Answers, Draft, Length, Written, with_text, without_text
from afterword.domain.errors import SomebodyWasFirst, UnknownApplication
from afterword.domain.model import Application
from afterword.formats.backup import dump_backup, exchanged, read_backup
from afterword.store.guest import DRAFT, GuestRepository
from afterword.store.repository import OWNER
from tests.desk.cast import ALICE, BOB, CHARLIE
from tests.store.examples import NOW, ODD_TEXTS

A1 = Application(id="a1", company="Fernbridge")
LATER = NOW + timedelta(days=31)
OWN = Written(message="thank-you-email", length=Length.SHORT, subject="Thanks", body="Dear Ada")
BEGUN = Draft(
    id="thank_you-1",
    message="thank-you-email",
    length=Length.SHORT,
    answers=Answers(talked="the ledger", why=""),
    texts=(OWN,),
)


@pytest.fixture
def kept(repository):
    """A store in which Alice has begun to write."""
    repository.add(ALICE, A1, NOW)
    repository.keep_draft(ALICE, "a1", BEGUN, NOW)
    return repository


def test_a_draft_comes_back_whole_with_its_version(kept):
    assert kept.drafts(ALICE, "a1") == (replace(BEGUN, version=1),)


@pytest.mark.parametrize("text", ODD_TEXTS)
def test_odd_letters_stay_as_they_were_typed(kept, text):
    odd = Draft(id="x", answers=Answers(concern=text), texts=(replace(OWN, body=text, voicemail=text),))
    kept.keep_draft(ALICE, "a1", odd, NOW)
    assert kept.drafts(ALICE, "a1")[1] == replace(odd, version=1)


def test_each_keeping_counts_up_and_one_begun_on_an_older_version_is_refused(kept):
    second = kept.keep_draft(ALICE, "a1", replace(BEGUN, version=1, texts=()), NOW)
    assert second.version == 2
    for version in (0, 1, 3):
        with pytest.raises(SomebodyWasFirst):
            kept.keep_draft(ALICE, "a1", replace(BEGUN, version=version), NOW)
    assert kept.drafts(ALICE, "a1") == (second,)


def test_charlie_sees_and_changes_nothing_of_alices(kept):
    assert kept.drafts(CHARLIE, "a1") == ()
    for version in (0, 1):
        with pytest.raises(UnknownApplication):
            kept.keep_draft(CHARLIE, "a1", replace(BEGUN, version=version), NOW)
    kept.add(BOB, A1, NOW)
    kept.keep_draft(BOB, "a1", replace(BEGUN, texts=()), NOW)
    kept.erase(BOB)
    assert kept.drafts(ALICE, "a1") == (replace(BEGUN, version=1),)


def test_an_application_that_is_not_there_has_none_and_takes_none(repository):
    assert repository.drafts(ALICE, "a1") == ()
    with pytest.raises(UnknownApplication):
        repository.keep_draft(ALICE, "a1", BEGUN, NOW)


def test_a_draft_is_put_aside_with_its_application_comes_back_with_it_and_is_erased_with_it(kept):
    kept.delete(ALICE, "a1", NOW)
    assert kept.drafts(ALICE, "a1") == ()
    with pytest.raises(UnknownApplication):
        kept.keep_draft(ALICE, "a1", replace(BEGUN, version=1), NOW)
    kept.restore(ALICE, "a1")
    assert len(kept.drafts(ALICE, "a1")) == 1
    kept.delete(ALICE, "a1", NOW)
    kept.purge(ALICE, LATER)
    kept.add(ALICE, A1, LATER)
    assert kept.drafts(ALICE, "a1") == ()


def test_erasing_everything_erases_drafts(kept):
    kept.erase(ALICE)
    kept.add(ALICE, A1, NOW)
    assert kept.drafts(ALICE, "a1") == ()


# Backups


def test_a_backup_holds_drafts_also_of_what_was_deleted_and_brings_them_back(kept, repository):
    kept.delete(ALICE, "a1", NOW)
    data = dump_backup(kept.backup(ALICE, NOW))
    kept.erase(ALICE)
    given = read_backup(data)
    repository.exchange(ALICE, lambda here: exchanged(here, given, NOW, instead=True), NOW)
    repository.restore(ALICE, "a1")
    assert repository.drafts(ALICE, "a1") == (replace(BEGUN, version=1),)


def test_of_two_sides_the_draft_that_was_kept_more_often_stays_and_one_that_only_one_has(kept):
    before = kept.backup(ALICE, NOW)
    newer = kept.keep_draft(ALICE, "a1", replace(BEGUN, version=1, texts=()), NOW)
    other = kept.keep_draft(ALICE, "a1", Draft(id="new-date"), NOW)
    kept.exchange(ALICE, lambda here: exchanged(here, before, NOW, instead=False), NOW)
    assert kept.drafts(ALICE, "a1") == (other, newer)


def test_after_a_restore_in_its_place_a_window_on_the_old_draft_is_found_out(kept):
    before = kept.backup(ALICE, NOW)
    kept.keep_draft(ALICE, "a1", replace(BEGUN, version=1, texts=()), NOW)
    kept.exchange(ALICE, lambda here: exchanged(here, before, NOW, instead=True), NOW)
    (back,) = kept.drafts(ALICE, "a1")
    assert (back.texts, back.version) == ((OWN,), 3)
    with pytest.raises(SomebodyWasFirst):
        kept.keep_draft(ALICE, "a1", replace(BEGUN, version=2), NOW)


# A guest's browser


def test_a_guests_draft_goes_to_the_browser_as_a_text_of_its_own_and_comes_back():
    guest = GuestRepository()
    guest.add(OWNER, replace(A1, id="a/1"), NOW)
    told = guest.turn
    guest.keep_draft(OWNER, "a/1", BEGUN, NOW)
    texts = guest.changes(told)
    assert list(texts) == ["draft/thank_you-1/a/1"]
    again = GuestRepository()
    assert again.take_in(guest.changes(0)) == 0
    assert again.drafts(OWNER, "a/1") == guest.drafts(OWNER, "a/1")


def test_a_guests_draft_leaves_the_browser_with_its_application():
    for leave in (
        lambda guest: guest.purge(OWNER, LATER),
        lambda guest: guest.erase(OWNER),
    ):
        guest = GuestRepository()
        guest.add(OWNER, A1, NOW)
        guest.keep_draft(OWNER, "a1", BEGUN, NOW)
        guest.delete(OWNER, "a1", NOW)
        told = guest.turn
        leave(guest)
        assert guest.changes(told)[f"{DRAFT}thank_you-1/a1"] is None


def test_two_tabs_come_to_agree_on_a_draft():
    tabs = [GuestRepository(), GuestRepository()]
    for tab, body in zip(tabs, ("one", "another"), strict=True):
        tab.add(OWNER, A1, NOW)
        tab.keep_draft(OWNER, "a1", replace(BEGUN, texts=(replace(OWN, body=body),)), NOW)
    for _ in range(2):
        texts = [tab.changes(0) for tab in tabs]
        assert tabs[0].take_in(texts[1]) + tabs[1].take_in(texts[0]) == 0
    assert tabs[0].drafts(OWNER, "a1") == tabs[1].drafts(OWNER, "a1")
    tabs[0].take_in({f"{DRAFT}thank_you-1/a1": None})
    assert tabs[0].drafts(OWNER, "a1") == ()


@pytest.mark.parametrize("text", ["", "{", "null", "[]", '{"id": "other"}', '{"id": "thank_you-1", "x": 1}'])
def test_a_draft_that_nobody_can_read_is_counted_and_changes_nothing(text):
    guest = GuestRepository()
    guest.add(OWNER, A1, NOW)
    guest.keep_draft(OWNER, "a1", BEGUN, NOW)
    assert guest.take_in({f"{DRAFT}thank_you-1/a1": text}) == 1
    assert guest.drafts(OWNER, "a1") == (replace(BEGUN, version=1),)


# The draft itself


def test_each_message_in_each_length_has_a_text_of_its_own():
    long = replace(OWN, length=Length.LONG, body="Dear Ada, at length")
    both = with_text(with_text(Draft(id="x"), OWN), long)
    assert both.own("thank-you-email", Length.LONG) == long
    changed = with_text(both, replace(OWN, body="Other"))
    assert [w.body for w in changed.texts] == ["Dear Ada, at length", "Other"]
    assert without_text(changed, "thank-you-email", Length.SHORT).texts == (long,)
    assert changed.own("check-in-email", Length.SHORT) is None


def test_a_draft_in_a_backup_is_read_with_every_problem():
    draft = {"id": "a b", "version": 0, "answers": {"talked": "x" * 20_001, "mood": "good"}, "texts": 7}
    item = {"version": 1, "application": {"company": "F", "id": "a1"}}
    whole = {"afterword": "backup", "version": 1, "applications": [{**item, "drafts": [draft]}]}

    def told(drafts):
        whole["applications"] = [{**item, "drafts": drafts}]
        with pytest.raises(Exception, match=r"drafts") as caught:
            read_backup(json.dumps(whole).encode())
        return [str(problem) for problem in caught.value.problems]

    place = "applications[0].drafts[0]"
    assert told([draft]) == [
        f"{place}.answers.mood: is not a known key",
        f"{place}.texts: must be a list",
    ]
    del draft["answers"]["mood"], draft["texts"]
    assert told([draft]) == [
        f"{place}.id: must be letters, digits, hyphens and underscores, at most 64",
        f"{place}.answers.talked: is 20,001 characters long; at most 20,000 can be kept",
        f"{place}.version: must be a whole number from 1 to 1,000,000,000",
    ]
    one = {"id": "x", "version": 1}
    assert told([one, one]) == ["applications[0].drafts[1].id: is the id of a draft before it"]
    assert told({}) == ["applications[0].drafts: must be a list"]
