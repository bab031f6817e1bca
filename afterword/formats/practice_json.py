"""Answers of practice as JSON: the form of backups, of a guest's browser and of the store."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from pydantic import ConfigDict, TypeAdapter, ValidationError

from afterword.domain.errors import Problem
from afterword.domain.practice import MOST_ANSWERS, Answer, in_order
from afterword.domain.problems import YEARS
from afterword.formats.application_json import number_times, plain
from afterword.formats.validation import NEEDS_AN_HOUR, problems_in

LONGEST_ID = 64  # as wide as the store's columns
MOST_KEYS = 20  # more than an answer has; of an object with very many not each is told
setattr(Answer, "__pydantic_config__", ConfigDict(extra="forbid"))  # noqa: B010 - mypy knows no such attribute
ANSWER = TypeAdapter(Answer)
KEY = "practice"


def dump_answer(answer: Answer) -> str:
    """The answer as JSON text that read_kept_answer reads back to an equal one."""
    return json.dumps(plain(answer), ensure_ascii=False)


def read_kept_answer(document: str) -> Answer:
    """An answer, from text that dump_answer wrote."""
    return ANSWER.validate_json(document, strict=True)


def answers_in(items: Any, found: list[Problem]) -> tuple[Answer, ...]:
    """The answers of a backup in the order of time. What is wrong with them goes to `found`."""
    if items is None:
        return ()
    if not isinstance(items, list):
        found.append(Problem(KEY, "must be a list"))
        return ()
    if len(items) > MOST_ANSWERS:
        found.append(Problem(KEY, f"has {len(items):,} in it; at most {MOST_ANSWERS:,} can be read"))
        return ()
    read: dict[str, Answer] = {}
    for number, item in enumerate(items):
        for answer in answer_in(item, f"{KEY}[{number}]", found):
            if answer.id in read:
                found.append(Problem(f"{KEY}[{number}].id", "is the id of an answer before it"))
            read[answer.id] = answer
    return in_order(read.values())


def answer_in(item: Any, path: str, found: list[Problem]) -> Iterator[Answer]:
    """One answer, if it is sound. What is wrong with it goes to `found`."""
    if not isinstance(item, dict) or len(item) > MOST_KEYS:
        found.append(Problem(path, "must be an object with the keys of an answer"))
        return
    known = {name: value for name, value in item.items() if value is not None}
    try:
        answer = ANSWER.validate_json(json.dumps(known), strict=True)
    except ValidationError as error:
        wrong = problems_in(error)
    else:
        wrong = (*number_times(known), *answer_problems(answer))
        if not wrong:
            yield answer
    found.extend(Problem(f"{path}.{p.path}".removesuffix("."), p.sentence) for p in wrong)


def answer_problems(answer: Answer) -> Iterator[Problem]:
    """What is wrong with an answer that could be read."""
    for name in ("id", "scenario", "option"):
        text = getattr(answer, name)
        if text is not None and not 0 < len(text) <= LONGEST_ID:
            yield Problem(name, f"must have from 1 to {LONGEST_ID} characters")
    for name in ("at", "withdrawn_at"):
        moment = getattr(answer, name)
        if moment is not None and (moment.tzinfo is None or moment.year not in YEARS):
            yield Problem(name, NEEDS_AN_HOUR)
    if (answer.scenario is None) != (answer.option is None):
        yield Problem("", "needs a scenario and an option, or neither where practice was begun anew")
