"""The messages under content/messages/: read with their headings, and checked against what they declare."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from pydantic import ConfigDict, TypeAdapter

from afterword.content.files import Loaded, page_in, twice
from afterword.domain.drafting import FACTS
from afterword.domain.errors import BrokenContent, Problem
from afterword.domain.handbook import Blank, Check, Handbook, Message, MessageChannel
from afterword.domain.review import CHECKS
from afterword.formats.draft import names_in

HEADING = re.compile(r"^## (.+)$", re.MULTILINE)
HEADINGS = {"Subject": "subject", "Short": "short", "Long": "long", "Voicemail": "voicemail"}
PARTS = {
    MessageChannel.EMAIL: ("subject", "short", "long"),
    MessageChannel.PHONE: ("short", "long", "voicemail"),
}

for part in (Message, Blank, Check):
    setattr(part, "__pydantic_config__", ConfigDict(extra="forbid"))  # noqa: B010 - mypy knows no such attribute
MESSAGE = TypeAdapter(Message)


def load_messages(folder: Path) -> Loaded:
    """The messages, one a Markdown file with its front matter and a heading for each of its texts."""
    messages: list[Message] = []
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.md")):
        try:
            messages.append(one_message(path))
        except BrokenContent as error:
            problems.extend(error.problems)
    problems.extend(twice("messages", messages))
    return Loaded(tuple(sorted(messages, key=lambda message: message.order)), tuple(problems))


def one_message(path: Path) -> Message:
    """One message. Raises BrokenContent."""
    place = f"messages/{path.name}"
    message: Message = page_in(path, place, MESSAGE, lambda text: texts_in(text, place))
    return message


def texts_in(text: str, place: str) -> dict[str, str]:
    """The text under each heading. Raises BrokenContent for a heading that is unknown or stands twice."""
    before, *rest = HEADING.split(text)
    titles, bodies = rest[::2], rest[1::2]
    unknown = [title for title in titles if title.strip() not in HEADINGS]
    wrong = [Problem(place, f"the heading {title} is not known here") for title in unknown]
    if before.strip():
        wrong.append(Problem(place, "has text before its first heading"))
    if len(set(titles)) < len(titles):
        wrong.append(Problem(place, "has a heading that stands twice"))
    if wrong:
        raise BrokenContent(tuple(wrong))
    return {HEADINGS[title.strip()]: body.strip() for title, body in zip(titles, bodies, strict=True)}


def message_problems(handbook: Handbook) -> Iterator[Problem]:
    """Texts that are missing or too many, and placeholders that are declared but not used, or the reverse."""
    for message in handbook.messages.values():
        place = f"messages: {message.id}"
        yield from part_problems(message, place)
        yield from placeholder_problems(message, handbook, place)
    for name in sorted(FACTS ^ handbook.blanks.keys()):
        what = "is known nowhere in the code" if name in handbook.blanks else "is missing"
        yield Problem("blanks.toml", f"the blank {name} {what}")


def part_problems(message: Message, place: str) -> Iterator[Problem]:
    """Texts that its channel wants, and others that it has no place for."""
    wanted = PARTS[message.channel]
    for name in HEADINGS.values():
        if bool(getattr(message, name)) != (name in wanted):
            what = "is missing" if name in wanted else f"has no place in a message by {message.channel}"
            yield Problem(f"{place}.{name}", what)


def placeholder_problems(message: Message, handbook: Handbook, place: str) -> Iterator[Problem]:
    """Placeholders declared but not used, used but not declared, or unknown; and templates that are none."""
    used: set[str] = set()
    for name in HEADINGS.values():
        try:
            used |= names_in(getattr(message, name) or "")
        except ValueError as error:
            yield Problem(f"{place}.{name}", str(error))
            return
    declared = {*message.needs, *message.may_use}
    if len(declared) < len(message.needs) + len(message.may_use):
        yield Problem(place, "declares a placeholder twice")
    for name in sorted(declared ^ used):
        what = "is used but not declared" if name in used else "is declared but not used"
        yield Problem(place, f"the placeholder {name} {what}", at=name)
    for name in sorted(declared - handbook.blanks.keys()):
        yield Problem(place, f"the placeholder {name} is not in blanks.toml", at=name)


def check_problems(handbook: Handbook) -> Iterator[Problem]:
    """Checks that nobody makes or that have no words, and numbers or word lists that are missing."""
    for id in sorted(CHECKS.keys() ^ handbook.checks.keys()):
        what = "has no words here" if id in CHECKS else "is made nowhere"
        yield Problem("review.toml", f"the check {id} {what}")
    for id, (number, by_words) in CHECKS.items():
        check = handbook.checks.get(id)
        if check is None:
            continue
        for name in sorted({p.name for p in check.parameters} ^ set(number)):
            what = "is missing" if name in number else "is used nowhere"
            yield Problem("review.toml", f"{id}: the number {name} {what}")
        if bool(check.looks_for) != by_words:
            yield Problem("review.toml", f"{id}: looks_for {'is missing' if by_words else 'is used nowhere'}")
