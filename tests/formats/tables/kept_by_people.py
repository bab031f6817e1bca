"""Twenty spreadsheets as people keep them: each with what it comes to, or with what has to be asked.

`rows` are the applications by what is told of them here; `asks` are the questions, `says` the remarks.
"""

import io
import zipfile
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

import xlsxwriter

HERE = Path(__file__).parent
MANIFEST = (
    '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    '<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
    "</manifest:manifest>"
)


@dataclass
class Table:
    data: bytes
    rows: list = field(default_factory=list)
    asks: list = field(default_factory=list)
    says: list = field(default_factory=list)
    problems: list = field(default_factory=list)
    answers: dict = field(default_factory=dict)


def text(*lines, encoding="utf-8", end="\n"):
    return (end.join(lines) + end).encode(encoding)


def xlsx(write):
    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True}) as book:
        write(book)
    return data.getvalue()


def ods(*rows):
    """The least that LibreOffice and others call a spreadsheet."""
    cells = "".join(
        "<table:table-row>" + "".join(cell_of_ods(cell) for cell in row) + "</table:table-row>"
        for row in rows
    )
    names = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{names} office:version="1.2"><office:body>'
        f'<office:spreadsheet><table:table table:name="Jobs">{cells}</table:table></office:spreadsheet>'
        "</office:body></office:document-content>"
    )
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("content.xml", content)
        packed.writestr("META-INF/manifest.xml", MANIFEST)
    return data.getvalue()


def cell_of_ods(cell):
    if isinstance(cell, date):
        return f'<table:table-cell office:value-type="date" office:date-value="{cell}"><text:p>{cell:%d/%m/%y}</text:p></table:table-cell>'
    return f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'


def merged_title(book):
    sheet, day = book.add_worksheet("Job hunt"), book.add_format({"num_format": "d mmm yyyy"})
    sheet.merge_range("A1:D1", "My job hunt 2026", book.add_format({"bold": True}))
    sheet.write_row("A3", ["Company", "Position", "Interview date", "Notes"])
    sheet.write_row("A4", ["Fernbridge", "Data analyst"])
    sheet.write_datetime("C4", datetime(2026, 11, 3), day)  # noqa: DTZ001 - cells have no zone
    sheet.write("D4", "third floor")


def two_headings(book):
    sheet, day = book.add_worksheet(), book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
    sheet.merge_range("A1:B1", "Employer")
    sheet.merge_range("C1:D1", "Interview")
    sheet.write_row("A2", ["Name", "Role", "Date", "With"])
    sheet.write_row("A3", ["Fernbridge", "Data analyst", "", "Ada Okafor and Luis Prado"])
    sheet.write_datetime("C3", datetime(2026, 11, 3, 15), day)  # noqa: DTZ001 - cells have no zone


def numbers_for_days(book):
    sheet = book.add_worksheet()
    sheet.write_row("A1", ["Company", "Role", "Applied", "Interview"])
    sheet.write_row("A2", ["Fernbridge", "Data analyst", 46300, 46329])


def totals(book):
    sheet = book.add_worksheet()
    sheet.write_row("A1", ["Company", "Role", "Salary"])
    sheet.write_row("A2", ["Fernbridge", "Data analyst", 41000])
    sheet.write_row("A3", ["Harbour", "Planner", 39000.5])
    sheet.write("A5", "Total")
    sheet.write_formula("C5", "=SUM(C2:C3)", value=80000.5)


def several_sheets(book):
    book.add_worksheet("Read me").write("A1", "How I keep this file")
    sheet = book.add_worksheet("2026")
    sheet.write_row("A1", ["Employer", "Job title", "Recruiter", "Email", "Phone"])
    sheet.write_row(
        "A2", ["Fernbridge", "Data analyst", "Jo Lind", "jobs@fernbridge.example", "+1 212 555 0117"]
    )


JOBSYNC = "index,createdAt,applied,appliedDate,Company,JobTitle,jobType,Location,JobSource,Status"

