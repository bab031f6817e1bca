"""Text that holds a table: its encoding, what parts its cells, and its rows."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from afterword.domain.errors import InvalidApplication, Problem
from afterword.formats.tables.apart import MOST_CELLS, MOST_COLUMNS, MOST_ROWS

MARKS = (  # the longer ones first: one of UTF-32 begins as one of UTF-16 does
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
OURS = codecs.BOM_UTF8 + b'"Company","Role",'  # as we write it, with whatever signs people typed
OLDER = ["cp1252", "iso8859_15", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "mac_roman"]
ASIAN = ["shift_jis", "gb18030", "big5", "euc_kr", "euc_jp"]
SAMPLE, SNIFFED = 60_000, 2_000
SEPARATORS = ",;\t|"
NAMED = re.compile(r"sep=([,;\t|])\r?\n", re.IGNORECASE)  # Excel's own way to say it
SEVERAL_BYTES = re.compile(rb"[\xc2-\xf4][\x80-\xbf]+")  # as letters look in UTF-8
SIDE_BY_SIDE = re.compile(rb"[\x80-\xff]{2}")
SIGNS = "€–—‘’“”„…·•°§©®™«»¿¡\u00a0´`×№£¥"
UNPRINTABLE = re.compile(r"[\x00-\x08\x0e-\x1f]")
UNKNOWN = "is in an encoding that cannot be told; save it as “CSV UTF-8”"


def rows_of_text(data: bytes) -> tuple[list[list[str]], str]:
    """The rows of the table, and a remark where its encoding had to be found out. Raises InvalidApplication."""
    text, remark = text_of(data)
    if data.startswith(OURS):
        if not data.endswith(b"\r\n"):
            raise refused("is cut off: its last row does not end; download or export it again")
    elif UNPRINTABLE.search(text):
        raise refused("is no text: it holds zero bytes or control signs")
    separator = separator_of(text)
    body = text[found.end() :] if (found := NAMED.match(text)) else text
    return list(bounded(rows_parted(body, separator))), remark


def text_of(data: bytes) -> tuple[str, str]:
    """The text, and a remark where its encoding had to be found out. Raises InvalidApplication."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return decoded(data[len(mark) :], encoding), ""
    if b"\0" in data:
        return decoded(data, utf_16_of(data)), ""
    try:
        return data.decode("utf-8"), ""
    except UnicodeDecodeError as error:
        if error.end >= len(data) - 3 and error.reason == "unexpected end of data":
            raise refused("is cut off in the middle of a letter; save it again") from None
        return older_text(data)


def decoded(data: bytes, encoding: str) -> str:
    """The text of a known encoding. Raises InvalidApplication where it is not in it after all."""
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise refused(
            f"is damaged or cut off: it is not {encoding.upper()} all through; save it again"
        ) from None


def utf_16_of(data: bytes) -> str:
    """UTF-16 without its mark, known by where the zero bytes stand. Raises InvalidApplication."""
    even, odd = data[:SAMPLE:2].count(0), data[1:SAMPLE:2].count(0)
    if max(even, odd) < len(data[:SAMPLE]) * 2 // 5 or min(even, odd) > max(even, odd) // 10:
        raise refused("is no text: it holds zero bytes")
    return "utf-16-le" if odd > even else "utf-16-be"


def older_text(data: bytes) -> tuple[str, str]:
    """Text in an encoding of one language, and a remark that names it. Raises InvalidApplication."""
    from charset_normalizer import from_bytes  # with tables for every language, which few files need

    # Asian letters stand side by side; one alone amid Latin ones, as in Müll, is an accent.
    among = OLDER + ASIAN if SIDE_BY_SIDE.search(data) else OLDER
    best = from_bytes(data[:SAMPLE], cp_isolation=among).best()
    if best is None or is_mixed(data[:SAMPLE]):
        raise refused(UNKNOWN)
    encoding = best.encoding
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        raise refused(UNKNOWN) from None
    if not all(map(plausible, unusual_words(text))):
        raise refused(UNKNOWN)
    if encoding != "cp1252" and data.decode("cp1252", "replace") == text:
        encoding = "cp1252"  # the commoner name of what reads the same
    shown = ", ".join(islice(dict.fromkeys(unusual_words(text)), 3))
    return (
        text,
        f"The file does not say its encoding; it was read as {encoding}. See whether this is right: {shown}.",
    )


