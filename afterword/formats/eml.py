"""A message as a file that mail programs open for editing, with nothing in it but what was put in."""

from __future__ import annotations

import re
from email.charset import BASE64, Charset
from email.header import Header
from email.mime.text import MIMEText
from email.policy import compat32

from afterword.domain.drafting import one_line
from afterword.formats.reach import LINE_BREAKS, usable_address

MIME = "message/rfc822"
IN_HEADERS = Charset("utf-8")
IN_HEADERS.header_encoding = BASE64  # the shorter way leaves signs bare that have a meaning beside an address
AS_IT_IS = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9 .'-]{0,50}[A-Za-z0-9.])?")


def draft_file(name: str | None, address: str | None, subject: str, body: str) -> bytes:
    """The message as an unsent draft (X-Unsent) in UTF-8. Whom it is to is left out where no mail can go there.

    Subject and name are one line each, so that no header can be made from them. An address with letters that
    not every mail program takes is left out, too; so is a name that takes more than one encoded word, between
    which some programs put a space.
    """
    message = MIMEText(LINE_BREAKS.sub("\n", body), "plain", "utf-8")
    message["X-Unsent"] = "1"
    to = usable_address(address)
    if to is not None and to.isascii():
        called = in_a_header(one_line(name or ""), "To")
        message["To"] = f"{called} <{to}>" if called and " =?" not in called else to
    message["Subject"] = in_a_header(one_line(subject), "Subject")
    return message.as_bytes(policy=compat32.clone(linesep="\r\n", max_line_length=None))


def in_a_header(text: str, header: str) -> str:
    """A line as a header holds it: plain words as they are, all else encoded, so that no sign has a meaning there.

    The standard library's newer way of folding breaks names with quotes and commas in them apart.
    """
    if not text or AS_IT_IS.fullmatch(text):
        return text
    return Header(text, IN_HEADERS, header_name=header).encode(linesep="\r\n")
