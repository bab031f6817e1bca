"""Write: from a due step to a message in one's own words, kept as it is written and logged on one's own word."""

from dataclasses import replace
from email import message_from_bytes, policy

import pytest

from afterword.domain.draft import Draft, Length
from afterword.domain.model import Channel, Entry, EntryKind, Interviewer, Outcome, Promise, Result, ThanksBy
from afterword.domain.you import You
from afterword.formats.eml import draft_file
from afterword.store.repository import OWNER
from tests.desk.cast import ADA, FERNBRIDGE, HANDBOOK, NOW, PANEL, SetClock, at, desk_of, with_round

NOTED = with_round(interviewers=(replace(ADA, id="p1", notes="The move to a new ledger."),))
LUIS = Interviewer(id="p2", name="Luis Prado", email="luis@fernbridge.example", notes="the night shift")
TWO = with_round(interviewers=(replace(ADA, id="p1", notes="The move to a new ledger."), LUIS))
THANKED = Entry(id="e1", kind=EntryKind.THANK_YOU, at=at("2026-11-03 16:00"), channel=Channel.EMAIL)
MESSAGE = "Message"


def steps_of(page, id="a0"):
    return page.plan(id).steps


def writing(visit, application=NOTED, number=0, **you):
    """A visit to the page on which a step's message is written."""
    page = visit(application)
    page.repository.keep_you(OWNER, You(name="Alice Ashby", **you))
    return page.go_to("write", id="a0", step=steps_of(page)[number].id)


def log_of(page):
    return page.application().log


def plain(page):
    """The words of the page without what makes them bold."""
    return page.text.replace("**", "")


def drafts_of(page):
    return page.repository.drafts(OWNER, "a0")


# The list


def test_the_page_lists_what_is_due_with_a_way_to_each(visit):
    page = visit(TWO).go_to("write")
    assert page.title == "Write"
    assert page.headers == ["Due now", "When you need it"]
    labels = [link.proto.label for link in page.at.get("page_link")]
    assert labels == [
        "Write the thank-you to Ada Okafor",
        "Write the thank-you to Luis Prado",
        "Fernbridge: A question: when will I hear?",
    ]


def test_with_nothing_due_the_page_says_so(visit):
    page = visit(replace(NOTED, outcome=Outcome(result=Result.ACCEPTED, at=NOW))).go_to("write")
    assert "Nothing is due to be written today." in page.text
    assert page.headers == ["Due now"]


def test_today_and_the_application_lead_to_the_message_of_each_due_step(visit):
    today = visit(NOTED)
    pages = (today, visit(NOTED).go_to("application", id="a0"))
    for page in pages:
        assert "Write the thank-you to Ada Okafor" in [link.proto.label for link in page.at.get("page_link")]


def test_what_asks_for_no_message_has_no_link(visit, on_day):
    on_day("2026-12-20T10:00:00-05:00")
    page = visit(NOTED)
    assert page.offers("Mark Fernbridge “no answer”")
    assert not [
        link for link in page.at.get("page_link") if link.proto.label.startswith(("Write", "Prepare"))
    ]


@pytest.mark.parametrize(
    "query", [{"id": "nobody"}, {"id": "a0", "step": "gone"}, {"id": "a0"}, {"id": "a0", "message": "gone"}]
)
def test_what_is_not_there_is_said_with_a_way_on(visit, query):
    page = visit(NOTED).go_to("write", **query)
    assert page.title == "Nothing to write here"


def test_charlie_cannot_open_alices_message_by_its_address(visit):
    alice = writing(visit)
    step = steps_of(alice)[0].id
    charlie = visit().go_to("write", id="a0", step=step)
    assert charlie.title == "Nothing to write here"
    assert "Ada" not in charlie.text


# The prompts and the text


def test_the_notes_of_the_talk_stand_in_the_first_prompt_and_in_the_message(visit):
    page = writing(visit)
    assert page.title == "Email your thanks to Ada Okafor"
    assert page.holds("What did you talk about?") == "The move to a new ledger."
    assert "above all about the move to a new ledger." in page.holds(MESSAGE)
    assert page.holds("Subject") == "Thank you for the interview: Data analyst"


