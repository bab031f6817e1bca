"""Days as people write them in a cell: read where they can mean one thing only, and else said to be doubtful."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from afterword.domain.table import Half, Order
from afterword.formats.tables.grid import Cell

MONTHS = (
    "january jan januar janvier janv enero ene gennaio januari",
    "february feb februar fevrier fev fevr febrero febbraio februari",
    "march mar marz maerz mrz mars marzo maart",
    "april apr avril avr abril abr aprile",
    "may mai mayo maggio mei",
    "june jun juni juin junio giugno",
    "july jul juli juillet juil julio luglio",
    "august aug aout agosto ago augustus",
    "september sep sept septembre septiembre settembre",
    "october oct oktober okt octobre octubre ottobre",
    "november nov novembre noviembre",
    "december dec dezember dez decembre diciembre dic",
)
MONTH_OF = {name: number for number, names in enumerate(MONTHS, start=1) for name in names.split()}
WEEKDAYS = (  # "mar" is left to March
    "mon monday mo montag lundi lun lunes",
    "tue tues tuesday di dienstag mardi martes",
    "wed wednesday mi mittwoch mercredi mer miercoles",
    "thu thur thurs thursday do donnerstag jeudi jeu jueves jue",
    "fri friday fr freitag vendredi ven viernes vie",
    "sat saturday sa samstag sonnabend samedi sam sabado sab",
    "sun sunday so sonntag dimanche dim domingo dom",
)
WEEKDAY_OF = {name: number for number, names in enumerate(WEEKDAYS) for name in names.split()}
FILLERS = frozenset(
    {"at", "um", "uhr", "a", "the", "of", "de", "del", "le", "el", "den", "am", "on", "les", "las", "h"}
)
OFFSET = re.compile(r"\d{4}-\d\d-\d\d[t ]\d\d:\d\d(:\d\d(\.\d+)?)?(z|[+-]\d\d:?\d\d)")
ISO = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)")
PARTED = re.compile(r"(?<!\d)(\d{1,2})([-/.])(\d{1,2})(?:\2(\d{4}|\d{2})(?!\d)|\2?(?!\d))")
CLOCK = re.compile(
    r"[t ,]*\b(\d{1,2})(?:[:.h](\d{2})(?::(\d{2})(?:\.\d+)?)?)?\s*(am|pm|a\.m\.|p\.m\.|uhr|h)?\s*$"
)
RANGE = re.compile(r"\d\s*[-/]\s*\d{1,2}(?!\d)")  # Nov 10-12 is two days, not one in 2012
NUMBERED = re.compile(r"(\d{1,2})(?:st|nd|rd|th|er|\.|º|°)?$")
COMPACT = re.compile(r"(20\d{2})(\d{2})(\d{2})$")
SERIALS = range(25_000, 75_000)  # Excel's count of days, 1968 to 2105
EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet's day one has no zone
CENTURY = 2000
OF_A_HALF = re.compile(r"\d\s*([ap]m|[ap]\.m\.)$")
SMALL_HOURS = range(1, 7)  # hardly anybody is met then; "2:30" is rather of the afternoon
FAR = 2  # years; a year of two digits further off may be an hour, or a slip


@dataclass(frozen=True, slots=True)
class Parts:
    """A day as it stands: numbers whose order, or year, may have to be found out, and the hour if one is named.

    `first` and `second` are day and month in either order; `month` is set where it stands as a word, `weekday` (Monday is 0) where one is named.
    """

    first: int
    second: int | None = None
    year: int | None = None
    month: int | None = None
    hour: time | None = None
    whole: date | None = None
    weekday: int | None = None
    tells_half: bool = False  # by "am" or "pm", or by an offset, which only programs write
    short_year: bool = False  # of two digits

    @property
    def tells_order(self) -> Order | None:
        """What order of day and month this cell can only have; None where it can have both, or names the month."""
        if self.whole or self.month or self.second is None or (self.first > 12 and self.second > 12):
            return None
        if self.first > 12:
            return Order.DAY_FIRST
        return Order.MONTH_FIRST if self.second > 12 else None

    @property
    def needs_order(self) -> bool:
        """Whether it is another day in the other order."""
        either = self.second is not None and max(self.first, self.second) <= 12
        return not self.whole and not self.month and either and self.first != self.second

    @property
    def needs_year(self) -> bool:
        """Whether it names no year."""
        return self.whole is None and self.year is None

    @property
    def needs_half(self) -> bool:
        """Whether its hour may be one of the night or of the afternoon."""
        return self.hour is not None and not self.tells_half and self.hour.hour in SMALL_HOURS

    @property
    def year_told(self) -> int | None:
        """The year it names."""
        return self.whole.year if self.whole else self.year


@dataclass(frozen=True, slots=True)
class Custom:
    """How the days of one column are written: None where the column does not tell."""

    order: Order | None = None
    year: int | None = None
    half: Half | None = None
    years: frozenset[int] = frozenset()  # those its days are about


def parts_of(cell: Cell) -> Parts | None:
    """What a cell says of a day; None where it does not, or says more than a day and an hour."""
    if isinstance(cell, date):
        return of_date(cell)
    if isinstance(cell, bool):
        return None
    if isinstance(cell, int | float):
        return of_serial(float(cell))
    text = plain(cell)
    if re.fullmatch(r"\d{5}(\.\d+)?", text):
        return of_serial(float(text))
    return of_text(text)


def of_date(value: date) -> Parts:
    """A day, or a moment, that a spreadsheet knew for one; midnight stands for no hour."""
    if isinstance(value, datetime):
        hour = value.time() if value.time() != time() else None
        return Parts(0, whole=value.date(), hour=hour)
    return Parts(0, whole=value)


def of_serial(number: float) -> Parts | None:
    """A day by Excel's count."""
    if int(number) not in SERIALS:
        return None
    return of_date(EPOCH + timedelta(minutes=round(number * 1440)))


