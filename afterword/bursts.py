"""Answers that are made in one run and reach a browser in one go, so that it draws the page once for each.

A browser draws the whole page again for the news that a run has begun, and once more for what the run has drawn.
Where both come together it does both at once; and the loop that sends them is woken once, not for every element.
See docs/decisions/023-an-answer-in-one-go.md.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from threading import Lock
from typing import Any
from weakref import WeakValueDictionary

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import get_instance
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.scriptrunner import RerunData, ScriptRunner, ScriptRunnerEvent, get_script_run_ctx
from streamlit.runtime.scriptrunner_utils.run_descriptor import RunDescriptor
from streamlit.runtime.scriptrunner_utils.script_run_context import RunLocation, ThreadState
from streamlit.runtime.session_manager import ActiveSessionInfo, SessionClientDisconnectedError

LOG = logging.getLogger(__name__)
AT_ONCE = 200  # messages a turn of the loop, which empties a connection; one where 500 wait is given up
PATIENCE = 0.05  # seconds after which what is there of a longer run goes out, and the rest of it as it comes
BEGINS, GIVES_WAY = ScriptRunnerEvent.SCRIPT_STARTED, ScriptRunnerEvent.SCRIPT_STOPPED_FOR_RERUN
ENDS = frozenset(
    {
        ScriptRunnerEvent.SCRIPT_STOPPED_WITH_COMPILE_ERROR,
        ScriptRunnerEvent.SCRIPT_STOPPED_WITH_SUCCESS,
        ScriptRunnerEvent.FRAGMENT_STOPPED_WITH_SUCCESS,
        ScriptRunnerEvent.SHUTDOWN,
    }
)
IDS, RUN = "fragment_ids_this_run", "run_descriptor"
# Says that the server is there and nothing else. A browser that is at rest draws for the first message that it gets,
# and for the others once more; while it hears this one the others come to lie beside each other.
KNOCK = ForwardMsg(heartbeat_ack=True)
Event = tuple[ScriptRunner | None, ScriptRunnerEvent, dict[str, Any]]


class Told:
    """What the runs of one session have told and its browser has not heard yet, in its order.

    Runs tell in a thread of their own; everything else is done in the loop's.
    """

    def __init__(self) -> None:
        self.kept: list[Event] = []
        self.waits = False
        self.begun: dict[str, Any] = {}  # what was told when the latest run began
        self.grown: RunDescriptor | None = None  # the run that draws other parts than it began with
        self.late: asyncio.TimerHandle | None = None
        self.leaving: list[ForwardMsg] = []  # on its way, where that takes more than one turn of the loop
        self._is_going = False
        self._lock = Lock()

    def take(
        self, session: AppSession, runner: ScriptRunner | None, event: ScriptRunnerEvent, **more: Any
    ) -> None:
        """Keep what a run tells until it has ended, unless that takes long.

        A run that gave way to another before it drew anything is as if it had not been.
        """
        with self._lock:
            if event == GIVES_WAY and self.kept and self.kept[-1][:2] == (runner, BEGINS):
                self.kept.pop()
                return
            self.kept.append((runner, event, self.as_grown(more)))
            self.begun = more if event == BEGINS else self.begun
            begins = event == BEGINS and not self.waits
            # Another runner than the session's own has one in its place already.
            ends = event in ENDS and runner is session._scriptrunner
            self.waits = (self.waits or begins) and not ends
            goes = not self.waits and not self._is_going
            self._is_going = self._is_going or goes
        if goes or begins:
            session._call_soon_on_event_loop(partial(self.let_go if goes else self.expect, session))

    def draw(self, drawn: list[str], ids: Sequence[str]) -> bool:
        """Have the latest run, which began with drawing some parts, draw these; not where that was another run.

        Its browser may have heard of it already, where it takes long; then it hears of them when it ends.
        """
        with self._lock:
            if self.begun.get(IDS) is not drawn:
                return False
            drawn[:] = ids
            self.grown = replace(self.begun[RUN], fragment_ids=tuple(ids))
            self.kept = [(runner, event, self.as_grown(more)) for runner, event, more in self.kept]
            return True

    def as_grown(self, more: dict[str, Any]) -> dict[str, Any]:
        """What is told of a run, with the parts that it draws in the end: by them a browser clears what is no more."""
        run: RunDescriptor | None = more.get(RUN)
        if run is None or self.grown is None or run.script_run_id != self.grown.script_run_id:
            return more
        return {**more, RUN: self.grown}

    def expect(self, session: AppSession) -> None:
        """Wait no longer than that for the end of a run."""
        self.stop_waiting()
        self.late = asyncio.get_running_loop().call_later(PATIENCE, self.lose_patience, session)

    def lose_patience(self, session: AppSession) -> None:
        """Send what there is although the run goes on."""
        with self._lock:
            self.waits = False
        self.let_go(session)

    def let_go(self, session: AppSession) -> None:
        """Send what was kept."""
        with self._lock:
            going, self.kept, self._is_going = self.kept, [], False
        if not self.waits:
            self.stop_waiting()
        with unannounced(session):
            for runner, event, more in going:
                try:
                    session._handle_scriptrunner_event_on_event_loop(runner, event, **more)
                except Exception:  # what comes after it must not be lost
                    LOG.exception("Nobody has heard of %s", event)
        self.send(session)

    def send(self, session: AppSession) -> None:
        """Send all that waits in a session's queue; where its browser is gone it stays until that is back."""
        there = connection_of(session)
        if there is None:
            return
        waiting = session.flush_browser_queue()
        if self.leaving:
            self.leaving += waiting
        else:
            self.leaving = [KNOCK, *waiting] if len(waiting) > 1 else waiting
            self.send_some(session, there)

    def send_more(self, session: AppSession) -> None:
        """Go on with what is on its way; whoever comes back after a break has everything drawn anew."""
        there = connection_of(session)
        if there is None:
            self.leaving = []
        else:
            self.send_some(session, there)

    def send_some(self, session: AppSession, there: ActiveSessionInfo) -> None:
        """Send as much as a connection takes in one turn of the loop, and the rest in the next ones."""
        runtime = get_instance()
        now, self.leaving = self.leaving[:AT_ONCE], self.leaving[AT_ONCE:]
        try:
            for message in now:
                runtime._send_message(there, message)
        except SessionClientDisconnectedError:
            self.leaving = []
            runtime.disconnect_session(session.id, client=there.client)
        if self.leaving:
            asyncio.get_running_loop().call_soon(self.send_more, session)
        else:
            session.on_flushed_messages_sent()

    def stop_waiting(self) -> None:
        """Expect the end of no run any more."""
        if self.late is not None:
            self.late.cancel()
            self.late = None


