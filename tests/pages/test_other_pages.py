"""About you, the guide, one application by its address, and the words that stand around every page."""

import re
import shutil
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
import streamlit as st

from afterword import content
from afterword.domain.model import Entry, EntryKind, Promise
from afterword.domain.story import stages
from afterword.domain.workdays import Workdays
from afterword.domain.you import You
from afterword.store.repository import OWNER
from afterword.ui import guide, keys, lists, shelf, worked
from tests.desk.cast import CHARLIE, FERNBRIDGE, HANDBOOK, NOW, with_round
from tests.pages.conftest import FIRST_RUN

BADGE = re.compile(r":\w+-badge\[([\w ]+): (\d+)\]")

# About you


def test_about_you_offers_the_browsers_zone_and_may_stay_empty(visit):
    about = visit().go_to("about_you")
    assert about.title == "About you"
    assert [
        about.holds(f"Your {what}") for what in ("full name", "phone number", "time zone", "country")
    ] == [
        "",
        "",
        "America/New_York",
        None,
    ]
    about.press("Save")
    assert about.repository.you(OWNER) == You(zone="America/New_York")


def test_what_is_said_about_you_is_kept_and_counts_in_every_plan(visit):
    page = visit(replace(with_round(promise=Promise(reply_by=date(2026, 11, 10))), country=None))
    assert "Quiet until today" not in page.text
    assert "Quiet until Tue 10 Nov" in page.text
    page.go_to("about_you")
    for name, value in {
        "Your full name": " Alice Ashby ",
        "Your phone number": "+1 212 555 0100",
        "Your time zone": "Europe/Berlin",
        "Your country": "US",
    }.items():
        page.labelled(name).set_value(value)
    page.press("Save")
    assert page.successes == ["Saved. Every plan counts with it from now on."]
    assert page.repository.you(OWNER) == You(
        name="Alice Ashby", phone="+1 212 555 0100", zone="Europe/Berlin", country="US"
    )
    page.go_to("today")
    assert "Quiet until Wed 11 Nov" in page.text  # Veterans Day counts now
    assert page.go_to("about_you").holds("Your full name") == "Alice Ashby"


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("Your full name", "x" * 201, "Your name is 201 characters long; at most 200 can be kept."),
        (
            "Your phone number",
            "1" * 201,
            "Your phone number is 201 characters long; at most 200 can be kept.",
        ),
    ],
)
def test_what_cannot_be_is_refused_at_its_field_and_the_rest_stays(visit, field, value, error):
    about = visit().go_to("about_you")
    about.repository.keep_you(OWNER, You(name="Alice"))
    about.labelled(field).set_value(value)
    about.press("Save")
    assert about.errors == [error]
    assert about.successes == []
    assert about.holds(field) == value
    assert about.repository.you(OWNER) == You(name="Alice")


# The guide


def test_the_guide_lists_every_page_in_order(visit):
    page = visit().go_to("guide")
    assert page.title == "Guide"
    links = [link.proto.label for link in page.at.get("page_link")]
    assert links == [
        "Which should I use?",
        *(f"{number}. {one.title}" for number, one in enumerate(HANDBOOK.guide, start=1)),
    ]
    assert len(links) >= 11
    assert page.headers == list(guide.PARTS.values())


def test_a_page_that_is_not_there_leads_to_the_list(visit):
    assert visit().go_to("guide", page="nowhere").title == "Guide"


@pytest.mark.parametrize("guide_page", HANDBOOK.guide, ids=lambda page: page.id)
def test_a_guide_page_says_on_whose_word_each_of_its_marks_rests(visit, guide_page):
    page = visit().go_to("guide", page=guide_page.id)
    assert page.title == guide_page.title
    for number, cite in enumerate(guide.marks_in_order(guide_page), start=1):
        assert f"\\[{number}\\]" in page.markdown
        assert f"{number}. {lists.words.source_line(HANDBOOK.sources[cite])}" in page.markdown
    assert [e.label for e in page.at.expander] == [f"On whose word: {guide_page.title}"]
    assert not [cite for cite in HANDBOOK.sources if f"[{cite}]" in page.text]