def test_whoever_has_no_name_yet_is_told_where_to_say_it_once(visit):
    page = visit(NOTED)
    page.go_to("write", id="a0", step=steps_of(page)[0].id)
    assert "Say your full name once: About you" in [link.proto.label for link in page.at.get("page_link")]
    assert "⟦your full name⟧" in page.holds(MESSAGE)
    assert "Say your full name" not in str([link.proto.label for link in writing(visit).at.get("page_link")])


def links_of(page):
    return [link.proto.label for link in page.at.get("page_link")]


def test_whoever_wrote_down_no_role_and_no_name_is_told_where_they_go(visit):
    page = writing(visit, replace(with_round(interviewers=()), role=None, contact=None))
    assert "⟦the role⟧" in page.holds("Subject")
    assert "⟦their name⟧" in page.holds(MESSAGE)
    assert "Add their name and the role once" in links_of(page)
    known = writing(visit, replace(with_round(interviewers=(replace(ADA, id="p1"),)), role=None))
    assert "Add the role once" in links_of(known)
    assert not [label for label in links_of(writing(visit)) if label.startswith("Add ")]


def test_each_interviewer_has_answers_and_a_text_of_their_own(visit):
    page = writing(visit, TWO).fill("Why do you want", "it is near")
    page.go_to("write", id="a0", step=steps_of(page)[1].id)
    assert page.holds("Why do you want") == ""
    assert "Dear Luis Prado" in page.holds(MESSAGE)
    assert "the night shift" in page.holds(MESSAGE)


def test_an_answer_goes_into_the_text_and_is_kept(visit):
    page = writing(visit)
    assert "⟦why you want the job⟧" in page.holds(MESSAGE)
    assert "Do not send it yet." in "".join(page.errors)
    page.fill("Why do you want", "It is close to what I do now.")
    assert "because It is close" in page.holds(MESSAGE)
    assert page.errors == []
    assert drafts_of(page)[0].answers.why == "It is close to what I do now."


def test_ones_own_text_is_kept_over_pages_and_sessions_and_answers_no_longer_change_it(visit):
    page = writing(visit).fill("Why do you want", "it is near").fill(MESSAGE, "Dear Ada Okafor, my own words")
    page.fill("Why do you want", "it is far")
    page.go_to("today").go_to("write", id="a0", step=steps_of(page)[0].id)
    assert page.holds(MESSAGE) == "Dear Ada Okafor, my own words"
    again = visit()
    again.at.session_state["guest"] = page.repository
    again.repository = page.repository
    again.go_to("write", id="a0", step=steps_of(page)[0].id)
    assert again.holds(MESSAGE) == "Dear Ada Okafor, my own words"
    assert again.holds("Why do you want") == "it is far"


def test_each_message_and_length_has_its_own_text_and_what_was_chosen_stays(visit):
    page = writing(visit).fill(MESSAGE, "short of mine").fill("How long?", Length.LONG)
    assert "for the time you gave me" in page.holds(MESSAGE)
    page.fill("Which message?", "thank-you-call")
    assert page.holds("What to say").startswith("Hello Ada Okafor, this is Alice Ashby.")
    assert page.holds("If you reach their voicemail").startswith("Hello Ada Okafor")
    page.fill("Which message?", "thank-you-email").fill("How long?", Length.SHORT)
    assert page.holds(MESSAGE) == "short of mine"
    (draft,) = drafts_of(page)
    assert (draft.message, draft.length) == ("thank-you-email", Length.SHORT)


def test_ones_own_text_can_be_dropped_and_brought_back(visit):
    page = writing(visit).fill(MESSAGE, "my own")
    page.press("Begin again from the draft")
    assert page.holds(MESSAGE).startswith("Dear Ada Okafor")
    page.press("Bring my own text back")
    assert page.holds(MESSAGE) == "my own"


def test_a_text_brought_back_takes_nothing_else_with_it(visit):
    page = writing(visit).fill(MESSAGE, "my own").press("Begin again from the draft")
    page.fill("How long?", Length.LONG).fill(MESSAGE, "written since").fill("How long?", Length.SHORT)
    page.press("Bring my own text back")
    assert page.holds(MESSAGE) == "my own"
    assert page.fill("How long?", Length.LONG).holds(MESSAGE) == "written since"


