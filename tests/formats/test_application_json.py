"""One application as JSON: what is right comes back equal, what is wrong is told whole, each with its path."""

import json
from datetime import UTC, date, datetime

import pytest

from afterword.domain.errors import InvalidApplication
from afterword.domain.model import (
    Application,
    Channel,
    Contact,
    Entry,
    EntryKind,
    Interviewer,
    Outcome,
    Promise,
    PromisedChannel,
    Result,
    RivalOffer,
    Round,
    RoundKind,
    StepKind,
    ThanksBy,
)
from afterword.formats.application_json import dump_application, parse_application

NOON = datetime(2026, 6, 9, 12, 0, tzinfo=UTC)
ROUND = {"label": "Panel", "ended_at": "2026-11-03T15:00:00-05:00"}
WHOLE = Application(
    company="Fernbridge",
    id="a1",
    role="Data analyst",
    location="Leeds",
    link="https://fernbridge.example/jobs/1",
    source="A friend",
    zone="Europe/London",
    country="GB",
    contact=Contact(
        name="Jo Lind", id="c1", title="Recruiter", email="jo@fernbridge.example", phone="1", notes="x"
    ),
    rounds=(
        Round(label="Test", ended_at=date(2026, 6, 2), kind=RoundKind.ASSESSMENT),
        Round(
            label="Panel",
            ended_at=NOON,
            id="r2",
            kind=RoundKind.PANEL,
            thanks_by=ThanksBy.POST,
            interviewers=(Interviewer(name="Ada Okafor", id="p1", email="ada@fernbridge.example"),),
            promise=Promise(asked=True, reply_by=date(2026, 6, 12), channel=PromisedChannel.PHONE),
            notes="Long table",
        ),
    ),
    log=(
        Entry(kind=EntryKind.THANK_YOU, at=NOON, id="e1", channel=Channel.IN_PERSON, to="p1", round="r2"),
        Entry(kind=EntryKind.REPLY, at=NOON, promise=Promise(reply_by=date(2026, 6, 10))),
        Entry(kind=EntryKind.SKIP, at=NOON, step=StepKind.CHECK_IN, withdrawn_at=NOON),
        Entry(kind=EntryKind.NOTE, at=datetime(2026, 6, 9, 0, 0), text="no offset"),  # noqa: DTZ001 - it has none
    ),
    rival_offer=RivalOffer(deadline=date(2026, 6, 20), at=NOON),
    outcome=Outcome(result=Result.OFFER, at=NOON, answer_by=date(2026, 6, 30)),
    notes="A good place",
)


def told(text, zone="UTC"):
    """The problems of that text (or of what it would say as JSON), each as a line."""
    with pytest.raises(InvalidApplication) as caught:
        parse_application(text if isinstance(text, str | bytes) else json.dumps(text), zone)
    return [str(problem) for problem in caught.value.problems]


def paths(document):
    return [line.partition(": ")[0] for line in told(document)]


def with_round(**parts):
    return {"company": "Fernbridge", "rounds": [{**ROUND, **parts}]}


def with_entry(**parts):
    return {"company": "Fernbridge", "rounds": [ROUND], "log": [parts]}


# What is right


def test_an_application_with_everything_comes_back_equal():
    assert parse_application(dump_application(WHOLE)) == WHOLE


def test_the_least_one_can_say_is_a_company():
    assert parse_application('{"company": "Fernbridge"}') == Application(company="Fernbridge")
    assert json.loads(dump_application(Application(company="Fernbridge"))) == {"company": "Fernbridge"}


def test_absent_and_null_are_the_same():
    nulls = dict.fromkeys(["id", "role", "zone", "country", "contact", "rival_offer", "outcome", "notes"])
    assert parse_application(json.dumps({"company": "Fernbridge", **nulls})) == Application(
        company="Fernbridge"
    )


def test_bytes_are_read_as_well_as_text():
    assert parse_application('{"company": "Käsefabrik"}'.encode()).company == "Käsefabrik"


def test_a_round_may_have_a_date_alone_and_keeps_it():
    read = parse_application(json.dumps(with_round(ended_at="2026-11-03")))
    assert type(read.rounds[0].ended_at) is date