@pytest.mark.parametrize("guide_page", HANDBOOK.guide, ids=lambda page: page.id)
def test_a_guide_pages_badges_count_its_grounds(visit, guide_page):
    shown = dict(BADGE.findall(visit().go_to("guide", page=guide_page.id).markdown))
    kinds = Counter(HANDBOOK.sources[cite].kind for cite in guide_page.cites)
    assert shown == {guide.BADGES[kind][0]: str(count) for kind, count in kinds.items()}


def test_each_guide_page_leads_to_the_next_and_the_last_to_the_list(visit):
    for page, following in pairwise([*HANDBOOK.guide, None]):
        links = [link.proto.label for link in visit().go_to("guide", page=page.id).at.get("page_link")]
        assert links == [
            *(["Which should I use?"] if page.helper else []),
            *([f"Next: {following.title}"] if following else []),
            "All pages of the guide",
        ]


def test_email_or_phone_leads_to_the_questions():
    assert [page.id for page in HANDBOOK.guide if page.helper] == ["email-or-phone"]


def test_a_page_with_an_example_shows_its_dates_in_a_drawing_and_in_words(visit):
    page = visit().go_to("guide", page="timing")
    assert "A worked example" in page.headers
    (chart,) = page.at.get("arrow_vega_lite_chart") or page.at.get("vega_lite_chart")
    shown = stages(next(one.example for one in HANDBOOK.guide if one.example), HANDBOOK, Workdays())
    for stage in shown:
        assert f"| {worked.name(stage)} | {worked.when(stage)} |" in page.text
        assert f"{worked.name(stage)}: {worked.when(stage)}" in chart.proto.alt


def test_a_guide_page_is_given_on_paper(visit):
    page = visit().go_to("guide", page="two-minutes")
    assert [button.label for button in page.at.get("download_button")] == ["The whole in two minutes (PDF)"]


# Teaching in place


def test_the_reason_of_a_step_leads_to_its_page_of_the_guide(visit):
    page = visit(FERNBRIDGE)
    step = page.plan().next
    page.open(keys.why("a0", step.id))
    titles = {one.id: one.title for one in HANDBOOK.guide}
    links = {link.proto.label: link.proto.query_string for link in page.at.get("page_link")}
    wanted = HANDBOOK.rules[step.reason].guide
    assert links[f"Guide: {titles[wanted]}"] == f"page={wanted}"


def test_every_line_of_the_checklist_leads_to_its_page_of_the_guide(visit):
    page = visit(FERNBRIDGE).go_to("application", id="a0")
    for phase in HANDBOOK.phases:
        page.open(phase.id)
    titles = {one.id: one.title for one in HANDBOOK.guide}
    items = [item for phase in HANDBOOK.phases for item in phase.items]
    every = (link.proto.label for link in page.at.get("page_link"))
    links = Counter(label for label in every if label.startswith("Guide: "))
    assert Counter(f"Guide: {titles[item.guide]}" for item in items) == links


# One application


def test_an_application_is_found_by_its_address_with_its_whole_plan(visit):
    page = visit(FERNBRIDGE).go_to("application", id="a0")
    assert page.title == "Fernbridge"
    page.open(shelf.PLAN)
    assert f"{lists.STATES['open']} &nbsp; **Email your thanks to Ada Okafor**" in page.text
    assert f"{lists.STATES['withheld']} &nbsp; **Check in with Jo Lind by email**" in page.text
    assert "From Mon 9 Nov, by Tue 10 Nov. Rule:" in page.text


def test_a_step_that_was_done_says_so_in_the_whole_plan(visit):
    thanked = replace(FERNBRIDGE, log=(Entry(id="e1", kind=EntryKind.THANK_YOU, at=NOW),))
    page = visit(thanked).go_to("application", id="a0").open(shelf.PLAN)
    assert f"{lists.STATES['done']} &nbsp; **Email your thanks to Ada Okafor**" in page.text
    assert "Thanked today at 16:10. Rule:" in page.text


