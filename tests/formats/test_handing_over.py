"""What goes into a mailto: link and an .eml file comes out again, exactly that and no more."""

from email import message_from_bytes, policy
from urllib.parse import parse_qsl, unquote, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afterword.domain.drafting import one_line
from afterword.formats.eml import draft_file
from afterword.formats.reach import LONGEST_LINK, mailto_link, tel_link, usable_address

TRICKS = (
    "plain",
    "a\r\nBcc: charlie@example.org",
    "a\nTo: charlie@example.org\n\nanother body",
    'Okafor, Ada; "Ada" <ada@example.org>, (a comment)',
    "?subject=other&body=other&bcc=charlie@example.org#end",
    "100% & more = %0D%0A + %26",
    "Zoë Núñez, 田中, שלום",
    "👩‍🚀🏽 🇩🇪 !",
    "=?utf-8?b?QmNj?=",
    "line\u2028separator\u2029and\x85next\x00nul\x1b",
    "\\ backslash ' quote ` tick",
    "",
)
TEXTS = st.sampled_from(TRICKS) | st.text(max_size=80) | st.lists(st.sampled_from(TRICKS)).map("\n".join)
ADDRESSES = st.sampled_from(
    [
        "ada@fernbridge.example",
        "a+b&c=d?e#f%20@x.example",
        "zoë@example.org",
        "ada@münchen.example",
        "o'hara@x.org",
    ]
)


def lines(text):
    """A body as mail holds it: its line breaks are one kind, and it ends with one."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


@settings(max_examples=300, deadline=None)
@given(ADDRESSES | st.none(), TEXTS, TEXTS)
def test_a_link_holds_the_fields_put_in_and_no_more(address, subject, body):
    link = mailto_link(address, subject, body)
    if link is None:
        return
    assert link.isascii()
    assert len(link) <= LONGEST_LINK
    parts = urlsplit(link)
    assert (parts.scheme, unquote(parts.path), parts.netloc, parts.fragment) == (
        "mailto",
        address or "",
        "",
        "",
    )
    found = parse_qsl(parts.query.replace("+", "%2B"), keep_blank_values=True, strict_parsing=True)
    assert found == [("subject", one_line(subject)), ("body", lines(body).replace("\n", "\r\n"))]


def test_line_breaks_in_a_link_are_those_of_mail():
    assert mailto_link(None, "s", "a\nb").endswith("&body=a%0D%0Ab")


def test_a_text_that_is_too_long_for_a_link_gets_none():
    assert mailto_link("ada@x.example", "s", "a" * LONGEST_LINK) is None
    assert mailto_link("ada@x.example", "s", "ü" * (LONGEST_LINK // 6)) is None
    assert mailto_link("ada@x.example", "s", "a" * (LONGEST_LINK // 2)) is not None


@settings(max_examples=300, deadline=None)
@given(TEXTS, ADDRESSES | st.none(), TEXTS, TEXTS)
def test_a_file_holds_the_fields_put_in_and_no_more(name, address, subject, body):
    data = draft_file(name, address, subject, body)
    read = message_from_bytes(data, policy=policy.default)
    wanted = {"X-Unsent", "Subject", "MIME-Version", "Content-Type", "Content-Transfer-Encoding"}
    goes = address is not None and address.isascii()
    assert sorted(read.keys()) == sorted(wanted | ({"To"} if goes else set()))
    assert read["X-Unsent"] == "1"
    assert read["Subject"] == one_line(subject)
    assert lines(read.get_content()).removesuffix("\n") == lines(body).removesuffix("\n")
    assert not read.is_multipart()
    if goes:
        (to,) = read["To"].addresses
        assert to.addr_spec == address
        assert to.display_name in {one_line(name), ""}
        assert to.display_name or len(one_line(name).encode()) > 40 or not one_line(name)
    assert read.defects == []


NO_ADDRESSES = (
    *("", " ", None, "Ada", "ada @x.example", '"ada"@x.example', "ada@x.example;bob@x.example", "a@b@c"),
    *(
        "ada@x.example, bob@x.example",
        "ada@x.example\nBcc: b@x.example",
        "<ada@x.example>",
        "ada@\x00x.example",
    ),
)


@pytest.mark.parametrize("address", NO_ADDRESSES)
def test_what_is_no_address_is_left_out(address):
    assert usable_address(address) is None
    assert mailto_link(address, "s", "b") == "mailto:?subject=s&body=b"
    assert message_from_bytes(draft_file("Ada", address, "s", "b"), policy=policy.default)["To"] is None


@pytest.mark.parametrize(
    ("number", "link"),
    [
        ("+1 212 555 0100", "tel:+12125550100"),
        ("(0)20 7946-0100", "tel:02079460100"),
        ("+44 20 7946 0100 ext. 12", "tel:+442079460100;ext=12"),
        ("+49 30 5550100x7", "tel:+49305550100;ext=7"),
        ("javascript:alert(1)", "tel:1"),
        ("ask at the desk", None),
        ("", None),
        (None, None),
    ],
)
def test_a_number_is_dialled_by_its_digits(number, link):
    assert tel_link(number) == link
