"""The two addresses by which a browser hears from a room: a stream of events, and what is at the moment."""

from __future__ import annotations

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from afterword.domain.errors import StoreUnavailable
from afterword.telling import Teller, TooManyLines, words_of

NOT_KEPT = {"cache-control": "no-store", "x-accel-buffering": "no"}  # the latter lets events through a proxy
RETRY = 5  # seconds


def routes_to(teller: Callable[[], Teller]) -> list[Route]:
    """Both addresses; the teller is asked for once somebody comes."""

    async def now(request: Request) -> Response:
        """The turn of a room, how many joined, how many answered; 404 where it never was or is erased."""
        try:
            pulse = await teller().look(request.path_params["room"])
        except StoreUnavailable:
            return busy()
        return PlainTextResponse(words_of(pulse) if pulse else "", 200 if pulse else 404, NOT_KEPT)

    async def events(request: Request) -> Response:
        """The same as a stream, with each change; `?moves` leaves out who joins and answers."""
        room_id, only_moves = request.path_params["room"], "moves" in request.query_params
        try:
            if await teller().look(room_id) is None:
                return PlainTextResponse("", 404, NOT_KEPT)
            stream = teller().events(room_id, only_moves)
        except (StoreUnavailable, TooManyLines):
            return busy()
        return StreamingResponse(stream, media_type="text/event-stream", headers=NOT_KEPT)

    return [Route("/room/{room}/now", now), Route("/room/{room}/events", events)]


def busy() -> Response:
    """Asks the browser to come again."""
    return PlainTextResponse("", 503, {**NOT_KEPT, "retry-after": str(RETRY)})
