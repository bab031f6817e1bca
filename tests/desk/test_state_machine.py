"""Whatever is done in whatever order: nothing is lost, doubled or resurrected, and undo restores exactly.

A simple model says what should be kept: each application with its version, each deleted one with its time. After
every step of a random sequence the store must hold the same.
"""

from dataclasses import dataclass, replace
from datetime import UTC, date, timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from afterword.domain.case import at_moment
from afterword.domain.checklist import own_tick
from afterword.domain.errors import InvalidApplication, SomebodyWasFirst, UnknownApplication, UnknownEntry
from afterword.domain.model import (
    Application,
    Entry,
    EntryKind,
    Outcome,
    Result,
    RivalOffer,
    Round,
    StepKind,
    same_name,
)
from afterword.domain.step import State
from afterword.store.database import open_database
from afterword.store.memory import MemoryRepository
from afterword.store.sql import SqlRepository
from tests.desk.cast import (
    ADA,
    ALICE,
    CHARLIE,
    FERNBRIDGE,
    HANDBOOK,
    JO,
    NOW,
    PANEL,
    SetClock,
    desk_of,
    note,
)

SEQUENCES, SHARES, SEQUENCES_ON_DISK = 10_000, 4, 300
RANDOM = settings(
    stateful_step_count=12,
    deadline=None,
    database=None,
    derandomize=False,
    suppress_health_check=list(HealthCheck),
)

KEPT = timedelta(days=30)
OWN_ITEM = next(item for phase in HANDBOOK.phases for item in phase.items if item.step is None)
CAN_BE_TICKED = {State.OPEN, State.OVERDUE, State.MISSED}
UNKNOWN = (UnknownApplication, UnknownEntry)

THANKED = replace(PANEL, id="r0", interviewers=(replace(ADA, id="p0"),))
TWINS = (
    replace(PANEL, id="r1", interviewers=(), promise=None),
    Round(id="r2", label="panel ", ended_at=date(2026, 11, 5)),
)
POOL = (
    replace(FERNBRIDGE, id="a0", contact=replace(JO, id="c0"), rounds=(THANKED,)),
    replace(FERNBRIDGE, id="a1", company="Tidewater", contact=None, rounds=TWINS, log=(note("e1"),)),
    Application(id="a2", company="Harbour"),
)
CHARLIES = replace(POOL[0], company="Charlie's", log=(note("c1"),))

WHICH, WINDOW, YES = st.integers(0, 5), st.integers(0, 1), st.booleans()
TEXTS = st.sampled_from(["Analyst", "Planner", "Editor"])
HOURS = st.sampled_from([1, 5, 23, 24 * 2, 24 * 7, 24 * 29, 24 * 31, 24 * 40])
LOGGED_BY_HAND = st.sampled_from(
    [EntryKind.NOTE, EntryKind.THANK_YOU, EntryKind.CHECK_IN, EntryKind.REPLY, EntryKind.ASK]
)


@dataclass(frozen=True)
class Known:
    """What should be kept of one application."""

    application: Application
    version: int = 1


def in_order(application):
    """The application with its log in the order in which stores keep it."""
    log = sorted(application.log, key=lambda entry: (entry.at.astimezone(UTC), entry.id))
    return replace(application, log=tuple(log))


def with_entry(application, entry):
    """The application with that entry in the place of the one with its id."""
    return replace(application, log=tuple(entry if e.id == entry.id else e for e in application.log))


def taken_back(application, entries, moment):
    """The application with these entries marked, those that were marked before left as they are."""
    marked = [
        replace(e, withdrawn_at=moment) if e.id in entries and e.withdrawn_at is None else e
        for e in application.log
    ]
    return replace(application, log=tuple(marked))


def counting(application):
    """The ids of the entries that count."""
    return [entry.id for entry in application.log if entry.withdrawn_at is None]


def entry_of(case, step_id):
    """The entry that made a step done."""
    return next((step.entry for step in case.plan.steps if step.id == step_id), None)