def test_midnight_is_an_hour_and_no_bare_date():
    read = parse_application(json.dumps(with_round(ended_at="2026-11-03T00:00:00+00:00")))
    assert read.rounds[0].ended_at == datetime(2026, 11, 3, tzinfo=UTC)
    assert parse_application(dump_application(read)) == read


def test_an_hour_without_an_offset_stays_without():
    read = parse_application(json.dumps(with_round(ended_at="2026-11-03T15:00:00")))
    assert read.rounds[0].ended_at.tzinfo is None
    assert parse_application(dump_application(read)) == read


@pytest.mark.parametrize(
    "text",
    [
        "Käse & Söhne <b>GmbH</b>",
        "<script>alert('hi')</script> & \"quotes\"",
        "🧑‍💻🇩🇪 emoji",
        "مرحبا بالعالم \u202eabc\u202c",
        "株式会社キツネ",
        "e\u0301 is not composed",
        "a\u0000b\ttab\nline\\back",
    ],
)
def test_any_text_comes_back_as_it_was(text):
    application = Application(
        company=text, notes=text, rounds=(Round(label=text, ended_at=NOON, notes=text),)
    )
    assert parse_application(dump_application(application)) == application


def test_text_is_written_as_people_read_it():
    assert "キツネ" in dump_application(Application(company="キツネ"))


# What is wrong with one thing


@pytest.mark.parametrize("text", ["", "{", "not JSON", '{"company": "Fern', "[1, 2,]", b"\xff\xfe", b"\x00"])
def test_what_is_not_json_is_told_in_one_line(text):
    (line,) = told(text)
    assert line.startswith("this is not JSON: ")
    assert "\n" not in line


@pytest.mark.parametrize("text", ["[]", "null", "3", '"Fernbridge"'])
def test_json_that_is_no_object_is_told_in_one_line(text):
    assert told(text) == ["must be an object with keys"]


@pytest.mark.parametrize(
    ("document", "path"),
    [
        ({}, "company"),
        (with_round(label=None) | {"rounds": [{"ended_at": "2026-11-03"}]}, "rounds[0].label"),
        ({"company": "F", "rounds": [{"label": "Panel"}]}, "rounds[0].ended_at"),
        (with_round(interviewers=[{"email": "a@b.example"}]), "rounds[0].interviewers[0].name"),
        ({"company": "F", "contact": {"email": "a@b.example"}}, "contact.name"),
        (with_entry(at="2026-11-03T16:00:00Z"), "log[0].kind"),
        (with_entry(kind="note"), "log[0].at"),
        ({"company": "F", "outcome": {"at": "2026-11-03T16:00:00Z"}}, "outcome.result"),
        ({"company": "F", "outcome": {"result": "offer"}}, "outcome.at"),
    ],
)
def test_a_missing_key_is_told_with_its_path(document, path):
    assert told(document) == [f"{path}: is missing"]


@pytest.mark.parametrize(
    ("document", "path"),
    [
        ({"company": "F", "salary": 1}, "salary"),
        (with_round(place="Leeds"), "rounds[0].place"),
        (with_round(promise={"by": "2026-11-06"}), "rounds[0].promise.by"),
        (with_round(interviewers=[{"name": "Ada", "mail": "x"}]), "rounds[0].interviewers[0].mail"),
        (with_entry(kind="note", at="2026-11-03T16:00:00Z", note="x"), "log[0].note"),
        ({"company": "F", "contact": {"name": "Jo", "Email": "x"}}, "contact.Email"),
        ({"company": "F", "rival_offer": {"until": "2026-11-03"}}, "rival_offer.until"),
        (
            {"company": "F", "outcome": {"result": "offer", "at": "2026-11-03T16:00:00Z", "by": 1}},
            "outcome.by",
        ),
    ],
)
def test_a_key_that_is_not_known_is_told_with_its_path(document, path):
    assert told(document) == [f"{path}: is not a known key"]


