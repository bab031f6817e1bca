"""What a cell says of how it ended, in the words people use in several languages."""

from __future__ import annotations

import re

from afterword.domain.model import Result
from afterword.formats.tables.dates import plain

WORDS: dict[Result, str] = {
    Result.REJECTED: "rejected; rejection; declined by them; turned down; not selected; unsuccessful; absage; abgelehnt; "
    "abgesagt; refus; refuse; refusee; negatif; rechazado; rechazada; descartado; descartada",
    Result.OFFER: "offer; offered; offer received; got offer; job offer; angebot; zusage; offre; offre recue; proposition; "
    "oferta; oferta recibida",
    Result.ACCEPTED: "accepted; offer accepted; hired; accepted offer; angenommen; zugesagt; accepte; acceptee; embauche; "
    "aceptado; aceptada; contratado; contratada",
    Result.DECLINED: "offer declined; i declined; declined offer; selbst abgesagt; angebot abgelehnt; "
    "offre refusee; oferta rechazada",
    Result.WITHDRAWN: "withdrawn; withdrew; i withdrew; zuruckgezogen; retire; retiree; candidature retiree; retirado; retirada",
    Result.NO_ANSWER: "no answer; no response; ghosted; no reply; never heard back; keine antwort; keine ruckmeldung; "
    "sans reponse; pas de reponse; sin respuesta",
}
RESULT_OF = {word: result for result, words in WORDS.items() for word in words.split("; ")}
# What says that it goes on, or that nothing is known.
GOES_ON = (
    "applied; open; pending; waiting; in progress; active; interview; interviewing; interviewed; phone screen; screening; "
    "draft; saved; submitted; sent; under review; scheduled; new; beworben; offen; laufend; wartet; im gesprach; "
    "en cours; en attente; postule; entretien; pendiente; en proceso; abierto; entrevista; enviado"
)
OPEN = frozenset(GOES_ON.split("; "))
# What people write for either: they were turned down, they turned it down, or nobody ever wrote.
EITHER = {
    "declined": (Result.REJECTED, Result.DECLINED),
    "decline": (Result.REJECTED, Result.DECLINED),
    "no": (Result.REJECTED, Result.DECLINED),
    "closed": (Result.REJECTED, Result.NO_ANSWER, Result.WITHDRAWN),
    "dead": (Result.REJECTED, Result.NO_ANSWER),
}
LONGEST_FIRST = sorted(RESULT_OF, key=len, reverse=True)


def said_result(text: str) -> Result | None:
    """The result that the text names and nothing else; None where it names none, or more."""
    return RESULT_OF.get(words_of(text))


def hinted_results(text: str) -> tuple[Result, ...]:
    """The results that a text may mean, of which only the person can be sure; none where it hints at none."""
    said = words_of(text)
    if said in OPEN or said in RESULT_OF:
        return ()
    if said in EITHER:
        return EITHER[said]
    hint = next((RESULT_OF[w] for w in LONGEST_FIRST if len(w) > 3 and re.search(rf"\b{w}\b", said)), None)
    return (hint,) if hint else ()


def words_of(text: str) -> str:
    """The words of a text, in small letters, without signs at its ends; a question mark makes it doubtful."""
    said = plain(text)
    return " ".join(re.sub(r"[^\w?]+", " ", said).split())
