"""A draft as JSON: the form of the store, of a guest's browser and of backups."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from pydantic import ConfigDict, TypeAdapter, ValidationError

from afterword.domain.draft import Answers, Draft, Written, problems_of_draft
from afterword.domain.errors import Problem
from afterword.formats.application_json import plain
from afterword.formats.validation import problems_in

for part in (Answers, Written, Draft):
    setattr(part, "__pydantic_config__", ConfigDict(extra="forbid"))  # noqa: B010 - mypy knows no such attribute

DRAFT = TypeAdapter(Draft)
MOST_VERSION = 1_000_000_000


def dump_draft(draft: Draft) -> str:
    """The draft as JSON text."""
    return json.dumps(plain(draft), ensure_ascii=False)


def read_kept_draft(document: str) -> Draft:
    """A draft, from text that dump_draft wrote."""
    return DRAFT.validate_json(document, strict=True)


def drafts_in(items: Any, path: str, found: list[Problem]) -> tuple[Draft, ...]:
    """The drafts that can be read, in the order of their ids. What is wrong with the others goes to `found`."""
    if items is None:
        return ()
    if not isinstance(items, list):
        found.append(Problem(path, "must be a list"))
        return ()
    drafts: dict[str, Draft] = {}
    for index, item in enumerate(items):
        for draft in draft_in(item, f"{path}[{index}]", found):
            if draft.id in drafts:
                found.append(Problem(f"{path}[{index}].id", "is the id of a draft before it"))
            drafts[draft.id] = draft
    return tuple(drafts[id] for id in sorted(drafts))


def draft_in(item: Any, path: str, found: list[Problem]) -> Iterator[Draft]:
    """One draft, if it can be read."""
    try:
        draft = DRAFT.validate_json(json.dumps(item), strict=True)
    except ValidationError as error:
        found.extend(Problem(f"{path}.{p.path}".removesuffix("."), p.sentence) for p in problems_in(error))
        return
    wrong = [Problem(f"{path}.{p.path}", p.sentence) for p in problems_of_draft(draft)]
    if not 1 <= draft.version <= MOST_VERSION:
        wrong.append(Problem(f"{path}.version", f"must be a whole number from 1 to {MOST_VERSION:,}"))
    found.extend(wrong)
    if not wrong:
        yield draft


def of_both(mine: tuple[Draft, ...], theirs: tuple[Draft, ...]) -> tuple[Draft, ...]:
    """The drafts of two sides in one: of each the one that was kept more often, mine where they are even."""
    both = {draft.id: draft for draft in theirs}
    for draft in mine:
        other = both.get(draft.id)
        both[draft.id] = other if other and other.version > draft.version else draft
    return tuple(both[id] for id in sorted(both))
