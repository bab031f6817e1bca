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
