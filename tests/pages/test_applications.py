"""The list of all applications: counts, search, filter, order, pages, several closed at once, what was deleted."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from afterword.domain.model import Application, Contact, Outcome, Result, Round
from afterword.domain.step import Status
from afterword.store.repository import OWNER
from afterword.ui import browse, keys
from afterword.ui.browse import Order
from afterword.ui.typed import as_typed
from tests.desk.cast import ADA, FERNBRIDGE, NOW, PANEL, at, with_round

CLOSED = replace(FERNBRIDGE, company="Harrow Press", outcome=Outcome(result=Result.REJECTED, at=NOW))
PLAIN = Application(company="Quay Street", zone="America/New_York")
AHEAD = replace(with_round(ended_at=at("2026-11-05 15:00"), promise=None), company="Northlight")


def listed(visit, *applications):
    return visit(*applications).go_to("applications")


def many(count):
    """So many that are due, with names in the order of their numbers."""
    return [replace(FERNBRIDGE, id=f"b{n:04}", company=f"Company {n:04}") for n in range(count)]


def companies(page):
    """The companies of the list, in its order."""
    links = [link.label for link in page.at.page_link if link.label.startswith("Open ")]
    return [label.removeprefix("Open ") for label in links]


def search(page, words):
    return page.fill("Search", words)


def status(page, chosen):
    return page.fill("Status", chosen)


# How many there are


def test_with_none_the_form_for_the_first_one_stands_there_at_once(visit):
    page = listed(visit)
    assert page.title == "Applications"
    assert "Nothing is here yet. Add the first one: three facts are enough." in page.text
    assert page.headers == ["Your first one"]
    assert page.offers("Show my plan")
    assert not page.offers("Search")
    assert not page.offers("Cancel")


def test_one_is_counted_as_one(visit):
    page = listed(visit, FERNBRIDGE)
    assert "1 application: 1 due." in page.text
    assert companies(page) == ["Fernbridge"]
    assert "Email your thanks to Ada Okafor. Due today." in page.text
    assert page.offers("Add an application")


def test_sixty_are_counted_by_status_and_shown_twenty_a_page(visit):
    page = listed(visit, *many(57), CLOSED, PLAIN, AHEAD)
    assert "60 applications: 57 due, 1 interview ahead, 1 no interview yet, 1 closed." in page.text
    assert companies(page) == [f"Company {n:04}" for n in range(20)]
    turn(page, 3)
    assert companies(page) == [
        *(f"Company {n:04}" for n in range(40, 57)),
        "Northlight",
        "Quay Street",
        "Harrow Press",
    ]


def test_a_thousand_have_fifty_pages(visit):
    page = listed(visit, *many(1_000))
    assert "1,000 applications: 1,000 due." in page.text
    assert companies(page) == [f"Company {n:04}" for n in range(20)]
    turn(page, 50)
    assert companies(page) == [f"Company {n:04}" for n in range(980, 1_000)]
    search(page, "0999")
    assert companies(page) == ["Company 0999"]


@pytest.mark.parametrize(("count", "pages"), [(0, 1), (1, 1), (20, 1), (21, 2), (60, 3), (1_000, 50)])
def test_twenty_fill_a_page(count, pages):
    assert browse.pages(count) == pages


# Searching, filtering, sorting


@pytest.mark.parametrize(
    "words",
    [
        "northlight",
        "  NORTH light ",
        "oslo",
        "mei tan",
        "MEI@",
        "design",
        "talked about boats",
        "head of",
        "friend",
        "posting",
        "final talk",
        "north mei",
    ],
)
def test_a_search_finds_it_by_whatever_one_remembers(visit, words):
    mei = replace(
        ADA, name="Mei Tan", email="mei@n.example", title="Head of design", notes="talked about boats"
    )
    final = replace(PANEL, label="Final talk", interviewers=(mei,))
    wanted = replace(
        FERNBRIDGE,
        company="Northlight",
        location="Oslo",
        source="A friend",
        link="https://n.example/posting",
        rounds=(final,),
    )
    page = search(listed(visit, FERNBRIDGE, wanted), words)
    assert companies(page) == ["Northlight"]
    assert "1 application: 1 due." in page.text


def test_nothing_found_says_so_and_leads_back_to_all(visit):
    page = search(listed(visit, FERNBRIDGE, CLOSED), "tide*water")
    assert "Nothing is found for “tide*water”." in page.text
    assert not page.offers("Select several")
    status(page, Status.CLOSED)
    assert "Nothing is found for “tide*water” with the status “Closed”." in page.text
    page.press("Show all")
    assert companies(page) == ["Fernbridge", "Harrow Press"]
    assert (page.holds("Search"), page.holds("Status")) == ("", browse.ALL)


def test_nothing_of_a_status_says_which(visit):
    page = status(listed(visit, FERNBRIDGE), Status.CLOSED)
    assert "Nothing is found with the status “Closed”." in page.text
    assert companies(page.press("Show all")) == ["Fernbridge"]


@pytest.mark.parametrize(
    ("chosen", "found"),
    [
        (browse.ALL, ["Fernbridge", "Northlight", "Quay Street", "Harrow Press"]),
        (Status.DUE, ["Fernbridge"]),
        (Status.UPCOMING, ["Northlight"]),
        (Status.NEW, ["Quay Street"]),
        (Status.CLOSED, ["Harrow Press"]),
    ],
)
def test_the_list_is_narrowed_to_one_status_and_counts_all_the_same(visit, chosen, found):
    page = status(listed(visit, CLOSED, PLAIN, AHEAD, FERNBRIDGE), chosen)
    assert companies(page) == found
    assert "4 applications: 1 due, 1 interview ahead, 1 no interview yet, 1 closed." in page.text


def test_every_status_can_be_chosen_by_its_words(visit):
    options = listed(visit, FERNBRIDGE).labelled("Status").options
    assert options[0] == "All"
    assert len(set(options)) == len(Status) + 1


def test_the_list_is_sorted_by_urgency_company_or_latest_interview(visit):
    old = with_round(ended_at=date(2026, 10, 14), promise=None)
    late = replace(old, company="Zanzibar")
    page = listed(visit, PLAIN, AHEAD, FERNBRIDGE, late, replace(old, company="älter"))
    assert page.holds("Sorted by") == Order.URGENCY
    assert companies(page)[:3] == ["Zanzibar", "älter", "Fernbridge"]
    page.fill("Sorted by", Order.COMPANY)
    assert companies(page) == ["Fernbridge", "Northlight", "Quay Street", "Zanzibar", "älter"]
    page.fill("Sorted by", Order.LATEST)
    assert companies(page)[:2] == ["Northlight", "Fernbridge"]
    assert companies(page)[-1] == "Quay Street"


def test_a_narrower_list_begins_at_its_first_page(visit):
    page = listed(visit, *many(60))
    turn(page, 3)
    assert companies(page)[0] == "Company 0040"
    search(page, "company 00")
    assert companies(page)[0] == "Company 0000"
    turn(page, 2)
    assert companies(page)[0] == "Company 0020"
    assert companies(page.fill("Sorted by", Order.COMPANY))[0] == "Company 0000"


def test_a_page_that_is_no_longer_there_gives_way_to_the_last_one(visit):
    page = listed(visit, *many(41))
    turn(page, 3)
    assert companies(page) == ["Company 0040"]
    page.repository.delete(OWNER, "b0000", NOW)
    assert companies(page.run()) == [f"Company {n:04}" for n in range(21, 41)]


def test_what_was_looked_for_is_still_looked_for_after_another_page(visit):
    page = search(listed(visit, FERNBRIDGE, CLOSED), "harrow")
    page.go_to("guide")
    page.go_to("applications")
    assert (page.holds("Search"), companies(page)) == ("harrow", ["Harrow Press"])


def turn(page, number):
    """Turn to that page."""
    page.at.pagination[0].set_value(number)
    return page.run()


# Several at once


def chosen(page, number):
    """Choose the application of that number in the list by its box."""
    page.at.checkbox(key=keys.part(f"a{number}", "choose")).check()
    return page.run()


def test_closed_ones_cannot_be_chosen(visit):
    page = listed(visit, FERNBRIDGE, CLOSED).press("Select several")
    assert [box.label for box in page.at.checkbox] == ["Select Fernbridge"]
    assert page.offers("Select all 1 open ones")
    assert page.labelled("Close 0 as “no answer”").disabled


def test_one_alone_is_closed_and_opened_again(visit):
    page = chosen(listed(visit, FERNBRIDGE, PLAIN).press("Select several"), 0)
    page.press("Close 1 as “no answer”")
    assert "One application is closed as “no answer”. A reply opens one again by itself." in page.text
    assert page.application("a0").outcome.result == Result.NO_ANSWER
    assert page.application("a1").outcome is None
    assert not page.at.checkbox
    page.press("Undo")
    assert [application.outcome for application in page.kept()] == [None, None]
    assert not page.offers("Undo")


def test_all_that_were_found_are_chosen_over_all_pages_and_no_others(visit):
    page = search(listed(visit, *many(30), FERNBRIDGE, CLOSED).press("Select several"), "company")
    page.press("Select all 30 open ones").press("Close 30 as “no answer”")
    assert "30 applications are closed as “no answer”." in page.text
    still_open = [application.company for application in page.kept() if application.outcome is None]
    assert still_open == ["Fernbridge"]
    page.press("Undo")
    assert sum(application.outcome is None for application in page.kept()) == 31


def test_what_was_chosen_and_is_not_found_any_more_is_not_closed(visit):
    page = listed(visit, FERNBRIDGE, AHEAD).press("Select several").press("Select all 2 open ones")
    search(page, "north")
    page.press("Close 1 as “no answer”")
    assert [application.outcome is None for application in page.kept()] == [True, False]


def test_what_was_closed_or_deleted_meanwhile_is_left_alone(visit):
    page = listed(visit, FERNBRIDGE, AHEAD, PLAIN).press("Select several").press("Select all 3 open ones")
    page.repository.delete(OWNER, "a2", NOW)
    withdrawn = Outcome(result=Result.WITHDRAWN, at=NOW)
    page.repository.replace(OWNER, replace(page.application("a1"), outcome=withdrawn), 1, NOW)
    page.press("Close 3 as “no answer”")
    assert "One application is closed as “no answer”." in page.text
    assert page.application("a1").outcome == withdrawn


def test_one_who_stops_selecting_has_chosen_nothing(visit):
    page = chosen(listed(visit, FERNBRIDGE).press("Select several"), 0)
    page.press("Stop selecting").press("Select several")
    assert page.offers("Close 0 as “no answer”")


# Adding


def test_one_that_was_added_is_shown_on_its_own_page(visit):
    page = listed(visit).fill("Company", "Tidewater").press("Show my plan")
    assert page.title == "Tidewater"
    assert "Saved. This is your plan." in page.successes


def test_samples_can_be_looked_through_and_none_is_added_to_them(visit):
    page = visit().press("Look around with samples").go_to("applications")
    assert len(companies(page)) == 8
    assert not page.offers("Add an application")


# What was deleted


def test_what_was_deleted_is_listed_for_thirty_days(visit):
    page = visit(FERNBRIDGE, AHEAD, CLOSED)
    page.repository.delete(OWNER, "a0", NOW - timedelta(days=1))
    page.repository.delete(OWNER, "a1", NOW - timedelta(days=29))
    page.repository.delete(OWNER, "a2", NOW - timedelta(days=31))
    page.go_to("applications")
    assert "Deleted in the last 30 days (2)" in [expander.label for expander in page.at.expander]
    assert "**Fernbridge** · Data analyst, deleted yesterday" in page.text
    assert "**Northlight** · Data analyst, deleted Mon 5 Oct" in page.text
    assert not page.offers("Bring Harrow Press back")
    page.press("Bring Northlight back")
    assert companies(page) == ["Northlight"]
    assert page.offers("Bring Fernbridge back")


def deleted(visit, *applications):
    """The list, with the first of these deleted just now on its own page."""
    page = visit(*applications).go_to("application", id="a0").press("Delete Fernbridge")
    assert page.title == "Applications"
    return page.go_to("applications")


def test_what_was_deleted_just_now_has_its_undo_above_the_list(visit):
    page = deleted(visit, FERNBRIDGE, AHEAD)
    assert "Fernbridge was deleted. It can be brought back for 30 days." in page.successes
    assert companies(page) == ["Northlight"]
    page.press("Undo: bring Fernbridge back")
    assert companies(page) == ["Fernbridge", "Northlight"]
    assert page.successes == []
    assert not page.at.expander


def test_the_last_one_can_be_brought_back_too(visit):
    page = deleted(visit, FERNBRIDGE)
    assert "Nothing is here yet." in page.text
    assert companies(page.press("Bring Fernbridge back")) == ["Fernbridge"]


def test_one_that_was_brought_back_in_another_window_says_nothing_wrong(visit):
    page = deleted(visit, FERNBRIDGE)
    page.repository.restore(OWNER, "a0")
    page.press("Undo: bring Fernbridge back")
    assert companies(page) == ["Fernbridge"]


# Names


@pytest.mark.parametrize("name", ["<b>A</b> & *B* _i_", "שלום עולם", ":red[x] $m$ `c` [l](y)", "x" * 200])
def test_odd_names_stand_in_the_list_as_typed(visit, name):
    odd = replace(
        with_round(interviewers=(replace(ADA, name=name),)),
        company=name,
        role=name,
        contact=Contact(name=name),
    )
    page = search(listed(visit, odd, FERNBRIDGE), name[:40])
    short = as_typed(name) if len(name) < 80 else "x" * 79 + "…"
    assert f"**{as_typed(name)}** · {as_typed(name)}" in page.markdown
    assert f"Email your thanks to {as_typed(name)}." in page.markdown
    assert [link.label for link in page.at.page_link] == [f"Open {short}"]
    page.press("Select several")
    assert [box.label for box in page.at.checkbox] == [f"Select {short}"]


def test_the_order_of_interviews_that_have_only_a_day_is_by_that_day():
    days = (date(2026, 11, 3), at("2026-11-02 09:00"), date(2026, 11, 1))
    moments = [browse.moment(Round(label="Interview", ended_at=day)) for day in days]
    assert moments == sorted(moments, reverse=True)