@pytest.mark.parametrize(
    ("document", "path", "among"),
    [
        (with_round(kind="coffee"), "rounds[0].kind", "phone_screen, video"),
        (with_round(thanks_by="fax"), "rounds[0].thanks_by", "email, phone or post"),
        (with_round(promise={"channel": "post"}), "rounds[0].promise.channel", "email, phone or other"),
        (with_entry(kind="call", at="2026-11-03T16:00:00Z"), "log[0].kind", "thank_you"),
        (with_entry(kind="skip", step="reply", at="2026-11-03T16:00:00Z"), "log[0].step", "move_on"),
        (
            {"company": "F", "outcome": {"result": "maybe", "at": "2026-11-03T16:00:00Z"}},
            "outcome.result",
            "no_answer",
        ),
    ],
)
def test_a_word_that_is_none_of_those_allowed_is_told_with_them(document, path, among):
    (line,) = told(document)
    assert line.startswith(f"{path}: must be one of ")
    assert among in line


@pytest.mark.parametrize(
    ("document", "path"),
    [
        (with_entry(kind="note", at="2026-11-03"), "log[0].at"),
        ({"company": "F", "outcome": {"result": "offer", "at": "2026-11-03"}}, "outcome.at"),
    ],
)
def test_an_entry_and_an_outcome_need_an_hour(document, path):
    assert told(document) == [f"{path}: must be a date with an hour, such as 2026-11-03T15:00:00-05:00"]


@pytest.mark.parametrize("when", ["soon", "2026-13-01", "2026-02-30", "03.11.2026", "2026-11-03T25:00:00"])
def test_a_day_that_is_none_is_told_once(when):
    (line,) = told(with_round(ended_at=when))
    assert line.startswith("rounds[0].ended_at: must be a date")


@pytest.mark.parametrize("when", ["soon", "2026-11-31", "2026-11-03T15:00:00-05:00", 1762182000, True])
def test_a_promised_day_must_be_a_date(when):
    (line,) = told(with_round(promise={"reply_by": when}))
    assert line.startswith("rounds[0].promise.reply_by: must be a date such as 2026-11-06")


@pytest.mark.parametrize(
    ("document", "line"),
    [
        ({"company": 3}, "company: must be text"),
        ({"company": "F", "role": ["Analyst"]}, "role: must be text"),
        ({"company": "F", "rounds": {}}, "rounds: must be a list"),
        ({"company": "F", "rounds": "Panel"}, "rounds: must be a list"),
        ({"company": "F", "rounds": ["Panel"]}, "rounds[0]: must be an object with keys"),
        ({"company": "F", "contact": "Jo"}, "contact: must be an object with keys"),
        (with_round(promise=[]), "rounds[0].promise: must be an object with keys"),
        (with_round(promise={"asked": "yes"}), "rounds[0].promise.asked: must be true or false"),
    ],
)
def test_a_value_of_the_wrong_sort_is_told_with_what_it_must_be(document, line):
    assert told(document) == [line]


def test_a_time_as_a_number_is_no_time():
    (line,) = told(with_entry(kind="note", at=1762182000))
    assert line.startswith("log[0].at: must be a")


def test_a_promised_date_before_the_interview_is_told_in_a_sentence():
    assert told(with_round(promise={"reply_by": "2026-10-01"})) == [
        "rounds[0].promise.reply_by: 2026-10-01 is before the interview on 2026-11-03"
    ]


def test_the_zone_that_stands_in_decides_the_day_of_the_interview():
    document = with_round(ended_at="2026-11-03T20:00:00Z", promise={"reply_by": "2026-11-03"})
    assert parse_application(json.dumps(document), "Europe/London").rounds[0].promise.reply_by == date(
        2026, 11, 3
    )
    assert told(document, "Asia/Tokyo") == [
        "rounds[0].promise.reply_by: 2026-11-03 is before the interview on 2026-11-04"
    ]


def test_an_unknown_zone_is_told_by_its_name():
    (line,) = told({"company": "F", "zone": "Europe/Atlantis"})
    assert line.startswith("zone: Europe/Atlantis is not a known time zone")


def test_an_unknown_country_is_told_by_its_name():
    (line,) = told({"company": "F", "country": "Atlantis"})
    assert line.startswith("country: Atlantis is not a known country")