def test_a_text_that_is_too_long_is_said_and_stays_in_its_field(visit):
    page = writing(visit).fill(MESSAGE, "x" * 30_000)
    assert "is 30,000 characters long" in page.text
    assert len(page.holds(MESSAGE)) == 30_000
    assert drafts_of(page) == ()


def test_what_was_typed_is_shown_as_typed(visit):
    page = writing(visit, replace(NOTED, company="*Fern* {{ x }}", role="_A_ <b>"))
    assert "*Fern* {{ x }}" in page.text
    assert "the _A_ <b> job at *Fern* {{ x }}" in page.holds(MESSAGE)


# The review


def test_the_review_names_place_and_reason_and_what_it_cannot_judge(visit):
    page = writing(visit).fill("Why do you want", "it is near").fill("Subject", "Hello!!!")
    text = plain(page)
    assert "The subject does not name the role: “Hello!!!” in the subject." in text
    assert "There are many exclamation marks: “3 exclamation marks”. Keep to 1 at most." in text
    assert "(the article and our own view)" in text
    assert "whether you mean it, nobody but you can judge" in text
    assert page.errors == []


def test_the_same_text_as_to_luis_is_found_whether_it_is_a_draft_or_was_sent(visit):
    page = writing(visit, TWO)
    own = page.holds(MESSAGE)
    page.fill(MESSAGE, own)
    page.go_to("write", id="a0", step=steps_of(page)[1].id)
    page.fill(MESSAGE, own.replace("Ada Okafor", "Luis Prado"))
    assert "It is the same text as to another person: “Ada Okafor”." in plain(page)


def test_another_interviewers_name_stops_it(visit):
    page = writing(visit, TWO)
    page.fill(MESSAGE, page.holds(MESSAGE).replace("Dear Ada Okafor", "Dear Luis Prado"))
    assert "This is the name of another interviewer: “Luis Prado”" in plain(page)
    assert "Do not send it yet" in page.text


# Sending


def test_a_message_can_be_taken_along_in_three_ways(visit):
    page = writing(visit).fill("Why do you want", "it is near")
    assert "To: Ada Okafor, ada@fernbridge.example" in page.text.replace("\u2060", "")
    (link,) = page.at.get("link_button")
    assert link.proto.url.startswith(
        "mailto:ada@fernbridge.example?subject=Thank%20you%20for%20the%20interview"
    )
    assert page.at.get("download_button")[0].proto.label == "Download as a draft (.eml)"
    read = message_from_bytes(
        draft_file("Ada Okafor", ADA.email, page.holds("Subject"), page.holds(MESSAGE)), policy=policy.default
    )
    assert read.get_content().rstrip("\n") == page.holds(MESSAGE)


def test_a_message_too_long_for_a_link_says_what_to_do(visit):
    page = writing(visit).fill(MESSAGE, "Dear Ada Okafor " * 200)
    assert not page.at.get("link_button")
    assert "too long for a link" in page.text


def test_a_missing_address_is_said_with_a_way_to_get_it(visit):
    page = writing(visit, with_round(interviewers=(replace(ADA, email=None),)))
    assert "No email address for Ada Okafor is written down yet." in page.text


def test_what_is_missing_is_what_the_chosen_message_needs(visit):
    page = writing(visit, with_round(interviewers=(replace(ADA, email=None, phone=None),)))
    assert "No email address for Ada Okafor is written down yet." in page.text
    page.fill("Which message?", "thank-you-call")
    assert "No phone number for Ada Okafor is written down yet." in page.text
    assert "No email address" not in page.text


def test_nothing_is_logged_until_the_person_says_so_and_it_can_be_taken_back(visit):
    page = writing(visit).fill("Why do you want", "it is near")
    assert log_of(page) == ()
    body = page.holds(MESSAGE)
    page.press("I sent it to Ada Okafor")
    (entry,) = log_of(page)
    assert (entry.kind, entry.channel, entry.to, entry.round) == (
        EntryKind.THANK_YOU,
        Channel.EMAIL,
        "p1",
        page.application().rounds[0].id,
    )
    assert entry.text == f"Thank you for the interview: Data analyst\n\n{body}"
    assert page.headers == ["Done"]
    assert "Thanked by email today at 16:10. It stands in the history." in page.successes
    page.press("Undo: Ada Okafor")
    assert log_of(page)[0].withdrawn_at is not None
    assert page.holds(MESSAGE) == body


