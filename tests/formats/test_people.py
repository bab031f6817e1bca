"""People as lines of text and back."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afterword.domain.model import Contact, Interviewer
from afterword.formats.people import lines_of, people_in, person_in

ADA = Interviewer(
    id="p1", name="Ada Okafor", title="Head of data", email="ada@fernbridge.example", notes="Kind"
)
LUIS = Interviewer(id="p2", name="Luis Prado", phone="+1 212 555 0100")

names = st.sampled_from(["Ada Okafor", "Luis Prado", "José Núñez", "O'Neil", "J. R. de la Cruz", "李雷", "x"])
emails = st.sampled_from(["ada@f.example", "a.b+c@d.example", "ü@x.example"])
phones = st.sampled_from(["+1 212 555 0100", "030/1234567", "(020) 7946-0000", "+44 20 7946 0000 ext. 12"])
unknown_people = st.builds(Interviewer, name=names, email=st.none() | emails, phone=st.none() | phones)


# Lines of people


def test_each_person_is_one_line_with_what_is_known_of_how_to_reach_them():
    both = Contact(name="Jo Lind", email="jobs@fernbridge.example", phone="+1 212 555 0117")
    assert lines_of((ADA, LUIS, both)) == (
        "Ada Okafor, ada@fernbridge.example\n"
        "Luis Prado, +1 212 555 0100\n"
        "Jo Lind, jobs@fernbridge.example, +1 212 555 0117"
    )


def test_nobody_is_no_line():
    assert lines_of(()) == ""
    assert people_in("") == people_in(" \n\t\n") == ()


# People of lines


@pytest.mark.parametrize(
    ("line", "name", "email", "phone"),
    [
        ("Ada Okafor", "Ada Okafor", None, None),
        ("  Ada Okafor  ", "Ada Okafor", None, None),
        ("Ada Okafor, ada@f.example", "Ada Okafor", "ada@f.example", None),
        ("ada@f.example, Ada Okafor", "Ada Okafor", "ada@f.example", None),
        ("Ada Okafor; +1 (212) 555-0100", "Ada Okafor", None, "+1 (212) 555-0100"),
        ("Ada Okafor\tada@f.example\t030/1234567", "Ada Okafor", "ada@f.example", "030/1234567"),
        ("Okafor, Ada, 212.555.0100", "Okafor, Ada", None, "212.555.0100"),
        ("Ada Okafor, , ,", "Ada Okafor", None, None),
        ("Louis XIV, 1715", "Louis XIV, 1715", None, None),
        ("ada@f.example", "ada@f.example", "ada@f.example", None),
        ("+1 212 555 0100", "+1 212 555 0100", None, "+1 212 555 0100"),
        ("李雷, li@f.example", "李雷", "li@f.example", None),
        (",", "", None, None),
    ],
)
def test_a_line_is_read_as_name_address_and_number_in_any_order(line, name, email, phone):
    assert person_in(line) == Interviewer(name=name, email=email, phone=phone)


def test_empty_lines_between_people_are_nobody():
    assert [person.name for person in people_in("Ada Okafor\n\n  \r\nLuis Prado\n")] == [
        "Ada Okafor",
        "Luis Prado",
    ]


def test_who_is_known_by_that_name_keeps_id_title_and_notes():
    changed = people_in("ada  OKAFOR, new@fernbridge.example", known=(ADA, LUIS))
    assert changed == (
        Interviewer(
            id="p1",
            name="ada  OKAFOR",
            title="Head of data",
            email="new@fernbridge.example",
            notes="Kind",
        ),
    )


def test_an_address_that_was_deleted_is_gone():
    assert people_in("Luis Prado", known=(LUIS,))[0] == Interviewer(id="p2", name="Luis Prado")


def test_who_is_new_has_no_id_yet():
    assert [person.id for person in people_in("Ada Okafor\nMei Tan", known=(ADA, LUIS))] == ["p1", None]


def test_the_order_of_the_lines_is_the_order_of_the_people():
    turned = people_in(lines_of((LUIS, ADA)), known=(ADA, LUIS))
    assert turned == (LUIS, ADA)


def test_people_who_were_not_touched_stay_as_they_were():
    assert people_in(lines_of((ADA, LUIS)), known=(ADA, LUIS)) == (ADA, LUIS)


@settings(deadline=None)
@given(st.lists(unknown_people, max_size=4))
def test_lines_that_were_made_of_people_are_read_back_as_them(people):
    assert people_in(lines_of(people)) == tuple(people)


@settings(deadline=None)
@given(st.text())
def test_whatever_is_typed_is_one_new_person_a_line(text):
    found = people_in(text)
    assert len(found) == sum(bool(line.strip()) for line in text.splitlines())
    assert {(person.id, person.title, person.notes) for person in found} <= {(None, None, None)}


def test_a_mended_spelling_leaves_somebody_who_they_were():
    (mended,) = people_in("Ada Okafour, ada@fernbridge.example", known=(ADA,))
    assert (mended.id, mended.title, mended.name) == ("p1", "Head of data", "Ada Okafour")


def test_another_name_at_the_same_address_is_the_same_person():
    (married,) = people_in("Ada Smith, ada@fernbridge.example", known=(ADA,))
    assert (married.id, married.notes) == ("p1", "Kind")


def test_somebody_else_in_the_place_of_somebody_gets_nothing_of_theirs():
    assert people_in("Mei Tan", known=(ADA,)) == (Interviewer(name="Mei Tan"),)


# Odd people


def test_two_people_of_one_name_who_were_not_touched_stay_as_they_were():
    two = (Interviewer(id="p1", name="Ada Okafor", notes="Kind"), Interviewer(id="p3", name="Ada Okafor"))
    assert people_in(lines_of(two), known=two) == two


@pytest.mark.parametrize("known", [(ADA,), (ADA, Interviewer(id="p3", name="Ada Okafor"))])
def test_two_people_of_one_name_never_share_an_id(known):
    ids = [person.id for person in people_in("Ada Okafor\nAda Okafor", known=known)]
    assert len({id for id in ids if id}) == sum(id is not None for id in ids) == len(known)


@pytest.mark.parametrize(
    "person",
    [
        Interviewer(id="p1", name="Ada Okafor", phone="+1 212 555 0100 ext. 4", notes="Kind"),
        Interviewer(id="p1", name="Ada; Okafor", notes="Kind"),
        Interviewer(id="p1", name="Ada @ Fernbridge", notes="Kind"),
        Interviewer(id="p1", name="Ada Okafor", email="no address yet", notes="Kind"),
    ],
    ids=["extension", "semicolon", "at sign", "no address"],
)
def test_odd_people_who_were_not_touched_stay_as_they_were(person):
    assert people_in(lines_of((person,)), known=(person,)) == (person,)
