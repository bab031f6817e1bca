"""What was changed, so that it can be taken back; and the small changes themselves."""

from __future__ import annotations

from dataclasses import dataclass, replace

from afterword.domain.case import OpenCase
from afterword.domain.errors import UnknownEntry, UnknownRound
from afterword.domain.merging import Conflict
from afterword.domain.model import Application, Entry, Outcome, RivalOffer, Round, same_name


@dataclass(frozen=True, slots=True)
class Heard:
    """What was changed when something was heard or decided, so that it can be taken back whole."""

    application_id: str
    entry_id: str | None = None
    round_id: str | None = None
    outcome_before: Outcome | None = None
    outcome_set: Outcome | None = None
    rival_before: RivalOffer | None = None
    rival_set: RivalOffer | None = None


@dataclass(frozen=True, slots=True)
class Removed:
    """An interview that was taken out, its place, and the entries withdrawn with it."""

    application_id: str
    round: Round
    place: int
    entries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reconciled:
    """An edit brought together with one that came first: kept if `case` is there, else with what both changed."""

    case: OpenCase | None
    theirs: Application
    version: int
    conflicts: tuple[Conflict, ...]


def entry_in(application: Application, entry_id: str) -> Entry:
    """The entry of that id. Raises UnknownEntry."""
    found = next((entry for entry in application.log if entry.id == entry_id), None)
    if found is None:
        raise UnknownEntry(entry_id)
    return found


def exchanged_in(application: Application, counts: Entry, instead: Entry) -> Application:
    """The application as it would be without one entry that counts, but with one that was taken back."""
    others = (entry for entry in application.log if entry.id not in {counts.id, instead.id})
    return replace(application, log=(*others, replace(instead, withdrawn_at=None)))


def place_of(application: Application, round_id: str) -> int:
    """Where an interview stands among the others. Raises UnknownRound."""
    found = next((place for place, r in enumerate(application.rounds) if r.id == round_id), None)
    if found is None:
        raise UnknownRound(round_id)
    return found


def moved(rounds: tuple[Round, ...], place: int, by: int) -> tuple[Round, ...]:
    """The rounds with one of them that many places further on, as far as the list goes."""
    others = (*rounds[:place], *rounds[place + 1 :])
    target = max(0, min(len(others), place + by))
    return (*others[:target], rounds[place], *others[target:])


def with_round(application: Application, round: Round, place: int | None = None) -> Application:
    """The application with one more interview at that place, or at the end; as it is if it is there already."""
    rounds = application.rounds
    if any(round.id == other.id for other in rounds):
        return application
    place = len(rounds) if place is None else place
    return replace(application, rounds=(*rounds[:place], round, *rounds[place:]))


def round_heard_of(reply: Entry) -> str:
    """The id of an interview that a reply names, always the same one, so that no click adds it twice."""
    return f"{reply.id}-round"


def belongs_to(entry: Entry, round: Round, application: Application) -> bool:
    """Whether an entry names this interview: by id, or by a label that no other bears."""
    if entry.round is None or entry.round == round.id:
        return entry.round is not None
    alone = sum(same_name(r.label, round.label) for r in application.rounds) == 1
    return alone and same_name(entry.round, round.label)


def logged_for(round: Round, application: Application) -> tuple[Entry, ...]:
    """The entries of an interview that count."""
    return tuple(e for e in application.log if e.withdrawn_at is None and belongs_to(e, round, application))


def without_round(application: Application, round: Round) -> Application:
    """The application without an interview, and without what was logged for it."""
    logged = logged_for(round, application)
    return replace(
        application,
        rounds=tuple(r for r in application.rounds if r.id != round.id),
        log=tuple(entry for entry in application.log if entry not in logged),
    )


def round_added(heard: Heard, application: Application) -> Round | None:
    """The interview that was added when they were heard from, None where it is not there."""
    return next((r for r in application.rounds if heard.round_id and r.id == heard.round_id), None)


def without(application: Application, heard: Heard) -> Application:
    """The application as it was before they were heard from, whatever else was edited since."""
    added = round_added(heard, application)
    application = without_round(application, added) if added else application
    outcome, rival = application.outcome, application.rival_offer
    if heard.outcome_set is not None and outcome == heard.outcome_set:
        outcome = heard.outcome_before
    if heard.rival_set is not None and rival == heard.rival_set:
        rival = heard.rival_before
    return replace(application, outcome=outcome, rival_offer=rival)
