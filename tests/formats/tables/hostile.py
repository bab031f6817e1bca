"""Files that no person keeps as a table: each class with what is said of it. Run as a program, it measures them."""

import io
import json
import struct
import sys
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import xlsxwriter

from afterword.domain.case import OpenCase
from afterword.domain.errors import InvalidApplication
from afterword.domain.plan import make_plan
from afterword.domain.workdays import Workdays
from afterword.formats.spreadsheet import Table, csv_table, workbook
from afterword.formats.tables.incoming import all_of_own, lacks_company, understood, whole
from tests.desk.cast import FERNBRIDGE, HANDBOOK, NOW

MB = 1_000_000
OLD = (Path(__file__).parent / "old-excel.xls").read_bytes()
SOUND = "Company,Role,Interview\nZoë's Café,Barista,13/11/2026\nHarbour,Planner,14/11/2026\n"
ROWS = [line.split(",") for line in SOUND.splitlines()]


@dataclass(frozen=True)
class Case:
    called: str
    said: str
    make: Callable[[], bytes]


def book(write=lambda _: None, rows=ROWS):
    """A sound workbook, with something done to it."""
    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True}) as made:
        sheet = made.add_worksheet("Jobs")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
        write(made)
    return data.getvalue()


def repacked(change=None, more=(), drop=(), method=zipfile.ZIP_DEFLATED):
    """A sound workbook whose parts are others: changed, added, or left out."""
    into = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book())) as sound, zipfile.ZipFile(into, "w", method) as made:
        for name in sound.namelist():
            if name not in drop:
                part = sound.read(name)
                made.writestr(name, change(name, part) if change else part)
        for name, part in more:
            made.writestr(name, part)
    return into.getvalue()


def sheet_of(xml):
    """A workbook whose one sheet holds that between its rows."""

    def change(name, part):
        return part.replace(b"</sheetData>", xml + b"</sheetData>") if "sheet1.xml" in name else part

    return repacked(change)


def lying(size):
    """A zip whose list of parts says that its bomb is small."""
    data = bytearray(repacked(more=[("xl/media/a.bin", bytes(size))]))
    for mark, place in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        at = data.rfind(
            b"xl/media/a.bin", 0, len(data) if mark == b"PK\x01\x02" else data.rfind(b"PK\x01\x02")
        )
        begin = data.rfind(mark, 0, at)
        struct.pack_into("<I", data, begin + place, 100)
    return bytes(data)


def many_parts(count):
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w") as made:
        for number in range(count):
            made.writestr(f"a{number}", b"")
    return into.getvalue()


def overlapping(count):
    """Many names for one packed part, as in bombs that do not nest."""
    kernel = zlib.compress(bytes(20 * MB), 9)[2:-4]
    local = (
        struct.pack("<4sHHHHHIIIHH", b"PK\x03\x04", 20, 0, 8, 0, 0, 0, len(kernel), 20 * MB, 1, 0)
        + b"a"
        + kernel
    )
    entries = b"".join(
        struct.pack(
            "<4sHHHHHHIIIHHHHHII",
            b"PK\x01\x02",
            20,
            20,
            0,
            8,
            0,
            0,
            0,
            len(kernel),
            20 * MB,
            1,
            0,
            0,
            0,
            0,
            0,
            0,
        )
        + b"a"
        for _ in range(count)
    )
    end = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, count, count, len(entries), len(local), 0)
    return local + entries + end


def own_case():
    """An application of ours."""
    application = replace(FERNBRIDGE, id="a1")
    return OpenCase(application, 1, make_plan(application, NOW, HANDBOOK, Workdays()), NOW)


