"""What can be wrong with what a person gave us (problems), and what a caller did wrong (exceptions)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with the input: where it stands and a sentence a person understands.

    `at` is a text that stands on the very line, for problems in files that people write.
    """

    path: str
    sentence: str
    at: str = ""

    def __str__(self) -> str:
        return f"{self.path}: {self.sentence}" if self.path else self.sentence


class AfterwordError(Exception):
    """The base of every exception that Afterword raises on purpose."""


class InvalidApplication(AfterwordError):
    """An application that cannot be planned or kept. Carries every problem that was found."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


class BrokenContent(AfterwordError):
    """Words or numbers under content/ that cannot be used. Carries every problem that was found."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


class NoNumberInForce(AfterwordError):
    """A rule was asked for a number it does not have."""


class StoreUnavailable(AfterwordError):
    """The database cannot be opened; the message is a sentence that says why and what to do."""


class UnknownApplication(AfterwordError):
    """Nobody of this owner's applications has that id."""


class DeletedApplication(UnknownApplication):
    """An application of that id was deleted and can be brought back; the message is a sentence that says so."""

    def __init__(self) -> None:
        super().__init__("This application was deleted; bring it back from what was deleted lately.")


class UnknownEntry(AfterwordError):
    """The application's log has no entry with that id."""


class UnknownRound(AfterwordError):
    """The application has no interview with that id."""


class UnknownScenario(AfterwordError):
    """Practice has no scenario of that id, or the scenario no such answer; the message is a sentence that says so."""

    def __init__(self) -> None:
        super().__init__("This scenario was changed meanwhile; look again, then answer.")


class SomebodyWasFirst(AfterwordError):
    """The application was changed since the version that this edit was based on."""


class UnknownRoom(AfterwordError):
    """No open room has that code; the message is a sentence that says what to do."""

    def __init__(self) -> None:
        super().__init__("No open room has this code. Look at the screen in front and type it again.")


class RoomEnded(AfterwordError):
    """The room is over; the message is a sentence that says so."""

    def __init__(self) -> None:
        super().__init__("This workshop has ended, so nothing in it can be changed any more.")


class RoomStillOpen(AfterwordError):
    """The room goes on, so there is no summary of it yet; the message is a sentence that says what to do."""

    def __init__(self) -> None:
        super().__init__("End the workshop first: its summary is made once nobody can answer any more.")


class RoomFull(AfterwordError):
    """The room takes no more members; the message is a sentence that says so."""

    def __init__(self) -> None:
        super().__init__("This room is full. Tell whoever leads it: a second room can be opened.")


class UnknownBlock(AfterwordError):
    """The agenda has no block of that id."""


class UnknownChoice(AfterwordError):
    """The question has no such answer; the message is a sentence that says what to do."""

    def __init__(self) -> None:
        super().__init__("This question was changed meanwhile; look again, then answer.")


class AnswersClosed(AfterwordError):
    """The question takes no answers at the moment; the message is a sentence that says so."""

    def __init__(self) -> None:
        super().__init__("This question is closed, so your answer was not taken.")


class NotTheLeader(AfterwordError):
    """Somebody without the leader's key or link wanted to lead; the message is a sentence that says so."""

    def __init__(self) -> None:
        super().__init__("This is not the leader's key. It stands in the terminal that started the workshop.")


class TooManyTries(AfterwordError):
    """Too many wrong codes or keys came from one address; `wait` is how many seconds to leave it alone."""

    def __init__(self, wait: int) -> None:
        super().__init__(f"Too many wrong tries from here. Wait {wait} seconds, then try again.")
        self.wait = wait