TOLD: WeakValueDictionary[str, Told] = WeakValueDictionary()  # by session, for as long as that is there


def told_in(session: AppSession) -> Told:
    """What a session has told and not sent."""
    found: Told | None = vars(session).get("told")
    if found is None:
        found = vars(session)["told"] = TOLD[session.id] = Told()
    return found


def drawn_in_this_run(parts: Sequence[str]) -> bool:
    """Whether this very run draws these parts beside what was clicked in, since it has drawn nothing yet.

    It is for callbacks. Where it is not, `st.rerun` has another run draw them.
    """
    run = get_script_run_ctx()
    told = TOLD.get(run.session_id) if run else None
    is_asked_by_callback = ThreadState.get().run_location == RunLocation.CALLBACK
    if run is None or told is None or not run.fragment_ids_this_run or not is_asked_by_callback:
        return False
    drawn, storage = run.fragment_ids_this_run, run.fragment_storage
    ids = dict.fromkeys([*drawn, *storage.resolve_target(parts)])
    return told.draw(drawn, storage.order_fragment_ids(list(ids)))


def connection_of(session: AppSession) -> ActiveSessionInfo | None:
    """How a session's browser is reached, None while it is gone."""
    return get_instance()._session_mgr.get_active_session_info(session.id)


@contextmanager
def unannounced(session: AppSession) -> Iterator[None]:
    """Meanwhile a session's messages wait in its queue, and the loop that looks at all sessions is not woken."""
    announce, session._message_enqueued_callback = session._message_enqueued_callback, None
    try:
        yield
    finally:
        session._message_enqueued_callback = announce


def is_in_the_loop() -> bool:
    """Whether this is the thread of a loop, and not a run's or another one."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True


def in_one_go() -> None:
    """Have the sessions of this process tell their browsers in one go. The names are Streamlit's own."""
    create = AppSession._create_scriptrunner

    def hear(session: AppSession, sender: ScriptRunner | None, event: ScriptRunnerEvent, **more: Any) -> None:
        told_in(session).take(session, sender, event, **more)

    def create_once_told(session: AppSession, initial_rerun_data: RerunData) -> None:
        told = told_in(session)
        told.waits = True
        if not is_in_the_loop():  # but in the thread of a developer's file watcher
            session._call_soon_on_event_loop(partial(told.expect, session))
        else:
            if told.kept:
                told.let_go(session)  # nobody listens to a runner any more once there is another
            told.expect(session)
        create(session, initial_rerun_data)

    AppSession._on_scriptrunner_event = hear  # type: ignore[assignment]
    AppSession._create_scriptrunner = create_once_told  # type: ignore[assignment]