def knows_what_is_no_more(desk, application, found):
    """Whether a window last read an entry of an application that was taken back since, so that it takes back none."""
    known = desk._known
    if known is None or known.id != application.id or not desk._holds(known):
        return False
    entry = found(at_moment(known, desk.now()))
    return entry is not None and entry.id not in counting(application)


def is_closed(application):
    """Whether it ended; a reply after "no answer" opens it again."""
    outcome = application.outcome
    if outcome is None or outcome.result == Result.OFFER:
        return False
    replied = any(
        e.kind == EntryKind.REPLY and e.withdrawn_at is None and e.at > outcome.at for e in application.log
    )
    return not (outcome.result == Result.NO_ANSWER and replied)


class Sequence(RuleBasedStateMachine):
    """Alice at her desk in two windows, on a store where Charlie has an application of the same id."""

    def __init__(self, repository, alice, charlie):
        super().__init__()
        self.repository, self.clock, self.alice, self.charlie = repository, SetClock(), alice, charlie
        self.windows = [desk_of(alice, repository, self.clock) for _ in range(2)]
        self.charlies_desk = desk_of(charlie, repository, self.clock)
        self.live, self.deleted, self.forms = {}, {}, {}
        self.heard, self.removed, self.numbers = [], [], count()

    # What the model knows

    def desk(self, window):
        """One of Alice's windows, a minute later."""
        self.clock.moment += timedelta(minutes=1)
        return self.windows[window]

    def one_of(self, which):
        """The id of a kept application, and what is kept of it."""
        id = list(self.live)[which % len(self.live)]
        return id, self.live[id].application

    def logged(self, id, entry):
        """An entry was logged: new, counting, and made just now unless it was given another time."""
        application = self.live[id].application
        assert entry.id
        assert entry.id not in [e.id for e in application.log]
        assert entry.withdrawn_at is None
        self.amended(id, replace(application, log=(*application.log, entry)))

    def amended(self, id, application):
        """Something in the log changed, which is no edit."""
        self.live[id] = replace(self.live[id], application=application)

    def edited(self, id, application):
        """Something else changed."""
        self.live[id] = Known(application, self.live[id].version + 1)

    def forgotten(self, ids):
        """Applications were erased; nothing that was open for them is of use any more."""
        for id in ids:
            del self.deleted[id]
            self.forms.pop(id, None)
        self.heard = [heard for heard in self.heard if heard.application_id not in ids]
        self.removed = [removed for removed in self.removed if removed.application_id not in ids]

    def too_old(self):
        """What was deleted too long ago to be restored."""
        return [id for id, (_, moment) in self.deleted.items() if moment < self.clock.now() - KEPT]

    def was_heard(self, desk, heard, before, back):
        """Something was heard. Taken back at once, everything is as before but for entries that stay marked."""
        self.heard.append(heard)
        if not back:
            return
        self.take_back(desk, len(self.heard) - 1)
        after = self.repository.get(self.alice, heard.application_id).application
        known = {entry.id for entry in before.log}
        assert replace(after, log=tuple(e for e in after.log if e.id in known)) == in_order(before)
        assert counting(after) == counting(in_order(before))

    def take_back(self, desk, place):
        """Undo something that was heard, now or long ago; a newer outcome or offer stays."""
        heard = self.heard[place]
        id = heard.application_id
        if id not in self.live:
            with pytest.raises(UnknownApplication):
                desk.take_back(heard)
            return
        del self.heard[place]
        desk.take_back(heard)
        application = self.live[id].application
        of_the_round = {e.id for e in application.log if heard.round_id and e.round == heard.round_id}
        application = taken_back(application, {heard.entry_id} | of_the_round, self.clock.now())
        self.amended(id, application)
        if heard.round_id:
            rounds = tuple(r for r in application.rounds if r.id != heard.round_id)
            self.edited(id, replace(application, rounds=rounds))
        if heard.outcome_set:
            newer = application.outcome != heard.outcome_set
            outcome = application.outcome if newer else heard.outcome_before
            self.edited(id, replace(application, outcome=outcome))
        if heard.rival_set:
            newer = application.rival_offer != heard.rival_set
            rival = application.rival_offer if newer else heard.rival_before
            self.edited(id, replace(application, rival_offer=rival))

    def put_round_back(self, desk, place):
        """Undo that an interview was removed, now or long ago."""
        removed = self.removed[place]
        id = removed.application_id
        if id not in self.live:
            with pytest.raises(UnknownApplication):
                desk.put_round_back(removed)
            return
        del self.removed[place]
        desk.put_round_back(removed)
        application = self.live[id].application
        rounds = list(application.rounds)
        rounds.insert(removed.place, removed.round)
        again = [replace(e, withdrawn_at=None) if e.id in removed.entries else e for e in application.log]
        self.edited(id, replace(application, rounds=tuple(rounds), log=tuple(again)))

    def restore(self, desk, place):
        """Undo that an application was deleted, unless that is too long ago."""
        id = list(self.deleted)[place]
        if id in self.too_old():
            desk.purge()
            self.forgotten(self.too_old())
            with pytest.raises(UnknownApplication):
                desk.restore(id)
        else:
            desk.restore(id)
            self.live[id] = self.deleted.pop(id)[0]

    # What holds after every step

    @invariant()
    def the_store_holds_exactly_what_the_model_knows(self):
        kept = {one.application.id: one for one in self.repository.all(self.alice)}
        assert list(kept) == sorted(self.live)
        assert self.repository.count(self.alice) == len(self.live)
        for id, known in self.live.items():
            assert kept[id].application == in_order(known.application)
            assert kept[id].version == known.version

    @invariant()
    def what_was_deleted_is_listed_for_30_days(self):
        latest_first = sorted(((moment, id) for id, (_, moment) in self.deleted.items()), reverse=True)
        found = [(aside.at, aside.application.id) for aside in self.repository.deleted(self.alice)]
        assert found == latest_first
        old = self.too_old()
        shown = [aside.application.id for aside in self.windows[0].deleted()]
        assert shown == [id for _, id in latest_first if id not in old]

    @invariant()
    def charlies_application_of_the_same_id_is_untouched(self):
        assert [one.application for one in self.repository.all(self.charlie)] == [CHARLIES]
        assert self.repository.deleted(self.charlie) == ()

    def teardown(self):
        assert {case.id for case in self.windows[0].today().cases} == set(self.live)

    # Adding and editing

    @initialize(some=st.sampled_from([POOL[:1], POOL[1:2], POOL[:2], POOL[1:]]))
    def begin(self, some):
        self.charlies_desk.add(CHARLIES)
        for one in some:
            self.add(one, 0)

    @rule(one=st.sampled_from(POOL), window=WINDOW)
    def adds(self, one, window):
        if one.id not in self.deleted:
            self.add(one, window)

    def add(self, one, window):
        case = self.desk(window).add(one)
        self.live.setdefault(one.id, Known(one))  # added again it changes nothing
        self.forms.setdefault(one.id, self.live[one.id])
        assert case.application == in_order(self.live[one.id].application)

    @precondition(lambda self: self.live)
    @rule(which=WHICH, window=WINDOW)
    def opens_a_form(self, which, window):
        id, _ = self.one_of(which)
        case = self.desk(window).open(id)
        self.forms[id] = Known(case.application, case.version)

    @precondition(lambda self: self.live)
    @rule(which=WHICH, window=WINDOW, role=TEXTS, company=TEXTS)
    def corrects_from_the_form(self, which, window, role, company):
        id, application = self.one_of(which)
        form = self.forms[id]
        mine = replace(form.application, role=role, company=company)
        if form.version == self.live[id].version:
            self.desk(window).correct(mine, form.version)
            self.edited(id, replace(mine, log=application.log))
        else:
            with pytest.raises(SomebodyWasFirst):
                self.desk(window).correct(mine, form.version)

    @precondition(lambda self: self.live)
    @rule(
        which=WHICH,
        window=WINDOW,
        name=st.sampled_from(["role", "company", "notes"]),
        text=TEXTS,
        theirs=st.sampled_from(["not asked", "mine", "theirs"]),
    )
    def reconciles_the_form(self, which, window, name, text, theirs):
        id, application = self.one_of(which)
        base = self.forms[id].application
        was, now = getattr(base, name), getattr(application, name)
        conflict = len({was, now, text}) == 3
        chosen = {"not asked": None, "mine": (), "theirs": ((name,),)}[theirs]
        found = self.desk(window).reconcile(base, replace(base, **{name: text}), chosen)
        assert [(c.path, c.mine, c.theirs) for c in found.conflicts] == [((name,), text, now)] * conflict
        if conflict and theirs == "not asked":
            assert found.case is None
            return
        stays = text == was or (conflict and theirs == "theirs")
        self.edited(id, application if stays else replace(application, **{name: text}))
        assert found.case.application == in_order(self.live[id].application)

    # The log

    @precondition(lambda self: self.live)
    @rule(which=WHICH, window=WINDOW, number=WHICH)
    def ticks(self, which, window, number):
        id, _ = self.one_of(which)
        desk, other = self.desk(window), self.windows[1 - window]
        steps = desk.open(id).plan.steps
        if not steps:
            return
        step = steps[number % len(steps)]
        logged = desk.tick(id, step.id)
        may = step.state in CAN_BE_TICKED and step.kind not in {StepKind.MOVE_ON, StepKind.ANSWER_OFFER}
        assert (logged is not None) == may
        if logged:
            assert (logged.kind.value, logged.at) == (step.kind.value, self.clock.now())
            self.logged(id, logged)
            assert other.tick(id, step.id) is None

    @precondition(lambda self: self.live)
    @rule(which=WHICH, window=WINDOW, number=WHICH)
    def skips(self, which, window, number):
        id, _ = self.one_of(which)
        desk, other = self.desk(window), self.windows[1 - window]
        steps = desk.open(id).plan.steps
        if not steps:
            return
        step = steps[number % len(steps)]
        logged = desk.skip(id, step.id)
        assert (logged is not None) == (step.state not in {State.DONE, State.CANCELLED})
        if logged:
            assert (logged.kind, logged.step, logged.at) == (EntryKind.SKIP, step.kind, self.clock.now())
            self.logged(id, logged)
            assert other.skip(id, step.id) is None

    @precondition(lambda self: self.live)
    @rule(which=WHICH, window=WINDOW, number=WHICH)
    def unticks(self, which, window, number):
        id, application = self.one_of(which)
        desk, other = self.desk(window), self.windows[1 - window]
        done = [step for step in desk.open(id).plan.steps if step.entry]
        if not done:
            return
        step = done[number % len(done)]
        assert step.entry.id in counting(application)
        if knows_what_is_no_more(other, application, lambda case: entry_of(case, step.id)):
            assert other.untick(id, step.id) is None
            return
        other.untick(id, step.id)
        self.amended(id, taken_back(application, {step.entry.id}, self.clock.now()))

    @precondition(lambda self: self.live)
    @rule(which=WHICH, window=WINDOW)
    def ticks_an_item(self, which, window):
        id, application = self.one_of(which)
        desk, other = self.desk(window), self.windows[1 - window]
        logged = desk.tick_item(id, OWN_ITEM)
        before = [e for e in application.log if e.text == f"checklist:{OWN_ITEM.id}"]
        assert (logged is None) == any(e.withdrawn_at is None for e in before)
        if logged:
            assert (logged.kind, logged.at) == (EntryKind.NOTE, self.clock.now())
            self.logged(id, logged)
        assert other.tick_item(id, OWN_ITEM) is None

    @precondition(lambda self: self.live)
    @rule(which=WHICH, window=WINDOW)
    def unticks_an_item(self, which, window):
        id, application = self.one_of(which)
        desk = self.desk(window)
        if knows_what_is_no_more(desk, application, lambda case: own_tick(OWN_ITEM, case.application)):
            assert desk.untick_item(id, OWN_ITEM) is None
            return
        taken = desk.untick_item(id, OWN_ITEM)
        ticks = [e for e in application.log if e.text == f"checklist:{OWN_ITEM.id}" and not e.withdrawn_at]
        assert (taken is None) == (ticks == [])
        if taken:
            latest = max(ticks, key=lambda e: e.at)
            assert taken == replace(latest, withdrawn_at=self.clock.now())
            self.amended(id, with_entry(application, taken))

    @precondition(lambda self: self.live)
    @rule(
        which=WHICH, window=WINDOW, kind=LOGGED_BY_HAND, number=WHICH, by=st.sampled_from(["", "id", "label"])
    )
    def logs(self, which, window, kind, number, by):
        id, application = self.one_of(which)
        named = [r for r in application.rounds if by == "id" or (by and r.id in {"r0", "r1", "r2"})]
        round = named[number % len(named)] if named else None
        about = getattr(round, by) if round else None
        desk = self.desk(window)
        entry = Entry(id=f"n{next(self.numbers)}", kind=kind, at=self.clock.now(), round=about)
        assert desk.log(id, entry) == entry
        self.windows[1 - window].log(id, replace(entry, text="once more"))
        self.logged(id, entry)

    @precondition(lambda self: any(known.application.log for known in self.live.values()))
    @rule(which=WHICH, window=WINDOW, number=WHICH, hours=st.integers(0, 30), text=TEXTS, old=YES)
    def amends(self, which, window, number, hours, text, old):
        id, application = self.one_of(which)
        if not application.log:
            return
        desk, entry = self.desk(window), application.log[number % len(application.log)]
        changed = replace(entry, at=entry.at - timedelta(hours=hours), channel=None)
        if entry.text is None:
            changed = replace(changed, text=text)
        if old:
            with pytest.raises(SomebodyWasFirst):
                desk.amend(id, changed, replace(entry, text="as it no longer is"))
        else:
            desk.amend(id, changed, entry)
            self.amended(id, with_entry(application, changed))

    @precondition(lambda self: any(known.application.log for known in self.live.values()))
    @rule(which=WHICH, window=WINDOW, number=WHICH, back=YES)
    def withdraws(self, which, window, number, back):
        id, application = self.one_of(which)
        if not application.log:
            return
        desk, entry = self.desk(window), application.log[number % len(application.log)]
        taken = desk.withdraw(id, entry.id)
        self.amended(id, taken_back(application, {entry.id}, self.clock.now()))
        assert taken in self.live[id].application.log
        if back and entry.withdrawn_at is None:
            assert self.windows[1 - window].put_back(id, entry.id) == entry
            self.amended(id, application)

    @precondition(lambda self: any(known.application.log for known in self.live.values()))
    @rule(which=WHICH, window=WINDOW, number=WHICH)
    def puts_back(self, which, window, number):
        id, application = self.one_of(which)
        if not application.log:
            return
        desk, entry = self.desk(window), application.log[number % len(application.log)]
        names = [name for r in application.rounds for name in (r.id, r.label)]
        if entry.round is None or any(same_name(entry.round, name) for name in names):
            found = desk.put_back(id, entry.id)
            if found.id == entry.id:
                self.amended(id, with_entry(application, replace(entry, withdrawn_at=None)))
            else:  # the same was done once more since, and that stands
                assert entry.withdrawn_at <= found.at
                assert found in application.log
                assert found.withdrawn_at is None
        else:
            with pytest.raises(InvalidApplication):
                desk.put_back(id, entry.id)

    # What is heard, and how it ends

    @precondition(lambda self: self.live)
    @rule(which=WHICH, window=WINDOW, label=st.sampled_from([None, "Second", "Final"]), hours=HOURS, back=YES)
    def hears_back(self, which, window, label, hours, back):
        id, before = self.one_of(which)
        desk = self.desk(window)
        now = self.clock.now()
        reply = Entry(kind=EntryKind.REPLY, at=now)
        ahead = Round(label=label, ended_at=now + timedelta(hours=hours)) if label else None
        heard = desk.heard_back(id, reply, ahead)
        if ahead:
            self.edited(id, replace(before, rounds=(*before.rounds, replace(ahead, id=heard.round_id))))
        self.logged(id, replace(reply, id=heard.entry_id))
        self.was_heard(desk, heard, before, back)

    @precondition(lambda self: self.live)
    @rule(which=WHICH, window=WINDOW, result=st.sampled_from(Result), back=YES)
    def closes(self, which, window, result, back):
        id, before = self.one_of(which)
        desk = self.desk(window)
        outcome = Outcome(result=result, at=self.clock.now())
        heard = desk.close(id, outcome)
        self.edited(id, replace(before, outcome=outcome))
        self.was_heard(desk, heard, before, back)

    @precondition(lambda self: self.live)
    @rule(window=WINDOW, result=st.sampled_from(Result), back=YES)
    def closes_all(self, window, result, back):
        desk = self.desk(window)
        before = {id: known.application for id, known in self.live.items()}
        asked = (*self.live, "no such application", *self.deleted)
        found = {heard.application_id: heard for heard in desk.close_all(asked, result)}
        assert list(found) == [id for id, application in before.items() if not is_closed(application)]
        outcome = Outcome(result=result, at=self.clock.now())
        for id in found:
            self.edited(id, replace(before[id], outcome=outcome))
        for id, heard in found.items():
            self.was_heard(desk, heard, before[id], back)

    @precondition(lambda self: self.live)
    @rule(window=WINDOW, days=st.integers(1, 9), most=st.integers(1, 2), back=YES)
    def tells_others_of_an_offer(self, window, days, most, back):
        desk = self.desk(window)
        before = {id: self.live[id].application for id in list(self.live)[:most]}
        now = self.clock.now()
        offer = RivalOffer(deadline=now.date() + timedelta(days=days), at=now)
        told = desk.tell_others(before, offer)
        assert [heard.application_id for heard in told] == list(before)
        for heard in told:
            id = heard.application_id
            self.edited(id, replace(before[id], rival_offer=offer))
        for heard in told:
            self.was_heard(desk, heard, before[heard.application_id], back)

    @precondition(lambda self: self.live)
    @rule(which=WHICH, window=WINDOW)
    def reopens(self, which, window):
        id, application = self.one_of(which)
        self.desk(window).reopen(id)
        self.edited(id, replace(application, outcome=None))

    # Interviews

    @precondition(lambda self: any(known.application.rounds for known in self.live.values()))
    @rule(which=WHICH, window=WINDOW, number=WHICH, by=st.integers(-2, 2))
    def moves_an_interview(self, which, window, number, by):
        id, application = self.one_of(which)
        rounds = list(application.rounds)
        if not rounds:
            return
        place = number % len(rounds)
        self.desk(window).move_round(id, rounds[place].id, by)
        rounds.insert(max(0, place + by), rounds.pop(place))
        self.edited(id, replace(application, rounds=tuple(rounds)))

    @precondition(lambda self: any(known.application.rounds for known in self.live.values()))
    @rule(which=WHICH, window=WINDOW, number=WHICH, back=YES)
    def removes_an_interview(self, which, window, number, back):
        id, before = self.one_of(which)
        if not before.rounds:
            return
        desk, round = self.desk(window), before.rounds[number % len(before.rounds)]
        others = tuple(r for r in before.rounds if r is not round)
        names = {round.id} | ({"Panel", "panel "} if round.label in {"Panel", "panel "} else set())
        if any(same_name(r.label, round.label) for r in others):
            names = {round.id}  # what names the label alone may mean the other
        logged = {e.id for e in before.log if e.round in names and e.withdrawn_at is None}
        removed = desk.remove_round(id, round.id)
        assert set(removed.entries) == logged
        self.edited(id, replace(taken_back(before, logged, self.clock.now()), rounds=others))
        self.removed.append(removed)
        if back:
            self.put_round_back(self.windows[1 - window], len(self.removed) - 1)
            assert self.live[id].application == before

    # Undoing what was done some steps ago

    @precondition(lambda self: self.heard or self.removed or self.deleted)
    @rule(which=WHICH, window=WINDOW)
    def undoes_something_done_before(self, which, window):
        ways = (
            (self.take_back, self.heard),
            (self.put_round_back, self.removed),
            (self.restore, self.deleted),
        )
        possible = [(undo, done) for undo, done in ways if done]
        undo, done = possible[which % len(possible)]
        undo(self.desk(window), which % len(done))

    # Deleting, and the time

    @precondition(lambda self: self.live)
    @rule(which=WHICH, window=WINDOW, back=YES)
    def deletes(self, which, window, back):
        id, _ = self.one_of(which)
        desk = self.desk(window)
        desk.delete(id)
        if back:
            assert self.windows[1 - window].restore(id).version == self.live[id].version
        else:
            self.deleted[id] = (self.live.pop(id), self.clock.now())
        self.forgotten(self.too_old())

    @precondition(lambda self: self.deleted)
    @rule(which=WHICH, window=WINDOW)
    def finds_nothing_where_something_was_deleted(self, which, window):
        desk, id = self.desk(window), list(self.deleted)[which % len(self.deleted)]
        known, now = self.deleted[id][0], self.clock.now()
        for act in (
            lambda: desk.open(id),
            lambda: desk.delete(id),
            lambda: desk.reopen(id),
            lambda: desk.log(id, Entry(kind=EntryKind.NOTE, at=now)),
            lambda: desk.tick_item(id, OWN_ITEM),
            lambda: desk.correct(known.application, known.version),
            lambda: desk.reconcile(known.application, known.application),
            lambda: desk.heard_back(id, Entry(kind=EntryKind.REPLY, at=now), PANEL),
            lambda: [desk.withdraw(id, entry.id) for entry in known.application.log] or desk.open(id),
            lambda: [desk.remove_round(id, r.id) for r in known.application.rounds] or desk.open(id),
        ):
            with pytest.raises(UnknownApplication):
                act()

    @precondition(lambda self: self.deleted)
    @rule(window=WINDOW, again=YES)
    def purges(self, window, again):
        desk = self.desk(window)
        old = self.too_old()
        assert desk.purge() == len(old)
        assert not again or self.windows[1 - window].purge() == 0
        self.forgotten(old)

    @rule(hours=HOURS)
    def time_passes(self, hours):
        self.clock.moment += timedelta(hours=hours)

    # Charlie

    @precondition(lambda self: self.live)
    @rule(which=WHICH, deletes=YES)
    def charlie_tries(self, which, deletes):
        desk, id = self.charlies_desk, CHARLIES.id
        for other in {*self.live, *self.deleted} - {id}:
            with pytest.raises(UnknownApplication):
                desk.open(other)
        for gone in self.deleted:
            with pytest.raises(UnknownApplication):
                desk.restore(gone)
        alices, application = self.one_of(which)
        for entry in application.log:
            with pytest.raises(UNKNOWN):
                desk.withdraw(alices, entry.id)
        for heard in self.heard:
            if heard.application_id == id:
                desk.take_back(heard)
        if deletes:
            desk.delete(id)
            desk.restore(id)
        assert desk.purge() == 0