TABLES = {
    "a plain list": lambda: Table(
        text("Company,Role,Notes", "Fernbridge,Data analyst,a friend works there", "Harbour,Planner,"),
        rows=[
            {"company": "Fernbridge", "role": "Data analyst", "notes": "a friend works there"},
            {"company": "Harbour", "role": "Planner", "notes": None},
        ],
    ),
    "a merged title over it": lambda: Table(
        xlsx(merged_title),
        rows=[
            {"company": "Fernbridge", "rounds": [("Interview", date(2026, 11, 3))], "notes": "third floor"}
        ],
        says=["Over the headings stood, and was left out: My job hunt 2026."],
    ),
    "two rows of headings": lambda: Table(
        xlsx(two_headings),
        rows=[
            {
                "company": "Fernbridge",
                "role": "Data analyst",
                "rounds": [("Interview", datetime(2026, 11, 3, 15))],  # noqa: DTZ001 - cells have no zone
                "met": ["Ada Okafor", "Luis Prado"],
            }
        ],
    ),
    "next tues": lambda: Table(
        text("Company,Role,Interview", "Fernbridge,Data analyst,next tues", "Harbour,Planner,13 Nov 2026"),
        asks=["row 2, Interview: which day is “next tues”?"],
        answers={"2-2": "2026-11-10"},
        rows=[
            {"company": "Fernbridge", "rounds": [("Interview", date(2026, 11, 10))]},
            {"company": "Harbour", "rounds": [("Interview", date(2026, 11, 13))]},
        ],
    ),
    "company and role in one cell": lambda: Table(
        text("Company / Role;Status", "Fernbridge - Data analyst;rejected", "Harbour - Planner;pending"),
        asks=["Company / Role: what comes first in “Fernbridge - Data analyst”, the company or the role?"],
        answers={"0-split": "company-first"},
        rows=[
            {"company": "Fernbridge", "role": "Data analyst", "outcome": "rejected"},
            {"company": "Harbour", "role": "Planner", "outcome": None, "notes": "Status: pending"},
        ],
    ),
    "one such cell amid others": lambda: Table(
        text("Company,Role", "Fernbridge,Data analyst", "Planner @ Harbour,"),
        asks=["row 3, Company: what comes first in “Planner @ Harbour”, the company or the role?"],
        answers={"3-0": "role-first"},
        rows=[{"company": "Fernbridge"}, {"company": "Harbour", "role": "Planner"}],
    ),
    "a total at its end": lambda: Table(
        xlsx(totals),
        rows=[
            {"company": "Fernbridge", "notes": "Salary: 41000"},
            {"company": "Harbour", "notes": "Salary: 39000.5"},
        ],
        says=["Row 5 only counts (“Total 80000.5”) and was left out."],
    ),
    "semicolons and German": lambda: Table(
        text(
            "Firma;Stelle;Ort;Vorstellungsgespräch;Ansprechpartner;Ergebnis",
            "Müller & Söhne;Buchhalterin;Köln;13.11.2026 14:30;Jörg Weiß;offen",
            "Hafenwerk;Disponent;Hamburg;03.11.2026;;Absage",
            encoding="cp1252",
            end="\r\n",
        ),
        rows=[
            {
                "company": "Müller & Söhne",
                "rounds": [("Vorstellungsgespräch", datetime(2026, 11, 13, 14, 30))],  # noqa: DTZ001
                "contact": "Jörg Weiß",
                "location": "Köln",
            },
            {
                "company": "Hafenwerk",
                "rounds": [("Vorstellungsgespräch", date(2026, 11, 3))],
                "outcome": "rejected",
            },
        ],
        says=["The file does not say its encoding; it was read as cp1252."],
    ),
    "Excel's own UTF-16": lambda: Table(
        text("Company\tRole\tInterview", "Zoë's Café\tBarista\t11/13/2026", end="\r\n", encoding="utf-16"),
        rows=[{"company": "Zoë's Café", "role": "Barista", "rounds": [("Interview", date(2026, 11, 13))]}],
    ),
    "days as numbers": lambda: Table(
        xlsx(numbers_for_days),
        rows=[{"rounds": [("Interview", date(2026, 11, 3))], "notes": "Applied: 2026-10-05"}],
    ),
    "days that can be two": lambda: Table(
        text("Company,Role,Interview date", "Fernbridge,Data analyst,3/11/2026", "Harbour,Planner,4/11/2026"),
        asks=["Interview date: which comes first in “3/11/2026”, the day or the month?"],
        answers={"2-order": "month-first"},
        rows=[{"rounds": [("Interview", date(2026, 3, 11))]}, {"rounds": [("Interview", date(2026, 4, 11))]}],
    ),
    "days without a year": lambda: Table(
        text("Employer,Title,1st interview,2nd interview", "Fernbridge,Data analyst,3 Nov,Nov 9th at 3pm"),
        asks=[
            "1st interview: which year is “3 Nov” of?",
            "2nd interview: which year is “Nov 9th at 3pm” of?",
        ],
        answers={"2-year": "2026", "3-year": "2026"},
        rows=[
            {
                "rounds": [
                    ("1st interview", date(2026, 11, 3)),
                    ("2nd interview", datetime(2026, 11, 9, 15)),  # noqa: DTZ001 - cells have no zone
                ]
            }
        ],
    ),
    "French": lambda: Table(
        text(
            "Entreprise;Poste;Ville;Date de candidature;Réponse;Remarques",
            "Société Générale de Café;Comptable;Lyon;le 21 octobre 2026;refus;à relancer",
        ),
        rows=[
            {
                "company": "Société Générale de Café",
                "location": "Lyon",
                "outcome": "rejected",
                "notes": "à relancer\nDate de candidature: 2026-10-21",
            }
        ],
    ),
    "Spanish": lambda: Table(
        text("Empresa;Puesto;Fecha de entrevista;Estado", "Peña y Núñez;Contable;13/11/2026;rechazada"),
        rows=[
            {
                "company": "Peña y Núñez",
                "rounds": [("Fecha de entrevista", date(2026, 11, 13))],
                "outcome": "rejected",
            }
        ],
    ),
    "headings amid the rows": lambda: Table(
        text(
            "Company,Role,Status", "Fernbridge,Data analyst,open", "— closed —,,", "Harbour,Planner,ghosted"
        ),
        asks=["row 3, Company: is this a company, or a heading amid the rows?"],
        answers={"3-0": "leave-out"},
        rows=[{"company": "Fernbridge"}, {"company": "Harbour", "outcome": "no_answer"}],
    ),
    "several sheets": lambda: Table(
        xlsx(several_sheets),
        rows=[
            {
                "company": "Fernbridge",
                "contact": "Jo Lind",
                "email": "jobs@fernbridge.example",
                "phone": "+1 212 555 0117",
            }
        ],
    ),
    "an old Excel file": lambda: Table(
        (HERE / "old-excel.xls").read_bytes(),
        problems=["row 2, Notizen: is a formula; put its result there, or an apostrophe before it"],
    ),
    "LibreOffice": lambda: Table(
        ods(
            ["Organisation", "Job", "Interview", "Link"],
            ["Fernbridge", "Analyst", date(2026, 11, 3), "https://x.example/1"],
        ),
        rows=[
            {
                "company": "Fernbridge",
                "rounds": [("Interview", date(2026, 11, 3))],
                "link": "https://x.example/1",
            }
        ],
    ),
    "JobSync": lambda: Table(
        text(
            JOBSYNC,
            "1,2026-10-01,Yes,2026-10-05,Fernbridge,Data analyst,Full Time,Leeds,Indeed,Rejected",
            "2,2026-10-02,No,N/A,Harbour,Planner,Contract,N/A,N/A,Draft",
        ),
        rows=[
            {
                "company": "Fernbridge",
                "role": "Data analyst",
                "location": "Leeds",
                "source": "Indeed",
                "outcome": "rejected",
                "notes": "appliedDate: 2026-10-05\njobType: Full Time",
            },
            {"company": "Harbour", "location": None, "notes": "Status: Draft\njobType: Contract"},
        ],
    ),
    "a status in one's own words": lambda: Table(
        text(
            "Company,Role,Outcome,Interviewed by,Hear back by,Interview",
            'Fernbridge,Data analyst,"rejected, I think","Ada Okafor, Luis Prado",2026-11-13,2026-11-06',
            "Harbour,Planner,declined,,TBD,",
        ),
        asks=[
            "row 2, Outcome: does “rejected, I think” mean that it ended, and how?",
            "row 3, Outcome: does “declined” mean that it ended, and how?",
        ],
        answers={"2-2": "note", "3-2": "declined"},
        rows=[
            {
                "outcome": None,
                "met": ["Ada Okafor", "Luis Prado"],
                "reply_by": date(2026, 11, 13),
                "notes": "Outcome: rejected, I think",
            },
            {"outcome": "declined", "notes": "Hear back by: TBD\nOutcome: declined"},
        ],
    ),
    "no headings at all": lambda: Table(
        text("Fernbridge,Data analyst,jobs@fernbridge.example", "Harbour,Planner,hr@harbour.example"),
        says=["No headings were found; say what each column holds."],
    ),
}