def plain(text: str) -> str:
    """Small letters without accents, in one line."""
    parted = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(sign for sign in parted if not unicodedata.combining(sign)).split())


def of_text(text: str) -> Parts | None:
    """A day in words or numbers, with or without its weekday and an hour."""
    if found := COMPACT.match(text):
        return of_numbers(found[1], found[2], found[3], None)
    if OFFSET.fullmatch(text):
        return of_moment(text)
    first, _, rest = text.partition(" ")
    weekday = WEEKDAY_OF.get(first.strip(",.")) if rest else None
    parts = of_bare(text if weekday is None else rest.strip())
    half = OF_A_HALF.search(text) is not None
    return replace(parts, weekday=weekday, tells_half=half) if parts else None


def of_moment(text: str) -> Parts | None:
    """A moment with its offset, as programs write it."""
    try:
        moment = datetime.fromisoformat(text.upper())
    except ValueError:
        return None
    return Parts(0, whole=moment.date(), hour=moment.timetz(), tells_half=True)


def of_bare(bare: str) -> Parts | None:
    """A day without its weekday."""
    if found := ISO.match(bare):
        year, _, month, day = found.groups()
        return with_hour(bare[found.end() :], lambda hour: of_numbers(year, month, day, hour))
    if found := PARTED.match(bare):
        first, second, said = int(found[1]), int(found[3]), year_of(found[4])
        valid = 1 <= min(first, second) <= 12 and max(first, second) <= 31
        rest = bare[found.end() :]
        short = len(found[4] or "") == 2
        made = Parts(first, second, said, short_year=short)
        return with_hour(rest, lambda hour: replace(made, hour=hour)) if valid else None
    return of_words(bare)


def of_numbers(year: str, month: str, day: str, hour: time | None) -> Parts | None:
    """A day whose year stands first."""
    try:
        return Parts(0, whole=date(int(year), int(month), int(day)), hour=hour)
    except ValueError:
        return None


def with_hour(rest: str, made: Callable[[time | None], Parts | None]) -> Parts | None:
    """The day with the hour that follows it; None where something else does."""
    if not rest.strip(" ,."):
        return made(None)
    hour = hour_of(rest)
    return made(hour) if hour else None


def hour_of(text: str) -> time | None:
    """An hour such as 15:00, 3pm or 15 Uhr."""
    said = re.sub(r"^[t, ]*(at|um|a|a las|@)?\s*", "", text)
    found = CLOCK.fullmatch(said)
    if not found or not (found[2] or found[4]):
        return None
    hour, half = int(found[1]), (found[4] or "").replace(".", "")
    if half in {"am", "pm"}:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "pm" else 0)
    try:
        return time(hour, int(found[2] or 0))
    except ValueError:
        return None