def run(machine, sequences):
    """Try so many random sequences; how many were begun."""
    begun = count()

    def begin():
        next(begun)
        return machine()

    run_state_machine_as_test(begin, settings=settings(RANDOM, max_examples=sequences))
    return next(begun)


@pytest.mark.parametrize("sequences", [SEQUENCES // SHARES] * SHARES)
def test_in_memory_nothing_is_lost_doubled_or_resurrected_and_undo_restores_exactly(sequences):
    assert run(lambda: Sequence(MemoryRepository(), ALICE, CHARLIE), sequences) >= sequences


@pytest.fixture(params=["in a file", "in PostgreSQL"])
def engine(request, tmp_path):
    if request.param == "in PostgreSQL":
        yield request.getfixturevalue("postgresql_engine")
        return
    engine = open_database(f"sqlite:///{tmp_path / 'afterword.sqlite3'}", NOW)
    yield engine
    engine.dispose()


def test_in_a_database_nothing_is_lost_doubled_or_resurrected_and_undo_restores_exactly(engine):
    repository, numbers = SqlRepository(engine), count()
    tried = run(
        lambda: Sequence(repository, *(f"{who} {next(numbers)}" for who in (ALICE, CHARLIE))),
        SEQUENCES_ON_DISK,
    )
    assert tried >= SEQUENCES_ON_DISK
