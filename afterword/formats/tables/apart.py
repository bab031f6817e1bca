"""A workbook to its cells, run as a program of its own: what a hostile file can break is this program alone.

The workbook comes on standard input; standard output gets JSON with its sheets, or with one problem.
Nothing but the standard library and the reader of workbooks is imported, so that it starts at once.
"""

from __future__ import annotations

import io
import json
import re
import struct
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

MOST_ROWS, MOST_COLUMNS, MOST_CELLS, MOST_SHEETS = 20_000, 500, 400_000, 30
MOST_INFLATED = 48 * 1024 * 1024
MOST_PARTS = 2_000
MOST_MEMORY, MOST_SECONDS = 200 * 1024 * 1024, 4
ZIP, OLE = b"PK", b"\xd0\xcf\x11\xe0"
END = b"PK\x05\x06"  # the record that ends a zip
A_CHUNK = 256 * 1024
VALUED = re.compile(rb"<(?:\w+:)?c\b[^>]*?\br=[\"']([A-Z]{1,7})(\d{1,9})[\"'][^>]*>\s*<(?:\w+:)?(?:v|is|f)\b")
WITHOUT_RESULT = re.compile(
    rb"<(?:\w+:)?c\b[^>]*?\br=[\"'](\w+)[\"'][^>]*>\s*<(?:\w+:)?f\b[^>]*?(?:/>|>[^<]*</(?:\w+:)?f>)"
    rb"\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
OF_MACROS = re.compile(r"(^|/)vbaProject\.bin$|^(Basic|Scripts)/|(^|/)macrosheets/", re.IGNORECASE)
OF_OTHERS = re.compile(r"(^|/)externalLinks/", re.IGNORECASE)
MACROS_IN_OLE = "_VBA_PROJECT".encode("utf-16-le")
DAMAGED = "is damaged or cut off; open it in a spreadsheet program and save it again"
TOO_MUCH = "holds more than can be read; keep only the table itself in it"


class Refused(Exception):
    """A workbook that is not read; the message says why and what to do."""


def main() -> None:
    """Read the workbook on standard input, and say what is in it."""
    data = sys.stdin.buffer.read()
    bounded()
    said: dict[str, Any]
    try:
        said = read(data)
    except Refused as error:
        said = {"problem": str(error)}
    except MemoryError:
        said = {"problem": TOO_MUCH}
    sys.stdout.write(json.dumps(said))


def bounded() -> None:
    """Take no more memory and time than a sound file needs; not on Windows, where only the caller's clock ends it."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))


def read(data: bytes) -> dict[str, Any]:
    """Every visible sheet with its rows, and the names of the hidden ones. Raises Refused."""
    from python_calamine import CalamineError, PasswordError, SheetVisibleEnum, load_workbook

    if data.startswith(ZIP):
        check_parts(data)
    elif MACROS_IN_OLE in data:
        raise Refused("has macros in it; save it as .xlsx, without them")
    try:
        book = load_workbook(io.BytesIO(data))
        shown = [s.name for s in book.sheets_metadata if s.visible == SheetVisibleEnum.Visible]
        hidden = [s.name for s in book.sheets_metadata if s.visible != SheetVisibleEnum.Visible]
        sheets = [{"name": name, "rows": rows_in(book.get_sheet_by_name(name))} for name in few_enough(shown)]
    except PasswordError:
        raise Refused("is locked with a password; save it without one") from None
    except (CalamineError, OSError, ValueError, OverflowError):
        raise Refused(DAMAGED) from None
    except BaseException as error:
        if (
            type(error).__name__ == "PanicException"
        ):  # what the reader, written in Rust, throws where it gives up
            raise Refused(DAMAGED) from None
        raise
    return {"sheets": sheets, "hidden": hidden}


def few_enough(names: list[str]) -> list[str]:
    """The names of the sheets. Raises Refused where they are too many."""
    if len(names) > MOST_SHEETS:
        raise Refused(f"has {len(names):,} sheets; at most {MOST_SHEETS} can be read")
    return names


def rows_in(sheet: Any) -> list[list[Any]]:
    """The rows of a sheet from its first line on, each without the empty cells at its end. Raises Refused."""
    check_size(sheet.total_height, sheet.total_width)
    return [as_json(row) for row in sheet.to_python(skip_empty_area=False)]


def check_size(rows: int, columns: int) -> None:
    """Raises Refused where a sheet is larger than a person's table can be."""
    if columns > MOST_COLUMNS:
        raise Refused(f"has {columns:,} columns; at most {MOST_COLUMNS} can be read")
    if rows > MOST_ROWS:
        raise Refused(f"has {rows:,} rows; at most {MOST_ROWS:,} can be read")
    if rows * columns > MOST_CELLS:
        raise Refused(f"has {rows * columns:,} cells; at most {MOST_CELLS:,} can be read")


def as_json(row: list[Any]) -> list[Any]:
    """A row as JSON can hold it: days and times as a list of their kind and their text."""
    cells = [cell_as_json(cell) for cell in row]
    while cells and cells[-1] == "":
        cells.pop()
    return cells


def cell_as_json(cell: Any) -> Any:
    """One cell."""
    if isinstance(cell, datetime):
        return ["datetime", cell.isoformat()]
    if isinstance(cell, date):
        return ["date", cell.isoformat()]
    if isinstance(cell, time):
        return cell.isoformat("minutes")
    return str(cell) if isinstance(cell, timedelta) else cell


def check_parts(data: bytes) -> None:
    """Look at every part of a zip before anybody reads it. Raises Refused."""
    inflated = 0
    for name, begin, size, method in parts_of(data):
        if OF_MACROS.search(name):
            raise Refused("has macros in it; save it as .xlsx, without them")
        if OF_OTHERS.search(name):
            raise Refused("takes values from other files; copy its cells as values into a new file")
        looked_at: list[bytes] | None = [] if "worksheets/" in name else None
        inflated += inflate(data, (begin, size, method), MOST_INFLATED - inflated, looked_at)
        if looked_at is not None:
            check_sheet(b"".join(looked_at))


def parts_of(data: bytes) -> Iterator[tuple[str, int, int, int]]:
    """Each part of a zip: its name, where its bytes begin, how many there are, how they are packed."""
    end = data.rfind(END, max(0, len(data) - 66_000))
    if end < 0 or len(data) < end + 22:
        raise Refused(DAMAGED)
    count, listed = struct.unpack_from("<HI", data, end + 10)
    if count > MOST_PARTS or listed > 400 * MOST_PARTS:
        raise Refused(f"has {count:,} parts, more than any spreadsheet")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            parts = packed.infolist()
        for part in parts:
            names = struct.unpack_from("<HH", data, part.header_offset + 26)
            begin = part.header_offset + 30 + sum(names)
            yield part.filename, begin, part.compress_size, part.compress_type
    except (zipfile.BadZipFile, struct.error, ValueError, NotImplementedError, OSError):
        raise Refused(DAMAGED) from None


def inflate(data: bytes, part: tuple[int, int, int], most: int, into: list[bytes] | None) -> int:
    """How many bytes a part really has, whatever the list of parts says. Raises Refused."""
    begin, size, method = part
    if method == zipfile.ZIP_STORED:
        if into is not None:
            into.append(data[begin : begin + size])
        return size
    if method != zipfile.ZIP_DEFLATED:
        raise Refused("is packed in a way that cannot be read; save it again as .xlsx")
    unpacker, total, packed = zlib.decompressobj(-15), 0, data[begin : begin + size]
    take: Callable[[bytes], None] = into.append if into is not None else lambda _: None
    try:
        while not unpacker.eof and (chunk := unpacker.decompress(packed, A_CHUNK)):
            total, packed = total + len(chunk), unpacker.unconsumed_tail
            if total > most:
                raise Refused(f"is larger than {MOST_INFLATED // 1024**2} MB when unpacked; {TOO_MUCH}")
            take(chunk)
    except zlib.error:
        raise Refused(DAMAGED) from None
    return total


def check_sheet(xml: bytes) -> None:
    """Cells that stand too far out, or are formulas without a result. Raises Refused."""
    rows, columns = 0, 0
    for found in VALUED.finditer(xml):
        rows, columns = max(rows, int(found[2])), max(columns, column_number(found[1]))
    check_size(rows, columns)
    if bare := WITHOUT_RESULT.search(xml):
        where = bare[1].decode("ascii", "replace")
        raise Refused(
            f"has a formula without its result in cell {where}; open it in a spreadsheet program and save it again"
        )


def column_number(letters: bytes) -> int:
    """A column's number: A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


if __name__ == "__main__":
    main()