def test_a_name_of_ten_thousand_characters_is_told_without_repeating_it():
    (line,) = told(with_round(interviewers=[{"name": "x" * 10_000}]))
    assert line == "rounds[0].interviewers[0].name: is 10,000 characters long; at most 200 can be kept"


@pytest.mark.parametrize("key", ["zone", "country"])
def test_a_very_long_zone_or_country_is_not_repeated_whole(key):
    assert all(len(line) < 200 for line in told({"company": "F", key: "x" * 10_000}))


@pytest.mark.parametrize("year", ["0001", "1969", "2201", "9999"])
def test_a_year_out_of_reach_is_told_and_nothing_breaks(year):
    when = f"{year}-01-01T00:30:00+14:00"
    assert paths(with_round(ended_at=when, promise={"reply_by": f"{year}-01-01"})) == [
        "rounds[0].ended_at",
        "rounds[0].promise.reply_by",
    ]


# What is wrong with several things


def test_everything_wrong_with_the_form_is_told_at_once():
    document = {
        "role": 3,
        "salary": 70_000,
        "rounds": [ROUND, {"label": "Final", "kind": "coffee", "promise": {"asked": "no"}}],
        "log": [{"kind": "reply", "at": "2026-11-03"}, {"at": "2026-11-03T16:00:00Z"}],
        "outcome": {"result": "maybe"},
    }
    assert sorted(paths(document)) == [
        "company",
        "log[0].at",
        "log[1].kind",
        "outcome.at",
        "outcome.result",
        "role",
        "rounds[1].ended_at",
        "rounds[1].kind",
        "rounds[1].promise.asked",
        "salary",
    ]


def test_everything_wrong_with_what_is_said_is_told_at_once():
    document = {
        "company": "",
        "zone": "Europe/Atlantis",
        "country": "XX",
        "rounds": [{**ROUND, "promise": {"reply_by": "2026-10-01"}}],
        "log": [
            {"kind": "skip", "at": "2026-11-03T16:00:00Z", "round": "Final"},
            {"kind": "ask", "at": "2026-11-03T16:00:00Z", "promise": {"asked": True}},
            {"kind": "reply", "at": "2026-11-05T16:00:00Z", "promise": {"reply_by": "2026-11-04"}},
        ],
    }
    assert paths(document) == [
        "company",
        "zone",
        "country",
        "rounds[0].promise.reply_by",
        "log[0].step",
        "log[0].round",
        "log[1].promise",
        "log[2].promise.reply_by",
    ]


def test_the_exception_says_every_problem_too():
    with pytest.raises(InvalidApplication) as caught:
        parse_application('{"salary": 1}')
    assert str(caught.value).splitlines() == [str(problem) for problem in caught.value.problems]
    assert len(caught.value.problems) == 2


@pytest.mark.parametrize(
    "key", ["rounds", "log", "contact", "role", "rival_offer", "outcome", "zone", "notes"]
)
def test_null_means_unknown_as_absent_does(key):
    assert parse_application(json.dumps({"company": "Fernbridge", key: None})) == Application(
        company="Fernbridge"
    )


def test_null_means_unknown_within_a_round_too():
    bare = {"label": "Panel", "ended_at": "2026-11-03T15:00:00-05:00"}
    nulls = {**bare, "interviewers": None, "promise": None, "kind": None, "thanks_by": None, "id": None}
    one, other = ({"company": "Fernbridge", "rounds": [round]} for round in (bare, nulls))
    assert parse_application(json.dumps(one)) == parse_application(json.dumps(other))


def test_null_where_something_is_required_is_missing():
    with pytest.raises(InvalidApplication) as refused:
        parse_application('{"company": null, "foo": null, "rounds": [{"label": null, "ended_at": null}]}')
    assert [str(problem) for problem in refused.value.problems] == [
        "company: is missing",
        "rounds[0].label: is missing",
        "rounds[0].ended_at: is missing",
        "foo: is not a known key",
    ]


def test_a_mark_of_the_byte_order_before_the_text_is_passed_over():
    assert parse_application(b'\xef\xbb\xbf{"company": "Fernbridge"}').company == "Fernbridge"
