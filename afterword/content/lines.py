"""On which line of which file a problem under content/ stands.

The library that reads TOML tells no lines, so a small scan of headers and keys finds them again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from afterword.domain.errors import Problem

HEADER = re.compile(r"\s*(\[{1,2})\s*([\w.-]+)\s*\]{1,2}\s*(#.*)?")
KEY = re.compile(r"\s*([\w-]+)\s*=\s*(?:\"([^\"]*)\")?")
LONG_TEXT = re.compile(r'"""|' + "'''")
PLURAL = re.compile(r"s(?=[\[.]|$)")
LINE_SAID = re.compile(r"\(at line (\d+),")
NAMES = ("id", "name")
PAGES = ("guide", "messages")  # folders with a file a page


@dataclass(frozen=True, slots=True)
class Place:
    """A table or a key of a file: its path, how problems call it, and its lines, counted from one."""

    path: str
    called: str
    first: int
    last: int


def located(problem: Problem, folder: Path) -> str:
    """A problem as a line that begins with file and line: "rules.toml:41: email-at-once: …"."""
    named, _, tail = problem.path.partition(": ")
    file = page_file(folder / named, tail, problem.at) if named in PAGES else folder / named
    line = line_of(problem, tail, file)
    rest = f"{tail}: {problem.sentence}" if tail else problem.sentence
    return f"{file.relative_to(folder).as_posix()}:{line}: {rest}"


def page_file(folder: Path, page: str, at: str) -> Path:
    """The file of that folder that holds the page of that name, else the last that holds the text looked for."""
    wanted = f'id = "{page.partition(".")[0]}"' if page else at
    found = (path for path in sorted(folder.glob("*.md")) if wanted in text_of(path))
    return [folder, *found][-1] if wanted else folder


def text_of(file: Path) -> str:
    """What a file holds, as far as it can be read."""
    return file.read_text("utf-8", "replace") if file.is_file() else ""


def line_of(problem: Problem, tail: str, file: Path) -> int:
    """The line that is meant: where reading failed, where the text looked for stands last, else where its place begins."""
    said, lines = LINE_SAID.search(problem.sentence), text_of(file).splitlines()
    if said:
        return int(said[1])
    if problem.sentence.endswith("(at end of document)"):
        return max(1, len(lines))
    place = place_of(tail, lines)
    first, last = (place.first, place.last) if place else (1, len(lines))
    within = range(last, first - 1, -1) if problem.at else ()
    return next((number for number in within if problem.at in lines[number - 1]), first)


def place_of(tail: str, lines: list[str]) -> Place | None:
    """The place of that name or path, or what it lies in; None for a file as a whole."""
    found, wanted = list(places(lines)), tail
    while wanted:
        for place in found:
            if wanted == place.called or PLURAL.sub("", wanted) == place.path:
                return place
        wanted = re.sub(r"(^|\.)[^.\[]+$|\[\d+\]$", "", wanted)
    return None


def places(lines: list[str]) -> Iterator[Place]:
    """Every table and every key of a file, in order; a table reaches to the last line of the tables within it."""
    tables: list[Place] = []
    counts: dict[str, int] = {}
    for number, line in outside_long_texts(lines):
        header, key = HEADER.fullmatch(line), KEY.match(line)
        if header:
            tables.append(Place(path_in(header, counts), "", number, number))
        elif key:
            path = ".".join(filter(None, (tables[-1].path if tables else "", key[1])))
            yield Place(PLURAL.sub("", path), "", number, number)
            if tables and key[1] in NAMES and not tables[-1].called and key[2]:
                tables[-1] = replace(tables[-1], called=name_of(tables, key[2]))
    for index, table in enumerate(tables):
        inside = f"{table.path}."
        after = (t.first for t in tables[index + 1 :] if not t.path.startswith(inside))
        yield replace(table, last=next(after, len(lines) + 1) - 1)


def outside_long_texts(lines: list[str]) -> Iterator[tuple[int, str]]:
    """The lines with their numbers, without those that lie within a text of several lines."""
    inside = False
    for number, line in enumerate(lines, start=1):
        if not inside:
            yield number, line
        inside ^= len(LONG_TEXT.findall(line)) % 2 == 1


def path_in(header: re.Match[str], counts: dict[str, int]) -> str:
    """The path of a table's header: [[rule.parameter]] is rule[1].parameter[0] where it stands first in the second."""
    path = ""
    parts = [PLURAL.sub("", part) for part in header[2].split(".")]
    for part in parts[:-1]:
        path = f"{path}.{part}".removeprefix(".")
        path += f"[{counts[path] - 1}]" if path in counts else ""
    path = f"{path}.{parts[-1]}".removeprefix(".")
    if header[1] == "[":
        return path
    counts[path] = counts.get(path, 0) + 1
    return f"{path}[{counts[path] - 1}]"


def name_of(tables: list[Place], name: str) -> str:
    """How problems call the last table: by its id, or by its name after that of the table it lies in."""
    within = (t for t in reversed(tables[:-1]) if tables[-1].path.startswith(f"{t.path}.") and t.called)
    outer = next(within, None)
    return f"{outer.called}.{name}" if outer and "parameter" in tables[-1].path else name
