"""What a person does with their applications. Pages, shell and server go through here, and only here."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar
from zoneinfo import ZoneInfo

from afterword.clock import Clock
from afterword.domain.case import OpenCase, at_moment, open_case, step_of
from afterword.domain.changes import (
    Heard,
    Reconciled,
    Removed,
    entry_in,
    exchanged_in,
    logged_for,
    moved,
    place_of,
    round_added,
    round_heard_of,
    with_round,
    without,
    without_round,
)
from afterword.domain.checklist import item_ticked, own_tick, tick_of
from afterword.domain.draft import Draft, problems_of_draft
from afterword.domain.entries import entry_for, sent_entry, skip_of, was_logged
from afterword.domain.errors import (
    InvalidApplication,
    Problem,
    SomebodyWasFirst,
    UnknownApplication,
    UnknownEntry,
    UnknownScenario,
)
from afterword.domain.facts import placed, zone_named
from afterword.domain.handbook import Handbook, Item, Message
from afterword.domain.lane import Lane, lane_of
from afterword.domain.merging import Conflict, Path, merged
from afterword.domain.model import (
    Application,
    Entry,
    EntryKind,
    Outcome,
    Result,
    RivalOffer,
    Round,
    StepKind,
)
from afterword.domain.practice import Answer, Practice, practice_on
from afterword.domain.problems import MOST, problems_of, problems_of_entry
from afterword.domain.ranking import Today
from afterword.domain.scenario import Scenario
from afterword.domain.search import matches
from afterword.domain.step import TO_DO, State, Status, Step
from afterword.domain.story import if_silent
from afterword.domain.workdays import Workdays
from afterword.domain.you import You, problems_of_you
from afterword.formats.backup import (
    Backup,
    Preview,
    by_time,
    compared,
    dump_alone,
    dump_backup,
    exchanged,
    read_application,
    read_backup,
)
from afterword.formats.noted import Noted, dump_noted, read_noted
from afterword.ids import new_id
from afterword.memo import Memo
from afterword.store.repository import Kept, Repository
from afterword.store.repository import PutAside as PutAside

if TYPE_CHECKING:  # spreadsheets are for few, and loaded once somebody asks for one
    from afterword.formats.spreadsheet import Table
    from afterword.formats.tables.arrivals import Arrival, TakenIn

T = TypeVar("T")
TRIES = 5
CAN_BE_LOGGED = TO_DO | {State.MISSED}  # late thanks are still thanks
ANSWERED_BY_OUTCOME = frozenset({StepKind.MOVE_ON, StepKind.ANSWER_OFFER})
DELETED_KEPT = timedelta(days=30)
WAITING = frozenset({Status.QUIET, Status.AWAITING_REPLY, Status.DUE, Status.OVERDUE, Status.UPCOMING})


class Desk:
    """One owner's desk. Times are the clock's; the owner's own zone and country stand in where none is named."""

    def __init__(
        self,
        owner: str,
        repository: Repository,
        clock: Clock,
        handbook: Handbook,
        zone: str = "UTC",
        memo: Memo | None = None,
    ) -> None:
        """`memo` is one of that repository which outlives this desk; else the desk has one of its own.

        `left` is how the last tick, or the last one taken back, left its application, None where more may have
        changed than that.
        """
        self._owner = owner
        self._repository = repository
        self._memo = memo or Memo(repository)
        self._clock = clock
        self._handbook = handbook
        self._zone_here = zone
        self._you: You | None = None
        self._known: OpenCase | None = None
        self.left: OpenCase | None = None

    # What is known

    def you(self) -> You:
        """What the owner said about themselves; the zone of where they are if they named none.

        Asked for once a desk: a desk lives for one answer to a click.
        """
        if self._you is None:
            you = self._repository.you(self._owner)
            self._you = replace(you, zone=you.zone or self._zone_here)
        return self._you

    def now(self) -> datetime:
        """The present moment, aware."""
        return self._clock.now()

    def today_here(self) -> datetime:
        """The present moment where the owner is."""
        return self.now().astimezone(zone_of(self.you()))

    def has_any(self) -> bool:
        """Whether there is any application."""
        return self._repository.count(self._owner) > 0

    def today(self, words: str = "") -> Today:
        """Every application in which these words are found, with its plan, most urgent first."""
        self._you, today = self._memo.today(self._owner, self.now(), self._handbook, self._zone_here)
        return today.where(lambda case: matches(case.application, words)) if words.split() else today

    def open(self, application_id: str) -> OpenCase:
        """One application with its plan. Raises UnknownApplication."""
        kept, you = self._repository.open(self._owner, application_id)
        self._you = replace(you, zone=you.zone or self._zone_here)
        self._known = self._on_desk(kept, self.now(), self._you)
        return self._known

    def deleted(self) -> tuple[PutAside, ...]:
        """What was deleted and can still be restored, the latest first."""
        oldest = self.now() - DELETED_KEPT
        return tuple(aside for aside in self._repository.deleted(self._owner) if aside.at >= oldest)

    def waiting_beside(self, application_id: str) -> tuple[OpenCase, ...]:
        """The other applications that an offer from this one could hurry along: open, and not told of any."""
        return tuple(
            case
            for case in self.today().cases
            if case.id != application_id
            and case.plan.status in WAITING
            and case.application.outcome is None
            and case.application.rival_offer is None
        )

    def lane(self, case: OpenCase) -> Lane:
        """What a chart shows of an application."""
        there = str(case.now.tzinfo)
        return lane_of(case.application, case.plan, case.now, self._handbook, case.workdays, there)

    def if_silent(self, case: OpenCase) -> tuple[Step, ...]:
        """What would be to do one after the other if nobody answered, the next step first."""
        there = str(case.now.tzinfo)
        return tuple(if_silent(case.application, case.now, self._handbook, case.workdays, there))

    def preview(self, draft: Application) -> OpenCase:
        """An application as it would stand if it were kept. Raises InvalidApplication."""
        whole = self._with_ids(draft)
        self._check(whole)
        return self._on_desk(Kept(whole, 0), self.now(), self.you())

    def problems(self, application: Application) -> tuple[Problem, ...]:
        """Everything that is wrong with an application, whether it is kept or not."""
        return problems_of(application, self.you().zone or "UTC")

    def workdays(self, application: Application | None = None) -> Workdays:
        """The working days that count for an application, or for a new one."""
        named = application.country if application else None
        return Workdays(named or self.you().country)

    def practice(self) -> Practice:
        """How practice stands where the owner is: the scenario that comes next, what was answered, what returns."""
        here = self.today_here()
        answers = self._repository.answers(self._owner)
        return practice_on(here.date(), self._handbook, answers, zone_of(self.you()))

    def case_of(self, scenario: Scenario) -> OpenCase:
        """The application of a scenario as it lies there at the scenario's moment. It is nobody's and not kept."""
        return self._on_desk(Kept(scenario.application, 0), scenario.now, You())

    # What is done

    def introduce(self, you: You) -> None:
        """Keep what the owner says about themselves. Raises InvalidApplication with every problem."""
        refuse(problems_of_you(you))
        self._repository.keep_you(self._owner, you)
        self._you = None

    def add(self, application: Application) -> OpenCase:
        """Take up a new application. Raises InvalidApplication with every problem, DeletedApplication."""
        whole = self._with_ids(application)
        self._check(whole)
        kept = self._repository.add(self._owner, whole, self.now())
        return self._on_desk(kept, self.now(), self.you())

    def correct(self, application: Application, version: int) -> OpenCase:
        """Keep an edited application. Raises InvalidApplication, SomebodyWasFirst, UnknownApplication."""
        whole = self._with_ids(application)
        stands = self._repository.get(self._owner, str(whole.id))
        if stands.version != version:
            raise SomebodyWasFirst(str(whole.id))
        self._check(whole)
        self._check(replace(whole, log=stands.application.log))  # an entry may have come meanwhile
        kept = self._repository.replace(self._owner, whole, version, self.now())
        return self._on_desk(kept, self.now(), self.you())

    def reconcile(
        self,
        base: Application,
        mine: Application,
        take_theirs: Collection[Path] | None = None,
        asked: Collection[Conflict] | None = None,
    ) -> Reconciled:
        """Keep an edit of `base` though somebody was first, unless both changed the same thing.

        `take_theirs` holds the paths at which theirs was chosen, None where nobody was asked yet: then nothing
        is kept if there are conflicts; nor if there are others than those `asked` about. Raises
        InvalidApplication, SomebodyWasFirst, UnknownApplication.
        """
        kept = self._repository.get(self._owner, str(base.id))
        both = merged(base, self._with_ids(mine), kept.application, take_theirs or ())
        unasked = take_theirs is None or (asked is not None and any(c not in asked for c in both.conflicts))
        if both.conflicts and unasked:
            return Reconciled(None, kept.application, kept.version, both.conflicts)
        case = self.correct(both.application, kept.version)
        return Reconciled(case, kept.application, case.version, both.conflicts)

    def log(self, application_id: str, entry: Entry) -> Entry:
        """Add an entry to a log, once for each id. Raises InvalidApplication, UnknownApplication."""
        return self._again(application_id, lambda case: self._log(case, entry))

    def tick(self, application_id: str, step_id: str) -> Entry | None:
        """Log now what a step asks for; nothing where it may not be done now, or an outcome is its answer."""

        def wanted(case: OpenCase) -> Entry | None:
            step = step_of(case, step_id)
            if step is None or step.state not in CAN_BE_LOGGED or step.kind in ANSWERED_BY_OUTCOME:
                return None
            return entry_for(step, self.now())

        return self._log_once(application_id, wanted)

    def skip(self, application_id: str, step_id: str) -> Entry | None:
        """Log that a step will not be done; nothing where it is over already."""

        def wanted(case: OpenCase) -> Entry | None:
            step = step_of(case, step_id)
            if step is None or step.state in {State.DONE, State.CANCELLED}:
                return None
            return skip_of(step, self.now())

        return self._log_once(application_id, wanted)

    def tick_item(self, application_id: str, item: Item) -> Entry | None:
        """Log now that an item without a step is done; nothing where it is ticked already."""

        def wanted(case: OpenCase) -> Entry | None:
            return None if own_tick(item, case.application) else tick_of(item, self.now())

        return self._log_once(application_id, wanted)

    def untick_item(self, application_id: str, item: Item) -> Entry | None:
        """Take back the tick of an item without a step; nothing where there is none."""
        return self._take_back(application_id, lambda case: own_tick(item, case.application))

    def untick(self, application_id: str, step_id: str) -> Entry | None:
        """Take back the entry that made a step done; nothing where none did."""

        def found(case: OpenCase) -> Entry | None:
            step = step_of(case, step_id)
            return step.entry if step else None

        return self._take_back(application_id, found)

    def withdraw(self, application_id: str, entry_id: str) -> Entry:
        """Take an entry back; it stays in the log, marked. Raises UnknownEntry."""
        return self._withdraw(application_id, self.entry(application_id, entry_id))

    def put_back(self, application_id: str, entry_id: str) -> Entry:
        """Let an entry that was taken back count again. Raises InvalidApplication, UnknownEntry.

        Where the same was done once more since, that stands and is returned, so that nothing counts twice.
        """

        def put(case: OpenCase) -> Entry:
            instead = self._done_since(case, entry_in(case.application, entry_id))
            return instead or self._put_back(case, entry_id)

        return self._again(application_id, put)

    def amend(self, application_id: str, entry: Entry, before: Entry | None = None) -> None:
        """Correct an entry's time, channel or person. Raises InvalidApplication, UnknownEntry.

        `before` is the entry as it was seen: raises SomebodyWasFirst if it was changed since.
        """
        case = self.open(application_id)
        self._check_entry(case.application, entry)
        self._repository.amend(self._owner, application_id, entry, before)

    def entry(self, application_id: str, entry_id: str) -> Entry:
        """One entry of a log. Raises UnknownEntry, UnknownApplication."""
        return entry_in(self._repository.get(self._owner, application_id).application, entry_id)

    # Practice

    def answer(self, scenario_id: str, option_id: str, answer_id: str | None = None) -> Answer:
        """Keep an answer to a scenario, once for each id. Raises UnknownScenario, StoreUnavailable."""
        scenarios = (one for one in self._handbook.scenarios if one.id == scenario_id)
        if not any(scenario.option(option_id) for scenario in scenarios):
            raise UnknownScenario
        id = answer_id or self._new_id()
        return self._keep_answer(Answer(id=id, at=self.now(), scenario=scenario_id, option=option_id))

    def practise_anew(self) -> Answer:
        """Begin practice anew: what was answered so far counts no more, until that is taken back."""
        return self._keep_answer(Answer(id=self._new_id(), at=self.now()))

    def practise_on(self, begun_anew: Answer) -> Answer:
        """Take back that practice was begun anew: what was answered before counts again."""
        return self._keep_answer(replace(begun_anew, withdrawn_at=self.now()))

    # Interviews

    def move_round(self, application_id: str, round_id: str, by: int) -> OpenCase:
        """Let an interview stand that many places further on among the others; the plan goes by time all the same."""
        return self._change(
            application_id, lambda a: replace(a, rounds=moved(a.rounds, place_of(a, round_id), by))
        )

    def remove_round(self, application_id: str, round_id: str) -> Removed:
        """Take an interview out, and back what was logged for it. Raises UnknownRound."""
        application = self._repository.get(self._owner, application_id).application
        place = place_of(application, round_id)
        round = application.rounds[place]
        after = self._change(application_id, lambda a: without_round(a, round)).application
        # Only now, since nothing more can be logged for it; what came at the last moment is taken back as well.
        logged = logged_for(round, with_round(after, round))
        for entry in logged:
            self._withdraw(application_id, entry)
        return Removed(application_id, round, place, tuple(str(entry.id) for entry in logged))

    def put_round_back(self, removed: Removed) -> OpenCase:
        """Undo that an interview was taken out."""
        self._change(removed.application_id, lambda a: with_round(a, removed.round, removed.place))
        for entry_id in removed.entries:
            self._again(removed.application_id, partial(self._put_back, entry_id=entry_id))
        return self.open(removed.application_id)

    # What is written

    def drafts(self, application_id: str) -> tuple[Draft, ...]:
        """What was begun to write for an application."""
        return self._repository.drafts(self._owner, application_id)

    def keep_draft(self, application_id: str, draft: Draft) -> Draft:
        """Keep what was written so far; returned with its new version.

        Raises InvalidApplication with every problem, SomebodyWasFirst where another window kept one since the
        version that this began from, UnknownApplication.
        """
        refuse(problems_of_draft(draft))
        return self._repository.keep_draft(self._owner, application_id, draft, self.now())

    def sent(self, application_id: str, message: Message, step_id: str | None, text: str) -> Entry | None:
        """Log on a person's word that a message went out, with its text.

        Nothing where its step is gone or may not be done now, or where the very same was logged already, as by a
        second click. Raises InvalidApplication, UnknownApplication.
        """

        def wanted(case: OpenCase) -> Entry | None:
            step = step_of(case, step_id) if step_id else None
            if step_id and step is None:
                return None
            entry = sent_entry(message, step, self.now(), text)
            if step and entry.kind.value == step.kind.value and step.state not in CAN_BE_LOGGED:
                return None
            return None if was_logged(entry, case.application) else entry

        return self._log_once(application_id, wanted)

    # What is heard, and how it ends

    def heard_back(self, application_id: str, entry: Entry, ahead: Round | None = None) -> Heard:
        """Log a reply, with the next interview if they named one: once for each id. Raises InvalidApplication."""
        reply = replace(entry, kind=EntryKind.REPLY, id=entry.id or self._new_id())
        round = replace(ahead, id=ahead.id or round_heard_of(reply)) if ahead else None
        application = self.open(application_id).application
        self._check_entry(application, reply)
        heard = Heard(application_id, entry_id=reply.id, round_id=round.id if round else None)
        if any(reply.id == other.id for other in application.log):
            return heard  # a repeated click; what was taken back since stays so
        if round:
            self._change(application_id, lambda a: with_round(a, round))
        self.log(application_id, reply)
        return heard

    def close(self, application_id: str, outcome: Outcome) -> Heard:
        """Say what came of it; also an offer, which leaves the application open. Raises InvalidApplication."""
        if placed(outcome.at, zone_of(self.you())) > self.now():
            refuse((Problem("outcome.at", "lies in the future; say when it was heard"),))
        before = self._exchange_part(application_id, "outcome", outcome)
        return Heard(application_id, outcome_before=before, outcome_set=outcome)

    def close_all(self, application_ids: Iterable[str], result: Result) -> tuple[Heard, ...]:
        """Close several at once; one that is gone or closed already is left alone."""
        outcome, closed = Outcome(result=result, at=self.now()), []
        for application_id in application_ids:
            with suppress(UnknownApplication, SomebodyWasFirst):
                if self.open(application_id).plan.status != Status.CLOSED:
                    closed.append(self.close(application_id, outcome))
        return tuple(closed)

    def tell_others(self, application_ids: Iterable[str], offer: RivalOffer) -> tuple[Heard, ...]:
        """Let each of these applications know of an offer from somewhere else, so that its plan says to tell them.

        One that is gone is left alone.
        """
        told = []
        for application_id in application_ids:
            with suppress(UnknownApplication, SomebodyWasFirst):
                told.append(self.note_rival(application_id, offer))
        return tuple(told)

    def note_rival(self, application_id: str, offer: RivalOffer) -> Heard:
        """Let one application know of an offer from somewhere else. Raises InvalidApplication."""
        before = self._exchange_part(application_id, "rival_offer", offer)
        return Heard(application_id, rival_before=before, rival_set=offer)

    def reopen(self, application_id: str) -> OpenCase:
        """Take the outcome back."""
        return self._change(application_id, lambda a: replace(a, outcome=None))

    def take_back(self, heard: Heard) -> None:
        """Undo what was logged and changed when they were heard from."""
        application = self._repository.get(self._owner, heard.application_id).application
        added = round_added(heard, application)
        if heard.round_id or heard.outcome_set or heard.rival_set:
            application = self._change(heard.application_id, lambda a: without(a, heard)).application
        of_the_round = logged_for(added, with_round(application, added)) if added else ()
        for entry in application.log:
            if entry.id == heard.entry_id or entry in of_the_round:
                self._withdraw(heard.application_id, entry)

    def delete(self, application_id: str) -> None:
        """Put an application aside; restore brings it back for 30 days. Raises UnknownApplication."""
        self._repository.delete(self._owner, application_id, self.now())
        self.purge()

    def restore(self, application_id: str) -> OpenCase:
        """Bring a deleted application back, within 30 days. Raises UnknownApplication."""
        if all(str(aside.application.id) != application_id for aside in self.deleted()):
            raise UnknownApplication(application_id)
        self._repository.restore(self._owner, application_id)
        return self.open(application_id)

    def purge(self) -> int:
        """Erase what was deleted more than 30 days ago; how many there were."""
        return self._repository.purge(self._owner, self.now() - DELETED_KEPT)

    # Taking along, bringing back, erasing

    def backup(self) -> bytes:
        """Everything of the owner as JSON in UTF-8, also what was deleted and can still be restored."""
        self.purge()
        return dump_backup(self._repository.backup(self._owner, self.now()))

    def noted(self) -> dict[str, tuple[Noted, ...]]:
        """What the last calendar files said of each application, also of those that are gone since."""
        return {id: read_noted(text) for id, text in self._repository.noted(self._owner).items()}

    def note(self, said: Mapping[str, Iterable[Noted]]) -> None:
        """Remember what a calendar file says, so that the next one carries on. Raises StoreUnavailable."""
        before = self._repository.noted(self._owner)
        texts = {id: dump_noted(notes) for id, notes in said.items()}
        new = {id: text for id, text in texts.items() if text != before.get(id)}
        self._repository.note(self._owner, new, self.now())

    def preview_restore(self, data: bytes, replace: bool = False) -> Preview:
        """What restore_backup would do with that data. Raises InvalidApplication with every problem."""
        given, now = read_backup(data), self.now()
        kept = self._repository.backup(self._owner, now)
        return compared(kept, given, exchanged(kept, given, now, instead=replace))

    def restore_backup(self, data: bytes, replace: bool = False) -> Preview:
        """Bring a backup together with what is here, or put it in its place; what that did.

        Whatever is here is written to an automatic backup first. All of it is done, or nothing. Raises
        InvalidApplication with every problem, StoreUnavailable.
        """
        given, now = read_backup(data), self.now()

        def change(kept: Backup) -> Backup:
            self._repository.keep_backup(self._owner, dump_backup(kept), "restore", now)
            return exchanged(kept, given, now, instead=replace)

        kept, after = self._repository.exchange(self._owner, change, now)
        self._you = None
        self.purge()
        return compared(kept, given, after)

    def export(self, application_id: str) -> bytes:
        """One application as JSON in UTF-8, in the form of docs/plan.md. Raises UnknownApplication."""
        return dump_alone(self._repository.get(self._owner, application_id).application)

    def csv_table(self, table: Table) -> bytes:
        """One table of all applications as CSV, the most urgent first."""
        from afterword.formats.spreadsheet import csv_table

        return csv_table(self.today().cases, table)

    def workbook(self) -> bytes:
        """All applications, their steps and their logs as XLSX, the most urgent first."""
        from afterword.formats.spreadsheet import workbook

        return workbook(self.today().cases)

    def import_application(self, data: bytes) -> OpenCase:
        """Take up an application that JSON text describes, after an automatic backup.

        Raises InvalidApplication with every problem, also for one that is here already; StoreUnavailable.
        """
        application = read_application(data, self.you().zone or "UTC")
        kept = self._repository.backup(self._owner, self.now())
        if application.id and any(saved.id == application.id for saved in kept.applications):
            refuse((Problem("id", "is the id of an application that is here or was deleted; leave it out"),))
        self._repository.keep_backup(self._owner, dump_backup(kept), "import", self.now())
        return self.add(application)

    def twins(self, arriving: Iterable[tuple[int, Application]]) -> dict[int, str]:
        """The rows of a table whose application seems to be here already, or in a row before it, and where."""
        from afterword.formats.tables.arrivals import twins

        return twins(self._repository.backup(self._owner, self.now()), arriving)

    def import_table(
        self, arrivals: Collection[Arrival], entries: Mapping[str, tuple[Entry, ...]] | None = None
    ) -> TakenIn:
        """Take up the applications of a table, after an automatic backup: all of them, or none.

        `entries` are log entries for applications that are here, by their ids. Raises InvalidApplication
        with a problem, StoreUnavailable.
        """
        from afterword.formats.tables.arrivals import after_arrivals, taken_in

        now, zone = self.now(), self.you().zone or "UTC"

        def change(kept: Backup) -> Backup:
            after = after_arrivals(kept, arrivals, entries or {}, self._with_ids, zone)
            self._repository.keep_backup(self._owner, dump_backup(kept), "import", now)
            return after

        return taken_in(*self._repository.exchange(self._owner, change, now))

    def undo_import(self, taken: TakenIn) -> int:
        """Take back what an import did; how many applications are left alone, since somebody worked on them."""
        from afterword.formats.tables.arrivals import left_alone, undone

        _, after = self._repository.exchange(self._owner, lambda kept: undone(kept, taken), self.now())
        return left_alone(taken, after)

    def erase(self) -> None:
        """Erase everything of the owner for good, automatic backups and copies too. Raises StoreUnavailable."""
        self._repository.erase(self._owner)
        self._you = None

    # How

    def _log_once(self, application_id: str, wanted: Callable[[OpenCase], Entry | None]) -> Entry | None:
        """Log what is still wanted, unless another window logs at the same moment: then look again."""

        def act(case: OpenCase) -> Entry | None:
            entry = wanted(case)
            if entry is None:
                return None
            made, log = replace(entry, id=self._new_id()), case.application.log
            self._check_entry(case.application, made)
            by_this = self._repository.append(self._owner, case.id, made, len(log), case.version, case.as_of)
            self._leave(case, made, (*log, made), by_this)
            return made

        known = self._what_is_known(application_id)
        if known:
            with suppress(SomebodyWasFirst):
                done = act(known)
                if done is not None:
                    return done
        return self._again(application_id, act)

    def _take_back(self, application_id: str, found: Callable[[OpenCase], Entry | None]) -> Entry | None:
        """Mark an entry as taken back, unless another window writes at the same moment: then look again.

        Not where another window has taken back that very entry: to look again could take one more back.
        """
        known = self._what_is_known(application_id)
        entry = found(known) if known else None
        if known and entry:
            with suppress(SomebodyWasFirst, UnknownEntry):
                return self._mark(known, entry)
            with suppress(UnknownEntry):
                if self.entry(application_id, str(entry.id)).withdrawn_at is not None:
                    return None

        def act(case: OpenCase) -> Entry | None:
            entry = found(case)
            if entry is None:
                return None
            try:
                return self._mark(case, entry)
            except SomebodyWasFirst:
                return self._taken_back_already(case.id, entry)

        return self._again(application_id, act)

    def _mark(self, case: OpenCase, entry: Entry) -> Entry:
        """Mark an entry as taken back now. Raises SomebodyWasFirst, UnknownEntry."""
        taken_back = replace(entry, withdrawn_at=self.now())
        by_this = self._repository.amend(self._owner, case.id, taken_back, entry, as_of=case.as_of)
        self._leave(
            case, taken_back, tuple(taken_back if e is entry else e for e in case.application.log), by_this
        )
        return taken_back

    def _taken_back_already(self, application_id: str, entry: Entry) -> Entry:
        """The entry as another window took it back. Raises SomebodyWasFirst if it was something else."""
        stands = self.entry(application_id, str(entry.id))
        if stands.withdrawn_at is None:
            raise SomebodyWasFirst(application_id)
        return stands

    def _what_is_known(self, application_id: str) -> OpenCase | None:
        """An application as it was read last, at this moment; None where it was another one, or may be another by now.

        A write names how far the store had come, and fails if it has come further; so nothing is read twice.
        """
        known, self._known, self.left = self._known, None, None
        is_known = known is not None and known.id == application_id and self._holds(known)
        return at_moment(known, self.now()) if known and is_known else None

    def _holds(self, case: OpenCase) -> bool:
        """Whether the store says if something was written since this was read, and its plan still holds."""
        return case.as_of is not None and self.now() < case.plan.holds_until

    def _leave(self, case: OpenCase, entry: Entry, log: tuple[Entry, ...], by_this: object) -> None:
        """Know how the write of an entry left an application, where nothing else was written since it was read."""
        if by_this is None:
            return
        application = replace(case.application, log=by_time(log))
        if item_ticked(entry) is not None:  # what counts for no step leaves the plan as it is
            self._known = self.left = replace(case, application=application, as_of=by_this)
        else:
            kept = Kept(application, case.version, by_this)
            self._known = self.left = self._on_desk(kept, self.now(), self.you())

    def _again(self, application_id: str, act: Callable[[OpenCase], T]) -> T:
        """Do something with an application as it stands, and again where somebody was first."""
        for _ in range(TRIES):
            with suppress(SomebodyWasFirst):
                return act(self.open(application_id))
        raise SomebodyWasFirst(application_id)

    def _put_back(self, case: OpenCase, entry_id: str) -> Entry:
        """Let an entry that was taken back count again, as it stands in this reading."""
        entry = entry_in(case.application, entry_id)
        again = replace(entry, withdrawn_at=None)
        self._check_entry(case.application, again)
        self._repository.amend(self._owner, case.id, again, entry, case.version)
        return again

    def _done_since(self, case: OpenCase, entry: Entry) -> Entry | None:
        """What was logged after an entry was taken back, and did the same."""
        if entry.withdrawn_at is None:
            return None
        zone = zone_named(str(case.now.tzinfo))
        since = placed(entry.withdrawn_at, zone)
        later = (e for e in case.application.log if e.withdrawn_at is None and placed(e.at, zone) >= since)
        return next((e for e in later if self._do_the_same(case, entry, e)), None)

    def _do_the_same(self, case: OpenCase, entry: Entry, other: Entry) -> bool:
        """Whether an entry would tick the item, or do the step, that another one ticked or did."""
        if item_ticked(entry) is not None:
            return item_ticked(entry) == item_ticked(other)
        done = {step.id for step in case.plan.steps if step.entry and step.entry.id == other.id}
        if not done:
            return False
        instead = self._on_desk(Kept(exchanged_in(case.application, other, entry), 0), self.now(), self.you())
        return any(s.id in done and s.entry and s.entry.id == entry.id for s in instead.plan.steps)

    def _withdraw(self, application_id: str, entry: Entry) -> Entry:
        """Mark an entry as taken back, as it stands then if somebody changes it at the same moment."""
        for _ in range(TRIES):
            if entry.withdrawn_at is not None:
                return entry
            taken_back = replace(entry, withdrawn_at=self.now())
            try:
                self._repository.amend(self._owner, application_id, taken_back, entry)
            except SomebodyWasFirst:
                entry = self.entry(application_id, str(entry.id))
                continue
            return taken_back
        raise SomebodyWasFirst(application_id)

    def _log(self, case: OpenCase, entry: Entry) -> Entry:
        made = entry if entry.id else replace(entry, id=self._new_id())
        self._check_entry(case.application, made)
        self._repository.append(self._owner, case.id, made, version=case.version)
        return made

    def _change(self, application_id: str, change: Callable[[Application], Application]) -> OpenCase:
        """Apply a change that holds whatever else was edited meanwhile, so a lost race is run again."""
        for _ in range(TRIES):
            kept = self._repository.get(self._owner, application_id)
            changed = self._with_ids(change(kept.application))
            before = self.problems(kept.application)
            refuse(tuple(problem for problem in self.problems(changed) if problem not in before))
            try:
                again = self._repository.replace(self._owner, changed, kept.version, self.now())
            except SomebodyWasFirst:
                continue
            return self._on_desk(again, self.now(), self.you())
        raise SomebodyWasFirst(application_id)

    def _exchange_part(self, application_id: str, name: str, value: Outcome | RivalOffer) -> Any:
        """Put another value in the place of one part of an application; what stood there at that very moment."""
        before = None

        def change(application: Application) -> Application:
            nonlocal before
            before = getattr(application, name)
            return replace(application, **{name: value})  # type: ignore[arg-type]

        self._change(application_id, change)
        return before

    def _keep_answer(self, answer: Answer) -> Answer:
        self._repository.keep_answer(self._owner, answer)
        return answer

    def _on_desk(self, kept: Kept, now: datetime, you: You) -> OpenCase:
        return open_case(kept.application, kept.version, now, self._handbook, you, kept.as_of)

    def _check(self, application: Application) -> None:
        refuse(self.problems(application))

    def _check_entry(self, application: Application, entry: Entry) -> None:
        """Refuse an entry for what is wrong with itself, not for what was wrong with the rest before."""
        own = problems_of_entry(application, entry, self.you().zone or "UTC")
        zone = zone_named(application.zone or self.you().zone or "UTC")
        refuse((*late_problems(placed(entry.at, zone), self.now()), *full_problems(application, entry), *own))

    def _with_ids(self, application: Application) -> Application:
        """The application with an id for itself, each round, each person and each entry that has none."""
        contact = application.contact
        return replace(
            application,
            id=application.id or self._new_id(),
            contact=replace(contact, id=contact.id or self._new_id()) if contact else None,
            rounds=tuple(self._round_with_ids(round) for round in application.rounds),
            log=tuple(replace(entry, id=entry.id or self._new_id()) for entry in application.log),
        )

    def _round_with_ids(self, round: Round) -> Round:
        people = tuple(replace(person, id=person.id or self._new_id()) for person in round.interviewers)
        return replace(round, id=round.id or self._new_id(), interviewers=people)

    def _new_id(self) -> str:
        return new_id(self.now())


def zone_of(you: You) -> ZoneInfo:
    """Where the owner is."""
    return zone_named(you.zone or "UTC")


def refuse(problems: tuple[Problem, ...]) -> None:
    """Raise InvalidApplication if there are problems."""
    if problems:
        raise InvalidApplication(problems)


def full_problems(application: Application, entry: Entry) -> tuple[Problem, ...]:
    """What is wrong with one more entry where the log holds as many as it can."""
    if len(application.log) < MOST["log"] or any(entry.id == other.id for other in application.log):
        return ()
    return (Problem("log", f"has {len(application.log):,} in it already; no more can be kept"),)


def late_problems(at: datetime, now: datetime) -> tuple[Problem, ...]:
    """What is wrong with an entry of something that has not happened yet."""
    if at > now:
        return (Problem("log[0].at", "lies in the future; say when it was done"),)
    return ()