def of_words(text: str) -> Parts | None:
    """A day whose month is a word: 3 Nov, Nov 3rd 2026, 3. November 2026, 15:00."""
    hour, body = None, text
    if found := re.search(
        r"[\s,]+(?:at |um |a las |@ ?)?(\d{1,2}[:h]\d{2}\s*(?:am|pm|uhr|h)?|\d{1,2}\s*(?:am|pm|uhr|h))$", text
    ):
        hour, body = hour_of(found[1]), text[: found.start()]
        if hour is None:
            return None
    if RANGE.search(body):
        return None
    words = [
        word.strip(",.") if not word[:1].isdigit() else word.strip(",") for word in re.split(r"[\s/-]+", body)
    ]
    words = [word for word in words if word and word not in FILLERS]
    months = [MONTH_OF[word] for word in words if word in MONTH_OF]
    numbers = [word for word in words if word not in MONTH_OF]
    if len(months) != 1 or not 1 <= len(numbers) <= 2:
        return None
    day = NUMBERED.match(numbers[0])
    year = re.fullmatch(r"'?(\d{4}|\d{2})", numbers[1]) if len(numbers) == 2 else None
    if not day or (len(numbers) == 2 and not year) or not 1 <= int(day[1]) <= 31:
        return None
    digits = year[1] if year else None
    short = len(digits or "") == 2
    return Parts(int(day[1]), year=year_of(digits), month=months[0], hour=hour, short_year=short)


def year_of(digits: str | None) -> int | None:
    """A year, of this century where it has two digits."""
    return None if digits is None else int(digits) + (CENTURY if len(digits) == 2 else 0)


def custom_of(cells: Iterable[Cell]) -> Custom:
    """How a column writes its days, as far as its cells tell with one voice."""
    parts = [found for cell in cells if cell != "" and (found := parts_of(cell))]
    orders = {one.tells_order for one in parts} - {None}
    years = {one.year_told for one in parts} - {None}
    late = any(one.hour and not one.tells_half and one.hour.hour > 12 for one in parts)
    return Custom(
        orders.pop() if len(orders) == 1 else None,
        years.pop() if len(years) == 1 else None,
        Half.MORNING if late else None,  # who writes 15:00 means the night by 3:00
    )


def is_far(parts: Parts, custom: Custom) -> bool:
    """Whether a year of two digits is far from each that its column is about."""
    year = parts.year
    return parts.short_year and year is not None and all(abs(year - one) > FAR for one in custom.years)


def day_of(parts: Parts, custom: Custom) -> date | None:
    """The day, a datetime without a zone where an hour is named; None where no such day is, or it is not told which."""
    if parts.needs_order and custom.order is None:
        return None
    if parts.needs_half and custom.half is None:
        return None
    year = parts.year or custom.year
    if parts.whole is None and year is None:
        return None
    try:
        day = parts.whole or placed(
            parts, custom.order or parts.tells_order or Order.DAY_FIRST, int(year or 0)
        )
    except ValueError:
        return None
    if parts.weekday is not None and day.weekday() != parts.weekday:
        return None  # the weekday says another day
    return day if parts.hour is None else datetime.combine(day, hour_in(parts, parts.hour, custom))


def hour_in(parts: Parts, hour: time, custom: Custom) -> time:
    """The hour of a cell, in the half of the day that its column's hours are in."""
    later = parts.needs_half and custom.half == Half.AFTERNOON
    return hour.replace(hour=hour.hour + 12) if later else hour


def placed(parts: Parts, order: Order, year: int) -> date:
    """The day in that order and year. Raises ValueError where there is none."""
    if parts.month:
        return date(year, parts.month, parts.first)
    own = parts.tells_order or order
    day, month = (parts.first, parts.second) if own == Order.DAY_FIRST else (parts.second, parts.first)
    return date(year, int(month or 0), int(day or 0))


def years_around(now: datetime) -> Iterator[int]:
    """The years that a day without one may mean, this one first."""
    yield from (now.year, now.year - 1, now.year + 1)
