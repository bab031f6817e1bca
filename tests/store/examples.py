"""An application in which everything is filled in, in letters that stores have stumbled over."""

from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime, timedelta, timezone

from afterword.domain.model import (
    Application,
    Channel,
    Contact,
    Entry,
    EntryKind,
    Interviewer,
    Outcome,
    Promise,
    PromisedChannel,
    Result,
    RivalOffer,
    Round,
    RoundKind,
    StepKind,
    ThanksBy,
)

KOLKATA = timezone(timedelta(hours=5, minutes=30))
NOW = datetime(2026, 11, 3, 12, 0, tzinfo=UTC)

ODD_TEXTS = (
    "plain",
    " spaces around ",
    'quotes " \' ` and \\ backslashes \\" {"json": [1]}',
    "]}, {[",
    "Zoe\u0308 and Zo\u00eb",  # the same name, composed and not: each must stay as it is
    "שלום עולם and شركة النور",
    "👩‍🚀🏽 🇩🇪 \U0001f9d1\U0001f3fd\u200d\U0001f91d",
    "line\nbreaks\r\n\tand\u2028separators\u2029\x85",
    "nul\x00 bell\x07 escape\x1b delete\x7f",
    "\ufeffbyte order mark, \ufffe no character, \u202eturned",
    "'; DROP TABLE applications; --",
    "%s ? :name {braces}",
)


def everything(id="full"):
    """Every field of every part has a value."""
    person = {
        "title": ODD_TEXTS[2],
        "email": "ü@example.org",
        "phone": "+91 22 5550 0100",
        "notes": ODD_TEXTS[7],
    }
    promise = Promise(asked=True, reply_by=date(2026, 11, 20), channel=PromisedChannel.OTHER)
    return Application(
        id=id,
        company=ODD_TEXTS[4],
        role=ODD_TEXTS[5],
        location=ODD_TEXTS[6],
        link="https://example.org/?q=a&b=%20#c",
        source=ODD_TEXTS[9],
        zone="Asia/Kolkata",
        country="IN",
        contact=Contact(id="c1", name=ODD_TEXTS[6], **person),
        rounds=(
            Round(
                id="r1",
                label=ODD_TEXTS[5],
                kind=RoundKind.ON_SITE,
                ended_at=datetime(2026, 11, 2, 0, 0, tzinfo=KOLKATA),
                thanks_by=ThanksBy.POST,
                interviewers=(
                    Interviewer(id="p1", name=ODD_TEXTS[4], **person),
                    Interviewer(id="p2", name="B"),
                ),
                promise=promise,
                notes=ODD_TEXTS[8],
            ),
            Round(id="r2", label="Of a day alone", ended_at=date(2026, 11, 9)),
        ),
        log=(
            Entry(
                id="e1",
                kind=EntryKind.SKIP,
                at=datetime(2026, 11, 2, 9, 0, 0, 1, tzinfo=KOLKATA),
                channel=Channel.IN_PERSON,
                to="p1",
                round="r1",
                step=StepKind.CHECK_IN,
                promise=promise,
                text=ODD_TEXTS[10],
                withdrawn_at=datetime(2026, 11, 2, 10, 0, tzinfo=UTC),
            ),
            Entry(id="e2", kind=EntryKind.REPLY, at=NOW, promise=Promise(asked=False)),
        ),
        rival_offer=RivalOffer(deadline=date(2026, 12, 1), at=datetime(2026, 11, 2, 0, 0, tzinfo=KOLKATA)),
        outcome=Outcome(result=Result.OFFER, at=NOW, answer_by=date(2026, 12, 24)),
        notes="\n".join(ODD_TEXTS),
    )


def empty_fields(part, path="application"):
    """The fields of a part that have no value, in the first of every list."""
    for field in fields(part):
        value, place = getattr(part, field.name), f"{path}.{field.name}"
        if value is None or value == ():
            yield place
        elif is_dataclass(value):
            yield from empty_fields(value, place)
        elif isinstance(value, tuple):
            yield from empty_fields(value[0], f"{place}[0]")