def cut(make, parts=10):
    """A file cut off at every tenth of it."""
    return {
        f"at {n * 100 // parts}%": (lambda n=n: make()[: max(1, len(make()) * n // parts)])
        for n in range(1, parts)
    }


def every_tenth_byte(data):
    """A file cut off after every tenth byte, but where a row happens to end."""
    ends = (end for end in range(10, len(data) - 2, 10) if not data[:end].endswith(b"\r\n"))
    return {f"at {end:04}": (lambda end=end: data[:end]) for end in ends}


CUT_OFF = r"damaged or cut off|inside quotation|last row does not end|no table|holds more|at most|cannot be"
CLASSES = {
    "wrong encoding": (
        r"encoding|is no text|damaged|cut off",
        {
            "UTF-8 and Latin": lambda: SOUND.encode() + "Büro,x,\n".encode("latin-1"),
            "half a letter": lambda: SOUND.encode() + "ë".encode()[:1],
            "half of UTF-16": lambda: SOUND.encode("utf-16")[:-1],
            "half of UTF-32": lambda: SOUND.encode("utf-32")[:-2],
            "a wrong mark": lambda: b"\xff\xfe" + SOUND.encode("latin-1") + b"\xd8",
            "UTF-16 after UTF-8": lambda: SOUND.encode() + SOUND.encode("utf-16-le"),
            "mojibake": lambda: "Company,Role\nZoÃ«Â¢,x\n".encode("latin-1") + b"\x81\x8d",
            "EBCDIC": lambda: SOUND.encode("cp500", "replace"),
            "random": lambda: bytes((n * 7919 + n // 256) % 256 for n in range(20_000)),
        },
    ),
    "nulls": (
        r"zero bytes|is no text|damaged",
        {
            "first": lambda: b"\0" + SOUND.encode(),
            "last": lambda: SOUND.encode() + b"\0",
            "amid": lambda: SOUND.encode().replace(b"Planner", b"Plan\0ner"),
            "only": lambda: bytes(5_000),
            "many": lambda: SOUND.encode() + bytes(100_000),
            "in UTF-16": lambda: SOUND.replace("Planner", "Plan\0ner").encode("utf-16"),
            "bells": lambda: SOUND.encode().replace(b"Planner", b"Plan\x07ner"),
        },
    ),
    "50 MB": (
        r"is larger than 12 MB",
        {
            "rows": lambda: SOUND.encode() + b"Harbour,Planner,\n" * (50 * MB // 17),
            "one cell": lambda: SOUND.encode() + b'"' + b"a" * 50 * MB + b'"',
            "lines": lambda: b"\n" * 50 * MB,
            "commas": lambda: b"," * 50 * MB,
            "after a zip": lambda: book() + b" " * 50 * MB,
            "zeros": lambda: bytes(50 * MB),
        },
    ),
    "a million columns": (
        r"columns|is no text|cells|cannot be parted|at most",
        {
            "empty": lambda: b"Company" + b"," * MB,
            "filled": lambda: b"Company," + b"a," * MB,
            "semicolons": lambda: b"Company" + b";" * MB,
            "tabs": lambda: SOUND.replace(",", "\t").encode() + b"\t" * MB,
            "quotes": lambda: b"Company," + b'"",' * MB,
            "in the last row": lambda: SOUND.encode() + b"x," * MB,
            "XLSX far out": lambda: sheet_of(b'<row r="9"><c r="ZZZZZ9"><v>1</v></c></row>'),
            "XLSX at the edge": lambda: sheet_of(b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
        },
    ),
    "many rows": (
        r"rows|cells|holds more|parts|sheets",
        {
            "short": lambda: b"Company\n" + b"a\n" * 2 * MB,
            "empty": lambda: b"Company,Role\n" + b",\n" * 2 * MB,
            "wide": lambda: (b"Company" + b"," * 400 + b"\n") * 5_000,
            "XLSX": lambda: sheet_of(b'<row r="900000"><c r="A900000"><v>1</v></c></row>'),
            "XLSX sheets": lambda: book(lambda made: [made.add_worksheet(f"S{n}") for n in range(60)]),
        },
    ),
    "a zip bomb": (
        r"when unpacked|parts|packed in a way|damaged|holds more|columns|rows|cells",
        {
            "one part": lambda: repacked(more=[("xl/media/a.bin", bytes(500 * MB // 5))]),
            "the sheet": lambda: sheet_of(b" " * 100 * MB),
            "shared texts": lambda: repacked(
                lambda name, part: b"<sst>" + b"<si><t>aaaa</t></si>" * 5 * MB if "shared" in name else part
            ),
            "lying": lambda: lying(100 * MB),
            "overlapping": lambda: overlapping(1_000),
            "many parts": lambda: many_parts(5_000),
            "two cells far apart": lambda: sheet_of(
                b'<row r="9"><c r="A1048576"> <!-- --> <v>1</v></c></row>'
            ),
            "no cells said": lambda: sheet_of(b"<row><c><v>1</v></c></row>" * 800_000),
            "in LZMA": lambda: repacked(method=zipfile.ZIP_LZMA),
            "styles": lambda: repacked(
                lambda name, part: part + b"<!--" + b"a" * 100 * MB if "styles" in name else part
            ),
        },
    ),
    "external links": (
        r"takes values from other files",
        {
            "a workbook": lambda: repacked(more=[("xl/externalLinks/externalLink1.xml", b"<externalLink/>")]),
            "its address": lambda: repacked(
                more=[("xl/externalLinks/_rels/externalLink1.xml.rels", b"<x/>")]
            ),
            "in capitals": lambda: repacked(more=[("xl/EXTERNALLINKS/a.xml", b"<externalLink/>")]),
            "DDE": lambda: repacked(
                more=[("xl/externalLinks/externalLink1.xml", b"<ddeLink ddeService='cmd'/>")]
            ),
            "an OLE link": lambda: repacked(more=[("xl/externalLinks/externalLink2.xml", b"<oleLink/>")]),
        },
    ),
    "macros": (
        r"has macros in it",
        {
            "VBA": lambda: repacked(more=[("xl/vbaProject.bin", b"x")]),
            "in capitals": lambda: repacked(more=[("xl/VBAPROJECT.BIN", b"x")]),
            "elsewhere": lambda: repacked(more=[("evil/vbaProject.bin", b"x")]),
            "of Excel 4": lambda: repacked(more=[("xl/macrosheets/sheet1.xml", b"<x/>")]),
            "of LibreOffice": lambda: repacked(more=[("Basic/Standard/Module1.xml", b"<x/>")]),
            "in Python": lambda: repacked(more=[("Scripts/python/a.py", b"import os")]),
            "in an old file": lambda: (
                b"\xd0\xcf\x11\xe0" + bytes(600) + "_VBA_PROJECT_CUR".encode("utf-16-le")
            ),
        },
    ),
    "formulas": (
        r"is a formula|formula without its result|is an error of the spreadsheet",
        {
            "a sum": lambda: SOUND.encode().replace(b"Planner", b"=1+1"),
            "a command": lambda: SOUND.encode().replace(b"Harbour", b"=cmd|'/c calc'!A0"),
            "with an at": lambda: SOUND.encode().replace(b"Planner", b"@SUM(1+1)*cmd|' /C calc'!A0"),
            "with a plus": lambda: SOUND.encode().replace(b"Planner", b"+HYPERLINK(A1)"),
            "with a minus": lambda: SOUND.encode().replace(b"Planner", b"-2+3+cmd|' /C calc'!A0"),
            "full width": lambda: SOUND.replace("Planner", "＝1+1").encode(),
            "after a space": lambda: SOUND.encode().replace(b"Planner", b" =1+1"),
            "a link": lambda: SOUND.encode().replace(b"Harbour", b'"=HYPERLINK(""http://x.example"";""a"")"'),
            "an error": lambda: SOUND.encode().replace(b"Planner", b"#REF!"),
            "without result": lambda: sheet_of(b'<row r="4"><c r="A4"><f>1+1</f></c></row>'),
            "with an empty one": lambda: sheet_of(
                b'<row r="4"><c r="A4"><f>WEBSERVICE("x")</f><v></v></c></row>'
            ),
        },
    ),
    "no table": (
        r"no table|damaged|which column|not one row|in it|cannot be told|is no text",
        {
            "nothing": lambda: b"",
            "spaces": lambda: b" \r\n\t\r\n",
            "a mark": lambda: b"\xef\xbb\xbf",
            "only separators": lambda: b",,,\n,,,\n",
            "JSON": lambda: b'{"company": "Fernbridge"}',
            "HTML": lambda: b"<!doctype html><table><tr><td>Company</td></tr></table>",
            "a picture": lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20,
            "an empty zip": lambda: b"PK\x05\x06" + bytes(18),
            "another zip": lambda: many_parts(3),
            "an empty book": lambda: book(rows=[]),
            "no sheet": lambda: repacked(drop=["xl/worksheets/sheet1.xml"]),
            "no list of sheets": lambda: repacked(drop=["xl/workbook.xml"]),
            "an old file's head": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2_000),
            "entities": lambda: repacked(
                lambda name, part: (
                    b'<!DOCTYPE a [<!ENTITY b "bbb"><!ENTITY c "&b;&b;">]><sst><si><t>&c;</t></si></sst>'
                    if "shared" in name
                    else part
                )
            ),
        },
    ),
    "quotes": (
        r"inside quotation marks|cannot be parted|field larger|no table|which column",
        {
            "open": lambda: SOUND.encode() + b'"Harbour,Planner\n' * 10,
            "odd": lambda: SOUND.encode() + b'"' * 99_999,
            "endless": lambda: SOUND.encode() + b'"' + b"a" * 5 * MB,
            "closed too early": lambda: SOUND.encode() + b'"Har"bour,Planner,\n',
            "a huge cell": lambda: SOUND.encode() + b"a" * 5 * MB,
        },
    ),
    "cut XLSX": (CUT_OFF, cut(lambda: workbook([own_case()]), 40)),
    "cut CSV": (CUT_OFF, every_tenth_byte(csv_table([own_case()], Table.APPLICATIONS))),
    "cut XLS": (CUT_OFF, cut(lambda: OLD, 30)),
}


def cases():
    """Every file, by its class and its name."""
    return [
        Case(f"{kind}, {name}", said, make)
        for kind, (said, files) in CLASSES.items()
        for name, make in files.items()
    ]


def sentences_of(data):
    """Everything that is said of a file."""
    try:
        incoming = understood(data, "UTC")
        if incoming.own:
            return [str(problem) for problem in all_of_own(incoming.own).problems]
        sheet = incoming.sheets[incoming.likeliest]
        if lacks_company(sheet.columns):
            return ["say which column holds the company"]
        found = whole(sheet, sheet.columns, {}, NOW, "UTC")
        return [str(one) for one in (*found.problems, *found.doubts)]
    except InvalidApplication as error:
        return [str(problem) for problem in error.problems]


def make(folder):
    """Write every file into a folder, so that whoever reads them has nothing else in memory."""
    for number, case in enumerate(cases()):
        (folder / f"{number:03}").write_bytes(case.make())


def read(folder):
    """Read every file; for each what is said and how long it took, here and apart, and the most memory, in bytes."""
    told = {}
    for number, case in enumerate(cases()):
        began = seconds_of_work()
        said = sentences_of((folder / f"{number:03}").read_bytes())
        told[case.called] = {"seconds": seconds_of_work() - began, "said": said}
    most = [
        resource.getrusage(who).ru_maxrss * 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    ]
    print(json.dumps({"told": told, "most": most}))  # noqa: T201


def seconds_of_work():
    """What this process and those it ran have worked."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


if __name__ == "__main__":
    import resource

    {"make": make, "read": read}[sys.argv[1]](Path(sys.argv[2]))
