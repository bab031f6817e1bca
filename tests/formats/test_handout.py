"""Paper: one page where one is promised, tagged, in every script, and nothing typed is ever markup."""

import io
import re
from dataclasses import replace
from datetime import date

import pikepdf
import pytest
from PIL import Image

from afterword.domain.model import Interviewer
from afterword.formats import handout
from afterword.formats.paper import Paper, clean, pdf, pictures, usual_paper
from afterword.samples import sample_applications
from tests.desk.cast import ALICE, FERNBRIDGE, HANDBOOK, NOW, desk_of

HOSTILE = (
    "#panic()",
    "*bold* _it_ $x^2$ `raw`",
    "<label> @ref // comment /* open",
    "\\u{41} \\",
    "#{",
    ']] [[ #import "/etc/passwd"',
    '"; #read("/etc/passwd")',
    "a\x00b\x07\x1b",
    "= Heading\n== Another",
)
SCRIPTS = ("שלום עולם", "شركة النور", "株式会社テスト", "北京公司", "한국 회사", "Ζωή", "Жанна", "Zoë Łukasz")
INCHES = {Paper.A4: (595, 842), Paper.US_LETTER: (612, 792)}


def desk_with(*applications):
    desk = desk_of(ALICE, zone="America/New_York")
    for application in applications:
        desk.add(application)
    return desk


def plan_of(application):
    (case,) = desk_with(application).today().cases
    return handout.plan(case, HANDBOOK)


def every_handout(desk):
    cases = desk.today().cases
    lanes = [(case, desk.lane(case)) for case in cases]
    return [
        handout.plan(cases[0], HANDBOOK),
        handout.checklist_handout(cases[0], HANDBOOK),
        handout.timeline(lanes, desk.today().day, NOW),
        *(handout.guide_handout(page, HANDBOOK, NOW) for page in HANDBOOK.guide),
    ]


def opened(one, paper=Paper.A4):
    return pikepdf.open(io.BytesIO(pdf(one, paper)))


@pytest.fixture(scope="module")
def samples():
    return desk_with(*sample_applications(NOW, "America/New_York"))


def test_every_handout_is_tagged_named_and_says_its_language(samples):
    for one in every_handout(samples):
        made = opened(one)
        assert made.Root.MarkInfo.Marked
        assert made.Root.StructTreeRoot.K is not None
        assert str(made.Root.Lang) == "en"
        assert str(made.docinfo["/Title"]) == one.title
        assert made.Root.ViewerPreferences.DisplayDocTitle
        with made.open_metadata() as told:
            assert told["pdfuaid:part"] == "1"


def structure(node, found):
    """The kinds of all parts that a screen reader is told of."""
    if isinstance(node, pikepdf.Dictionary):
        found.append(str(node.get("/S", "")))
        structure(node.get("/K"), found)
    elif isinstance(node, pikepdf.Array):
        for one in node:
            structure(one, found)
    return found


def kinds_in(one):
    made = opened(one)
    return structure(made.Root.StructTreeRoot, [])


def test_headings_lists_tables_and_the_drawing_are_told_as_such(samples):
    cases = samples.today().cases
    lanes = [(case, samples.lane(case)) for case in cases]
    assert {"/H1", "/H2", "/Table", "/TH", "/L"} <= set(kinds_in(handout.plan(cases[0], HANDBOOK)))
    assert "/Figure" in kinds_in(handout.timeline(lanes, samples.today().day, NOW))


@pytest.mark.parametrize("paper", Paper)
def test_the_paper_is_the_one_that_was_asked_for(paper):
    made = opened(plan_of(FERNBRIDGE), paper)
    _, _, *size = map(float, made.pages[0].MediaBox)
    assert [round(side) for side in size] == list(INCHES[paper])


@pytest.mark.parametrize(("country", "paper"), [("US", Paper.US_LETTER), ("de", Paper.A4), (None, Paper.A4)])
def test_the_paper_is_at_first_what_printers_hold_there(country, paper):
    assert usual_paper(country) == paper


@pytest.mark.parametrize("paper", Paper)
def test_a_plan_is_one_page_however_much_there_is(paper):
    people = tuple(
        Interviewer(name=f"{n} {'very ' * 30}long name", email=f"{n}@x.example") for n in range(50)
    )
    rounds = tuple(
        replace(FERNBRIDGE.rounds[0], label=f"{n} {'long ' * 30}", interviewers=people) for n in range(9)
    )
    crowded = replace(FERNBRIDGE, company="C" * 200, role="long role " * 19, rounds=rounds)
    made = plan_of(crowded)
    assert len(opened(made, paper).pages) == 1
    assert told_of_more(made) == ["And 5 more, in Afterword.", "And 47 more, in Afterword."]


def test_steps_for_which_a_plan_has_no_room_are_counted_on_it():
    rounds = tuple(
        replace(FERNBRIDGE.rounds[0], label=f"Talk {n}", interviewers=(Interviewer(name=f"Person {n}"),))
        for n in range(9)
    )
    assert "more, in Afterword." in str(plan_of(replace(FERNBRIDGE, rounds=rounds)).parts[2]["text"])


