"""What is written goes through the desk: kept for its owner, and logged once, on the person's word."""

from dataclasses import replace

import pytest

from afterword.domain.draft import LONGEST_BODY, Answers, Draft, Length, Written
from afterword.domain.errors import InvalidApplication, SomebodyWasFirst, UnknownApplication
from afterword.domain.model import Channel, EntryKind, ThanksBy
from tests.desk.cast import ADA, ALICE, CHARLIE, FERNBRIDGE, HANDBOOK, desk_of, step_of, with_round

EMAIL, NOTE, CALL = (HANDBOOK.messages[id] for id in ("thank-you-email", "panel-note", "thank-you-call"))
OFFER = HANDBOOK.messages["answer-to-an-offer-email"]
OWN = Written(message="thank-you-email", length=Length.SHORT, body="Dear Ada")


def test_a_draft_is_kept_and_counts_its_versions(desk, case):
    first = desk.keep_draft(case.id, Draft(id="x", answers=Answers(why="it is near")))
    second = desk.keep_draft(case.id, replace(first, texts=(OWN,)))
    assert desk.drafts(case.id) == (second,)
    with pytest.raises(SomebodyWasFirst):
        desk.keep_draft(case.id, first)


@pytest.mark.parametrize(
    ("draft", "path"),
    [
        (Draft(id="a b"), "id"),
        (Draft(id=""), "id"),
        (Draft(id="x", answers=Answers(why="x" * 20_001)), "answers.why"),
        (Draft(id="x", texts=(replace(OWN, body="x" * (LONGEST_BODY + 1)),)), "texts[0].body"),
        (Draft(id="x", texts=(replace(OWN, subject="x" * 501),)), "texts[0].subject"),
        (Draft(id="x", texts=(OWN,) * 101), "texts"),
    ],
)
def test_what_cannot_be_kept_is_told_with_its_place_and_changes_nothing(desk, case, draft, path):
    with pytest.raises(InvalidApplication) as caught:
        desk.keep_draft(case.id, draft)
    assert [problem.path for problem in caught.value.problems] == [path]
    assert desk.drafts(case.id) == ()


def test_charlie_has_nothing_of_alices_draft(desk, case, repository):
    desk.keep_draft(case.id, Draft(id="x"))
    charlie = desk_of(CHARLIE, repository)
    assert charlie.drafts(case.id) == ()
    for act in (
        lambda: charlie.keep_draft(case.id, Draft(id="x", version=1)),
        lambda: charlie.sent(case.id, EMAIL, None, "text"),
    ):
        with pytest.raises(UnknownApplication):
            act()


def test_a_sent_message_does_its_step_once_and_keeps_its_text(desk, case):
    step = step_of(case)
    entry = desk.sent(case.id, EMAIL, step.id, "Thanks\n\nDear Ada")
    assert (entry.kind, entry.channel, entry.to) == (EntryKind.THANK_YOU, Channel.EMAIL, step.to.id)
    assert (entry.round, entry.text) == (case.application.rounds[0].id, "Thanks\n\nDear Ada")
    assert desk.sent(case.id, EMAIL, step.id, "another text") is None
    assert step_of(desk.open(case.id)).entry == entry
    assert len(desk.open(case.id).application.log) == 1


def test_the_longest_text_that_can_be_written_can_be_logged(desk, case):
    text = "x" * 500 + "\n\n" + "y" * LONGEST_BODY
    assert desk.sent(case.id, EMAIL, step_of(case).id, text).text == text


def test_a_text_that_no_log_can_hold_is_refused(desk, case):
    with pytest.raises(InvalidApplication, match="characters long"):
        desk.sent(case.id, EMAIL, step_of(case).id, "x" * 20_001)
    assert desk.open(case.id).application.log == ()


def test_a_step_that_is_gone_is_not_logged_as_done_for_somebody_else(desk, case):
    step = step_of(case)
    desk.remove_round(case.id, case.application.rounds[0].id)
    assert desk.sent(case.id, EMAIL, step.id, "text") is None
    assert desk.open(case.id).application.log == ()


def test_a_note_to_a_panel_names_nobody_and_thanks_everybody(desk):
    case = desk.add(with_round(interviewers=(ADA, replace(ADA, name="Luis Prado"))))
    assert desk.sent(case.id, NOTE, step_of(case).id, "text").to is None
    assert [step.state for step in desk.open(case.id).plan.steps[:2]] == ["done", "done"]


def test_a_call_before_its_day_is_not_logged(desk):
    case = desk.add(
        with_round(thanks_by=ThanksBy.PHONE, interviewers=(replace(ADA, phone="+1 212 555 0101"),))
    )
    assert desk.sent(case.id, CALL, step_of(case).id, "text") is None


def test_a_letter_by_post_is_logged_as_such(desk):
    case = desk.add(with_round(thanks_by=ThanksBy.POST))
    assert desk.sent(case.id, EMAIL, step_of(case).id, "text").channel == Channel.POST


def test_what_answers_no_step_is_a_note_that_a_second_click_does_not_repeat(desk):
    case = desk.add(FERNBRIDGE)
    first = desk.sent(case.id, OFFER, None, "text")
    assert first.kind == EntryKind.NOTE
    assert desk.sent(case.id, OFFER, None, "text") is None
    desk.withdraw(case.id, first.id)
    assert desk.sent(case.id, OFFER, None, "text") is not None


def test_drafts_are_in_the_backup_and_come_back_for_somebody_else(desk, case):
    desk.keep_draft(case.id, Draft(id="x", texts=(OWN,)))
    bob = desk_of("bob")
    bob.restore_backup(desk.backup())
    assert bob.drafts(case.id) == desk.drafts(case.id)
    assert desk_of(ALICE).drafts(case.id) == ()
