"""What a websocket is sent in one turn of the loop leaves in one packet, and nothing of it is lost at the end."""

import asyncio
import socket

from afterword.packets import Gathering, InOnePacket
from tests.server.loop import in_a_loop


def between(do):
    """What comes of it where a transport writes to one end of a line, and the other end is read."""

    async def both():
        ours, theirs = socket.socketpair()
        theirs.setblocking(False)
        with theirs:
            transport, _ = await asyncio.get_running_loop().create_connection(asyncio.Protocol, sock=ours)
            try:
                return await do(Gathering(transport), theirs)
            finally:
                transport.abort()

    return in_a_loop(both())


async def read(line):
    async with asyncio.timeout(20):
        return await asyncio.get_running_loop().sock_recv(line, 1024)


def test_what_is_written_in_one_turn_leaves_together_at_its_end():
    async def write(transport, line):
        written = []
        inner = transport._transport.write
        transport._transport.write = lambda data: (written.append(data), inner(data))
        transport.write(b"one ")
        transport.write(b"two")
        before = list(written)
        await asyncio.sleep(0)
        transport.write(b"three")
        await asyncio.sleep(0)
        return before, written, await read(line)

    before, written, heard = between(write)
    assert before == []
    assert written == [b"one two", b"three"]
    assert heard.startswith(b"one two")


def test_whoever_closes_loses_nothing():
    async def write(transport, line):
        transport.write(b"last")
        transport.close()
        return await read(line), await read(line)

    assert between(write) == (b"last", b"")


def test_nothing_is_written_to_a_line_that_is_gone():
    async def write(transport, _):
        transport.write(b"too late")
        transport.abort()
        await asyncio.sleep(0)
        return transport.is_closing()

    assert between(write)


class Connection:
    """What uvicorn has for a connection, as far as it is reached for."""

    def __init__(self, transport):
        self.transport = transport

    async def send(self, message):
        """Nothing."""


def transport_of(kind, send=None):
    """The transport of a connection once a request of that kind was passed on."""

    async def pass_on(transport, _):
        passed, connection = [], Connection(transport._transport)

        async def app(*request):
            passed.append(request)

        given = send or connection.send
        await InOnePacket(app)({"type": kind}, None, given)
        assert passed == [({"type": kind}, None, given)]
        return type(connection.transport)

    return between(pass_on)


def test_only_websockets_gather():
    assert transport_of("websocket") is Gathering
    assert transport_of("http") is not Gathering


def test_where_there_is_no_connection_to_reach_all_goes_on():
    async def send(_):
        """Nobody's method."""

    assert transport_of("websocket", send) is not Gathering