def told_of_more(handout):
    items = [item for part in handout.parts if part["kind"] == "list" for item in part["items"]]
    return [item for item in items if item.startswith("And ")]


@pytest.mark.parametrize("text", HOSTILE)
def test_what_a_person_typed_is_shown_and_never_obeyed(text):
    one = plan_of(
        replace(FERNBRIDGE, company=text, role=text, contact=replace(FERNBRIDGE.contact, name=text))
    )
    made = opened(one)
    assert str(made.docinfo["/Title"]) == clean(one.title)
    assert structure(made.Root.StructTreeRoot, []).count("/H1") == 1


@pytest.mark.parametrize("text", SCRIPTS)
def test_every_script_has_its_letters(text):
    fonts = opened(plan_of(replace(FERNBRIDGE, company=text)))
    shown = b"".join(
        font.ToUnicode.read_bytes()
        for page in fonts.pages
        for font in page.Resources.Font.values()
        if "/ToUnicode" in font
    ).decode("latin-1")
    # Joined letters may be set as one sign, so that not each of them is listed alone.
    missing = [letter for letter in text if letter.isalpha() and f"{ord(letter):04X}" not in shown.upper()]
    assert len(missing) <= len(text) // 3


@pytest.mark.parametrize("text", ["🚀 Rocket", "บริษัท", "አማርኛ", "\ufdd0 a"])
def test_a_sign_that_no_font_has_stops_no_handout(text):
    desk = desk_with(replace(FERNBRIDGE, company=text))
    for one in every_handout(desk)[:3]:
        made = opened(one)
        assert str(made.docinfo["/Title"]) == clean(one.title)
        assert structure(made.Root.StructTreeRoot, []).count("/H1") == 1
        assert str(made.Root.Lang).startswith("en")


def test_no_letter_is_an_empty_box():
    def dark(text):
        picture = Image.open(
            io.BytesIO(pictures(plan_of(replace(FERNBRIDGE, company=text, role=None)), Paper.A4)[0])
        )
        return picture.convert("L").crop((0, 0, picture.width, 110)).tobytes()

    pictured = [dark(text) for text in ("שלום", "שנות", "北京", "東京", "한국", "하늘", "شركة", "مدرس")]
    assert len(set(pictured)) == len(pictured)


def test_a_page_can_be_read_in_grey(samples):
    lanes = [(case, samples.lane(case)) for case in samples.today().cases]
    one = handout.timeline(lanes, samples.today().day, NOW)
    picture = Image.open(io.BytesIO(pictures(one, Paper.A4)[0])).convert("RGB")
    colours = {pixel for _, pixel in picture.getcolors(maxcolors=1_000_000)}
    assert all(max(pixel) - min(pixel) <= 2 for pixel in colours)


def test_sixty_lanes_go_on_to_the_next_page():
    desk = desk_with(*(replace(FERNBRIDGE, company=f"Company {n}") for n in range(60)))
    lanes = [(case, desk.lane(case)) for case in desk.today().cases]
    assert len(opened(handout.timeline(lanes, date(2026, 11, 3), NOW)).pages) > 2


def test_any_moment_will_do():
    one = handout.timeline([], date(2026, 11, 3), NOW.replace(microsecond=123_456))
    assert pdf(one, Paper.A4).startswith(b"%PDF")


def test_without_applications_the_timeline_says_so():
    assert len(opened(handout.timeline([], date(2026, 11, 3), NOW)).pages) == 1


# A page of the guide


WORD = re.compile(r"[^\W\d_]+")


def words_on(value):
    """Every word that stands anywhere on a handout."""
    if isinstance(value, str):
        return set(WORD.findall(value))
    parts = value.values() if isinstance(value, dict) else value
    return {word for part in parts if not isinstance(part, int) for word in words_on(part)}


@pytest.mark.parametrize("page", HANDBOOK.guide, ids=lambda page: page.id)
def test_a_page_of_the_guide_keeps_every_word_and_every_source_and_fits_on_one_sheet(page):
    one = handout.guide_handout(page, HANDBOOK, NOW)
    written = WORD.findall(re.sub(r"\[[A-Za-z][\w-]*\]", "", page.text))
    assert set(written) <= words_on(one.parts)
    for cite in page.cites:
        assert HANDBOOK.sources[cite].title in one.parts[-1]["text"]
    for paper in Paper:
        assert len(opened(one, paper).pages) == 1


def test_a_table_of_the_guide_is_a_table_on_paper():
    page = next(page for page in HANDBOOK.guide if page.id == "email-or-phone")
    one = handout.guide_handout(page, HANDBOOK, NOW)
    (shown,) = [part for part in one.parts if part["kind"] == "facts"]
    assert shown["headings"] == ["Channel", "Email", "Phone"]
    assert [row[0] for row in shown["rows"]] == ["Good for", "When", "Shows", "Risk"]
    assert "/Table" in kinds_in(one)