@pytest.mark.parametrize("query", [{"id": "no such application"}, {"id": ""}, {}, {"id": "'; --"}])
def test_an_address_of_no_application_says_so_and_leads_back(visit, query):
    page = visit(FERNBRIDGE).go_to("application", **query)
    assert page.title == "No such application"
    assert "It may have been deleted, or it belongs to somebody else." in page.text
    assert "What was deleted lately can be brought back on the page Applications." in page.text
    assert [link.label for link in page.at.page_link] == ["Go to Applications"]
    assert "Fernbridge" not in page.text


def test_charlie_cannot_open_alices_application_by_its_address(visit):
    alice = visit(FERNBRIDGE).go_to("application", id="a0")
    assert alice.title == "Fernbridge"
    charlie = visit().go_to("application", id="a0")
    assert charlie.title == "No such application"
    assert "Fernbridge" not in charlie.text


def test_another_owners_application_in_the_same_store_is_not_shown(visit):
    page = visit()
    page.repository.add(CHARLIE, replace(FERNBRIDGE, id="c0"), NOW)
    assert page.run().title == FIRST_RUN
    assert page.go_to("application", id="c0").title == "No such application"


def test_a_deleted_application_has_no_page(visit):
    page = visit(FERNBRIDGE)
    page.repository.delete(OWNER, "a0", NOW)
    assert page.go_to("application", id="a0").title == "No such application"


# Around every page


def test_words_that_cannot_be_used_give_way_to_the_last_good_ones_and_every_page_says_so(
    visit, tmp_path, monkeypatch
):
    folder = Path(shutil.copytree(content.CONTENT, tmp_path / "content"))
    monkeypatch.setattr(content.handbook_in_use, "__defaults__", (folder,))
    visit()
    st.cache_resource.clear()
    (folder / "rules.toml").write_text("[[rule]]\nid = ", "utf-8")
    page = visit(FERNBRIDGE)
    assert "The newest words cannot be used; the last good ones are shown." in [
        expander.label for expander in page.at.expander
    ]
    assert "- rules.toml: cannot be read" in page.text
    assert page.offers("I've thanked Ada Okafor")


@pytest.mark.parametrize("name", ["today", "guide", "practice", "about_you", "application", "spreadsheet"])
def test_every_page_has_one_title_and_says_whose_data_it_is(visit, name):
    page = visit(FERNBRIDGE).go_to(name, **({"id": "a0"} if name == "application" else {}))
    assert page.title
    assert "You are a guest here." in page.text


def test_keys_of_widgets_are_letters_digits_and_hyphens(visit):
    page = visit(FERNBRIDGE).press("Correct Fernbridge")
    keys = [w.key for w in (*page.at.button, *page.at.text_input, *page.at.radio, *page.at.selectbox)]
    assert len(keys) > 10
    assert not [key for key in keys if not key.replace("-", "").replace("_", "").isalnum()]


# Your data


def test_samples_are_neither_taken_along_nor_erased(visit):
    page = visit().press("Look around with samples").go_to("data")
    assert page.title == "Your data"
    assert not [label for label in page.labels if "Erase" in label or "backup" in label.lower()]
    assert "Leave them first" in page.text


def test_what_was_deleted_long_ago_is_erased_when_a_session_begins(visit):
    page = visit(FERNBRIDGE)
    repository = page.repository
    repository.delete(OWNER, "a0", NOW - timedelta(days=31))
    del page.at.session_state["tidied"]
    page.run()
    assert repository.deleted(OWNER) == ()


def test_among_samples_no_spreadsheet_is_brought_in(visit):
    page = visit().press("Look around with samples").go_to("spreadsheet")
    assert "You are looking at samples." in page.text


def test_from_an_empty_list_a_way_leads_to_a_spreadsheet(visit):
    links = [link.proto.label for link in visit().go_to("applications").at.get("page_link")]
    assert "Or bring in a spreadsheet" in links