def test_words_typed_right_before_the_button_is_pressed_are_logged_too(visit):
    page = writing(visit)
    page.labelled(MESSAGE).set_value("Dear Ada Okafor, to the last word")
    page.press("I sent it to Ada Okafor")
    assert log_of(page)[0].text.endswith("\n\nDear Ada Okafor, to the last word")
    assert drafts_of(page)[0].texts[0].body == "Dear Ada Okafor, to the last word"


def test_the_history_tells_a_message_by_its_first_line_and_holds_it_whole(visit):
    page = writing(visit).fill("Why do you want", "it is near")
    body = page.holds(MESSAGE)
    page.press("I sent it to Ada Okafor").go_to("application", id="a0").open("history")
    assert "thanked Ada Okafor by email (Thank you for the interview: Data analyst …)." in page.text
    assert f"Thank you for the interview: Data analyst\n\n{body}" in [code.value for code in page.at.code]


def test_a_note_to_a_panel_thanks_everybody_of_it(visit):
    page = writing(visit, TWO).fill("Which message?", "panel-note")
    page.press("I sent it to Jo Lind")
    assert (log_of(page)[0].to, log_of(page)[0].kind) == (None, EntryKind.THANK_YOU)
    for step in steps_of(page)[:2]:
        assert page.go_to("write", id="a0", step=step.id).headers == ["Done"]


def test_a_question_from_a_thank_you_is_logged_as_a_question(visit):
    page = writing(visit, with_round(promise=None)).fill("Which message?", "ask-for-the-date")
    page.press("I sent it to Ada Okafor")
    assert [e.kind for e in log_of(page)] == [EntryKind.ASK]
    assert steps_of(page)[0].state == "open"
    page.press("Undo: Ada Okafor")
    assert page.offers("I sent it to Ada Okafor")


def test_after_the_question_the_thank_you_can_still_be_written(visit):
    page = writing(visit, with_round(promise=None)).fill("Which message?", "ask-for-the-date")
    page.press("I sent it to Ada Okafor").press("Now the thank-you")
    assert page.holds("Which message?") == "thank-you-email"
    page.press("I sent it to Ada Okafor")
    assert [e.kind for e in log_of(page)] == [EntryKind.ASK, EntryKind.THANK_YOU]
    assert not page.offers("Now the thank-you")


def test_a_call_has_a_number_to_tap_a_script_and_words_for_the_voicemail(visit, on_day):
    on_day("2026-11-04T10:00:00-05:00")
    met = replace(ADA, id="p1", phone="+1 212 555 0101", notes="the ledger")
    page = writing(visit, with_round(thanks_by=ThanksBy.PHONE, interviewers=(met,)))
    (link,) = page.at.get("link_button")
    assert (link.proto.url, link.proto.label) == ("tel:+12125550101", "Call Ada Okafor: +1 212 555 0101")
    assert not page.offers("Subject")
    page.press("I called Ada Okafor")
    assert (log_of(page)[0].channel, log_of(page)[0].kind) == (Channel.PHONE, EntryKind.THANK_YOU)


def test_a_call_that_may_not_be_made_yet_can_be_written_and_not_logged(visit):
    met = replace(ADA, id="p1", phone="+1 212 555 0101")
    page = writing(visit, with_round(thanks_by=ThanksBy.PHONE, interviewers=(met,)))
    assert "It is too early for this." in page.text
    assert not page.offers("I called Ada Okafor")


def test_a_note_by_post_is_logged_as_posted(visit):
    page = writing(visit, with_round(thanks_by=ThanksBy.POST, interviewers=(replace(ADA, id="p1"),)))
    page.press("I posted it to Ada Okafor")
    assert log_of(page)[0].channel == Channel.POST


def test_an_answer_to_a_new_date_is_logged_as_a_note_once(visit):
    reply = Entry(
        id="e2",
        kind=EntryKind.REPLY,
        at=at("2026-11-03 16:05"),
        promise=Promise(reply_by=at("2026-11-20 00:00").date()),
    )
    page = visit(replace(NOTED, log=(THANKED, reply))).go_to("write", id="a0", message="new-date")
    assert page.title == "Answer to a new date"
    assert "I have noted Friday 20 November" in page.holds(MESSAGE)
    page.press("I sent it to Jo Lind")
    assert [e.kind for e in log_of(page)][2:] == [EntryKind.NOTE]
    page.go_to("today").go_to("write", id="a0", message="new-date")
    assert page.headers == ["Done"]


