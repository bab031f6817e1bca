"""Working days: Monday to Friday, less one country's public holidays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import holidays
from holidays.registry import COUNTRIES

DAY = timedelta(days=1)
SATURDAY = 5
CODE_LETTERS = 2
SMALL_WORDS = frozenset({"and", "of", "the"})


@dataclass(frozen=True, slots=True)
class Workdays:
    """Counts working days in one country; with no country every Monday to Friday is one."""

    country: str | None = None

    def is_working_day(self, day: date) -> bool:
        """Whether people are at work on that day."""
        if day.weekday() >= SATURDAY:
            return False
        return self.country is None or day not in public_holidays(self.country, day.year)

    def holidays_between(self, begins: date, ends: date) -> tuple[date, ...]:
        """The country's public holidays from one day to another, both among them; none with no country."""
        if self.country is None:
            return ()
        found = (
            day for year in range(begins.year, ends.year + 1) for day in public_holidays(self.country, year)
        )
        return tuple(sorted(day for day in found if begins <= day <= ends))

    def nth_after(self, day: date, count: int) -> date:
        """The `count`-th working day after `day`, which itself never counts."""
        return nth_working_day(self, day, count, DAY)

    def nth_before(self, day: date, count: int) -> date:
        """The `count`-th working day before `day`, which itself never counts."""
        return nth_working_day(self, day, count, -DAY)


@lru_cache(maxsize=4096)  # a plan counts the same few days again and again, and so do the plans of one week
def nth_working_day(workdays: Workdays, day: date, count: int, step: timedelta) -> date:
    """The `count`-th working day from `day` on, or back, which itself never counts."""
    while count > 0:
        day += step
        count -= workdays.is_working_day(day)
    return day


@lru_cache(maxsize=1024)
def public_holidays(country: str, year: int) -> frozenset[date]:
    """The country's national holidays of that year. Raises KeyError for a country nobody knows."""
    try:
        return frozenset(holidays.country_holidays(country.upper(), years=year))
    except NotImplementedError:
        raise KeyError(country) from None


@lru_cache(maxsize=1)
def country_names() -> dict[str, str]:
    """The countries whose holidays are known: names by two-letter codes, in the order of the names."""
    by_name = sorted((name_from(module), str(codes[1])) for module, codes in COUNTRIES.items())
    return {code: name for name, code in by_name if len(code) == CODE_LETTERS}


def name_from(module: str) -> str:
    """A country's name as people write it, from the name of its module."""
    return " ".join(w if w in SMALL_WORDS else w.capitalize() for w in module.split("_"))


def known_countries() -> frozenset[str]:
    """The two-letter codes of the countries whose holidays are known, the common UK for GB among them."""
    return frozenset((*country_names(), "UK"))
