"""Days as people write them: read where they can mean one thing, doubtful where they cannot."""

from datetime import date, datetime

import pytest

from afterword.domain.table import Order
from afterword.formats.tables.dates import Custom, custom_of, day_of, parts_of

THIRD = date(2026, 11, 3)
AFTERNOON = datetime(2026, 11, 3, 15)  # noqa: DTZ001 - cells have no zone
KNOWN = Custom(Order.DAY_FIRST, 2026)


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2026-11-03", THIRD),
        ("2026/11/3 15:00", AFTERNOON),
        ("2026.11.03", THIRD),
        ("20261103", THIRD),
        ("3 Nov 2026", THIRD),
        ("Nov 3rd, 2026 3pm", AFTERNOON),
        ("3-Nov-26", THIRD),
        ("Tuesday, November 3, 2026", THIRD),
        ("3. November 2026", THIRD),
        ("Di 3. Nov 2026", THIRD),
        ("le 3 novembre 2026", THIRD),
        ("3 de noviembre de 2026", THIRD),
        ("03/11/2026 15h00", AFTERNOON),
        ("3.11.2026 um 15 Uhr", AFTERNOON),
        ("46329", THIRD),
        (46329, THIRD),
        (46329.625, AFTERNOON),
        (AFTERNOON, AFTERNOON),
        (THIRD, THIRD),
        ("3/11", THIRD),
        ("Nov 3", THIRD),
    ],
)
def test_a_day_is_read_in_any_common_form(cell, day):
    assert day_of(parts_of(cell), KNOWN) == day


@pytest.mark.parametrize(
    "cell",
    [
        "next tues",
        "Nov 2026",
        "3-4 Nov",
        "Nov 10-12",
        "Nov 10 - 12",
        "Nov 10/12",
        "maybe 3 Nov",
        "TBD",
        "Fri",
        "12/25 at noon",
        "may",
        3,
        True,
        "13/13/2026",
        "99",
    ],
)
def test_what_is_no_day_is_none(cell):
    assert parts_of(cell) is None


@pytest.mark.parametrize("cell", ["31/02/2026", "Mon 3 Nov 2026", "2026-02-30"])
def test_a_day_that_cannot_be_is_none(cell):
    parts = parts_of(cell)
    assert parts is None or day_of(parts, KNOWN) is None


def test_an_offset_is_kept():
    assert day_of(parts_of("2026-11-03T15:00:00-05:00"), Custom()).isoformat() == "2026-11-03T15:00:00-05:00"


@pytest.mark.parametrize(
    ("cells", "custom"),
    [
        (["3/11/2026", "13/11/2026"], Custom(Order.DAY_FIRST, 2026)),
        (["3/11/2026", "11/13/2026"], Custom(Order.MONTH_FIRST, 2026)),
        (["13/11/2026", "11/13/2026"], Custom(None, 2026)),
        (["3/11/2026", "4/11/2026"], Custom(None, 2026)),
        (["3 Nov", "1 Jan 2026", "2 Jan 2027"], Custom(None, None)),
    ],
)
def test_a_column_tells_its_order_and_year_where_all_its_cells_agree(cells, custom):
    assert custom_of(cells) == custom


def test_without_its_order_a_day_that_can_be_two_is_none():
    assert day_of(parts_of("3/11/2026"), Custom()) is None
    assert day_of(parts_of("3/3/2026"), Custom()) == date(2026, 3, 3)
