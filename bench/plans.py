"""What a plan costs: the domain alone, without a store and without a page."""

from __future__ import annotations

import gc
import time
from collections.abc import Sequence
from itertools import cycle, islice

from afterword.content import load_handbook
from afterword.domain.handbook import Handbook
from afterword.domain.model import Application
from afterword.domain.plan import make_plan
from afterword.domain.workdays import Workdays
from afterword.samples import Days, quiet, sample_applications
from bench.asked import Asked
from bench.figure import Figure, Values
from bench.stock import NOW, ZONE

MANY = 50_000
A_BATCH = 50


def measure(asked: Asked) -> list[Figure]:
    """The common case, thanked and waiting for the promised day; and 50,000 of all samples, one after the other."""
    handbook = load_handbook()
    common = [quiet(Days(NOW, ZONE))] * A_BATCH
    seconds_of(common, handbook)
    gc.collect()
    gc.freeze()
    batches = [seconds_of(common, handbook) / A_BATCH * 1e6 for _ in asked.rounds()]
    many = MANY // 100 if asked.quick else MANY
    mixed = list(islice(cycle(sample_applications(NOW, ZONE)), many))
    seconds = seconds_of(mixed, handbook) * MANY / many
    gc.unfreeze()
    return [
        Values(batches).figure("A plan, the common case", "µs", 150),
        Figure("50,000 applications planned on one core", "s", seconds, 8),
    ]


def seconds_of(applications: Sequence[Application], handbook: Handbook) -> float:
    """The processor time that planning these takes."""
    workdays = Workdays("US")
    started = time.process_time()
    for application in applications:
        make_plan(application, NOW, handbook, workdays, ZONE)
    return time.process_time() - started