def test_after_a_reply_a_check_in_begins_anew_and_with_the_new_day(visit, on_day):
    on_day("2026-11-09T10:00:00-05:00")
    page = visit(replace(NOTED, log=(THANKED,)))
    (first,) = (s for s in page.plan().steps if s.kind == "check_in")
    page.go_to("write", id="a0", step=first.id).fill(MESSAGE, "Dear Jo Lind, you named Friday 6 November")
    page.press("I sent it to Jo Lind")
    reply = Entry(
        id="e2",
        kind=EntryKind.REPLY,
        at=at("2026-11-09 11:00"),
        promise=Promise(reply_by=at("2026-11-13 00:00").date()),
    )
    on_day("2026-11-16T10:00:00-05:00")
    page.repository.append(OWNER, "a0", reply)
    page.go_to("today").go_to("write", id="a0", step=first.id)
    assert "The day you named to me was Friday 13 November." in page.holds(MESSAGE)
    assert page.offers("I sent it to Jo Lind")


def test_a_step_done_elsewhere_meanwhile_is_not_logged_twice(visit):
    page = writing(visit)
    label = "I sent it to Ada Okafor"
    button = page.labelled(label)
    desk_of(OWNER, page.repository, SetClock()).tick("a0", steps_of(page)[0].id)
    button.click()
    page.run()
    assert len(log_of(page)) == 1
    assert page.headers == ["Done"]


# Two windows


def test_an_edit_on_an_older_draft_shows_both_and_loses_neither(visit):
    page = writing(visit)
    other = desk_of(OWNER, page.repository, SetClock())
    step = steps_of(page)[0].id
    other.keep_draft(
        "a0", Draft(id=step, answers=replace(Draft(id=step).answers, why="from the other window"))
    )
    page.fill("Why do you want", "from here")
    assert page.headers == ["What you wrote here", "What the other window kept"]
    mine, theirs = (code.value for code in page.at.code)
    assert "from here" in mine
    assert "from the other window" in theirs
    page.press("Keep what I wrote here")
    assert page.holds("Why do you want") == "from here"
    assert drafts_of(page)[0].version == 2


def test_each_window_is_shown_the_message_that_it_wrote(visit):
    page = writing(visit, TWO)
    other = desk_of(OWNER, page.repository, SetClock())
    other.keep_draft("a0", Draft(id=steps_of(page)[0].id, message="panel-note"))
    page.fill(MESSAGE, "Dear Ada Okafor, my own words")
    mine, theirs = (code.value for code in page.at.code)
    assert "Dear Ada Okafor, my own words" in mine
    assert "Could you pass my thanks on" in theirs


def test_the_other_windows_draft_can_be_chosen(visit):
    page = writing(visit)
    step = steps_of(page)[0].id
    desk_of(OWNER, page.repository, SetClock()).keep_draft(
        "a0", Draft(id=step, answers=replace(Draft(id=step).answers, why="theirs"))
    )
    page.fill("Why do you want", "mine").press("Keep the other one")
    assert page.holds("Why do you want") == "theirs"


def test_what_another_window_kept_is_shown_where_nothing_was_typed_here(visit):
    page = writing(visit)
    step = steps_of(page)[0].id
    desk_of(OWNER, page.repository, SetClock()).keep_draft(
        "a0", Draft(id=step, answers=replace(Draft(id=step).answers, why="theirs"))
    )
    page.press("Look it over again")
    assert page.holds("Why do you want") == "theirs"


def test_the_messages_of_every_kind_of_step_can_be_opened(visit):
    offer = Outcome(result=Result.OFFER, at=at("2026-11-03 16:00"))
    for outcome in (offer, replace(offer, result=Result.REJECTED)):
        page = visit(replace(FERNBRIDGE, rounds=(PANEL,), outcome=outcome))
        step = page.plan().next
        page.go_to("write", id="a0", step=step.id)
        assert page.holds(MESSAGE).startswith("Dear Jo Lind")
    assert HANDBOOK.messages