def is_mixed(data: bytes) -> bool:
    """Whether most of what is beyond ASCII is UTF-8 after all, so that two encodings meet in one file."""
    beyond = sum(byte > 0x7F for byte in data)
    as_utf_8 = sum(len(found[0].decode("utf-8", "ignore").encode()) for found in SEVERAL_BYTES.finditer(data))
    return as_utf_8 * 2 >= beyond


def unusual_words(text: str) -> Iterator[str]:
    """The words with letters beyond ASCII, each once for each time it is there, the first thousand."""
    return islice((word for word in re.findall(r"\w+", text) if not word.isascii()), 1_000)


def plausible(word: str) -> bool:
    """Whether a person can have typed it: no capital amid small letters, no sign amid letters."""
    if any(letter > "\u0590" for letter in word if letter not in SIGNS):
        return True  # of other scripts there is nothing to be said so simply
    for before, letter in zip(" " + word, word, strict=False):
        if letter.isascii() or letter in SIGNS:
            continue
        if not letter.isalpha() or (letter.isupper() and before.islower()):
            return False
    return True


def separator_of(text: str) -> str:
    """What parts the cells: said by the file, or by how evenly it parts the first lines; the sniffer's of even ones."""
    if found := NAMED.match(text):
        return found[1]
    sample = text[:SAMPLE]
    evenness = {separator: how_even(sample, separator) for separator in SEPARATORS}
    best = max(evenness.values())
    even = [separator for separator, value in evenness.items() if value == best]
    return even[0] if len(even) == 1 else sniffed(sample[:SNIFFED], even)


def how_even(sample: str, separator: str) -> tuple[float, int]:
    """The share of lines that have as many cells as most, where that is more than one; and how many cells."""
    try:
        rows = list(islice(csv.reader(io.StringIO(sample, newline=""), delimiter=separator), 50))[
            :-1
        ] or list(islice(csv.reader(io.StringIO(sample, newline=""), delimiter=separator), 1))
    except csv.Error:
        return (0.0, 0)
    widths = Counter(len(row) for row in rows if row)
    parted = sum(number for width, number in widths.items() if width > 1)
    if not parted:
        return (0.0, 0)
    width, number = max(((w, n) for w, n in widths.items() if w > 1), key=lambda one: (one[1], one[0]))
    return (round(number / sum(widths.values()), 1), width)


def sniffed(sample: str, among: list[str]) -> str:
    """What Python's sniffer takes for the separator."""
    try:
        return csv.Sniffer().sniff(sample, delimiters="".join(among)).delimiter
    except csv.Error:
        return among[0]


def rows_parted(text: str, separator: str) -> Iterator[list[str]]:
    """The rows, read strictly, so that no quotation mark is lost. Raises InvalidApplication."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        yield from reader
    except csv.Error as error:
        if "unexpected end" in str(error):
            raise refused("ends inside quotation marks: it is cut off, or a mark is missing") from None
        raise refused(f"cannot be parted into cells at line {reader.line_num:,}: {error}") from None


def bounded(rows: Iterator[list[str]]) -> Iterator[list[str]]:
    """The rows, as long as they are no more than a person's table can have. Raises InvalidApplication."""
    cells = 0
    for number, row in enumerate(rows, start=1):
        cells += len(row)
        if len(row) > MOST_COLUMNS:
            raise refused(f"has {len(row):,} columns in row {number:,}; at most {MOST_COLUMNS} can be read")
        if number > MOST_ROWS or cells > MOST_CELLS:
            raise refused(
                f"has more than {MOST_ROWS:,} rows or {MOST_CELLS:,} cells; split it into several files"
            )
        yield row


def refused(sentence: str) -> InvalidApplication:
    """The exception for the one thing that is wrong with the whole file."""
    return InvalidApplication((Problem("", sentence),))
