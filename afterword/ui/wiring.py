"""The session's desk: whose data it works on, and where that lies. No page asks any other way."""

from __future__ import annotations

import ipaddress
import os
import re
from collections.abc import Mapping
from contextlib import suppress
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import streamlit as st
from sqlalchemy import URL, Engine

from afterword.clock import Clock, process_clock
from afterword.content import HandbookInUse, handbook_in_use
from afterword.desk import Desk
from afterword.domain.errors import StoreUnavailable
from afterword.domain.problems import zone_exists
from afterword.flushing import FLUSHING
from afterword.memo import Memo
from afterword.samples import sample_applications
from afterword.store.database import data_folder, database_url, open_database
from afterword.store.guest import GuestRepository as GuestRepository
from afterword.store.memory import MemoryRepository
from afterword.store.repository import OWNER
from afterword.store.sql import SqlRepository
from afterword.ui import keys
from afterword.visitors import COOKIE, is_token, new_token, rooms_are_offered

if TYPE_CHECKING:  # what rooms need is loaded once there are some
    from afterword.hall import Hall
    from afterword.telling import Teller

FORWARDED = re.compile(
    r"forwarded|via|x-forwarded.*|x-original-.*|x-envoy-.*|cf-.*|tailscale-.*|fly-.*|.*-client-ip|.*-real-ip"
)
HOST = re.compile(r"(?:\[([0-9a-f:.]+)\]|([^:\[\]@/]+))(?::\d+)?", re.IGNORECASE)


class Mode(StrEnum):
    """Where this session's data lies."""

    PERSONAL = "personal"
    GUEST = "guest"
    SAMPLES = "samples"


def desk() -> Desk:
    """The desk of this session."""
    known = memo()
    return Desk(OWNER, known.repository, clock(), words().handbook, zone_here(), known)


def mode() -> Mode:
    """Whose data this session works on."""
    if keys.SAMPLES in st.session_state:
        return Mode.SAMPLES
    return Mode.GUEST if is_guest() else Mode.PERSONAL


def is_guest() -> bool:
    """Whether what this session enters belongs to a guest, whatever it looks around in at the moment."""
    near = st.context.ip_address is None or is_loopback(st.context.ip_address)
    return not (near and visitor_is_owner(server_address(), st.context.headers, os.environ))


def visitor_is_owner(bound: str, headers: Mapping[str, str], environment: Mapping[str, str]) -> bool:
    """Whether whoever sits in front of this session owns the personal store.

    The server is bound to loopback, this session asked for a loopback name, nothing forwarded it, and it was
    not started for guests.
    """
    sent = {name.lower(): value for name, value in headers.items()}
    forwarded = any(map(is_forwarding, sent))
    guests = is_set(environment, "AFTERWORD_GUEST") or is_set(environment, "AFTERWORD_ROOM")
    return (
        is_loopback(bound) and is_loopback(host_name(sent.get("host", ""))) and not forwarded and not guests
    )


@lru_cache(maxsize=256)
def is_forwarding(name: str) -> bool:
    """Whether only who passes a request on adds a header of that name, in lower case."""
    return FORWARDED.fullmatch(name) is not None


def is_set(environment: Mapping[str, str], switch: str) -> bool:
    """Whether a switch was turned on."""
    return environment.get(switch, "") not in {"", "0"}


def is_for_a_workshop() -> bool:
    """Whether this server was started for a workshop: everybody is a guest, and nobody's store is opened."""
    return is_set(os.environ, "AFTERWORD_ROOM")


def server_address() -> str:
    """The address the server is bound to, by start.py and by Streamlit's own setting; the open one of both."""
    said, setting = os.environ.get("AFTERWORD_BOUND"), str(st.get_option("server.address") or "")
    return said if said and (is_loopback(setting) or not is_loopback(said)) else setting


def host_name(host: str) -> str:
    """The name in a Host header, without its port; nothing where it is no proper one."""
    found = HOST.fullmatch(host)
    return (found[1] or found[2]) if found else ""


@lru_cache(maxsize=256)
def is_loopback(name: str) -> bool:
    """Whether a name or an address means this very computer."""
    if name.lower().rstrip(".") == "localhost":
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def in_memory(mode: Mode) -> MemoryRepository:
    """Where the samples, or a guest's applications, are kept."""
    if mode == Mode.SAMPLES:
        samples: MemoryRepository = st.session_state[keys.SAMPLES]
        return samples
    guests: MemoryRepository = st.session_state.setdefault(keys.GUEST, GuestRepository())
    return guests


def memo() -> Memo:
    """What was planned of this session's applications: the whole process's for a store, a guest's own for a guest."""
    here = mode()
    if here == Mode.PERSONAL:
        return memo_of(database_url())
    kept, known = in_memory(here), st.session_state.get(keys.MEMO)
    if not isinstance(known, Memo) or known.repository is not kept:
        known = st.session_state[keys.MEMO] = Memo(kept)
    return known


def where_it_lies() -> str:
    """The file or the database that the owner's applications are in."""
    url = database_url()
    return url.database or str(url) if url.get_backend_name() == "sqlite" else url.render_as_string()


def lies_in_a_file() -> bool:
    """Whether the owner's applications are in a file of this computer's, and not in a database on a server."""
    return database_url().get_backend_name() == "sqlite"


def place_was_named() -> bool:
    """Whether somebody chose the database, and so who may read it."""
    return bool(os.environ.get("AFTERWORD_DATABASE"))


def look_around() -> None:
    """Put sample applications on the desk of this session, in memory and apart from anything kept."""
    samples = MemoryRepository()
    now, zone = clock().now(), zone_here()
    for application in sample_applications(now, zone):
        samples.add(OWNER, application, now)
    st.session_state[keys.SAMPLES] = samples
    forget_what_was_practised()


def stop_looking_around() -> None:
    """Drop the samples, and everything done with them."""
    st.session_state.pop(keys.SAMPLES, None)
    forget_what_was_practised()


def forget_what_was_practised() -> None:
    """Show no answer beside the answers of another desk."""
    for key in (keys.ANSWERED, keys.BEGUN_ANEW):
        st.session_state.pop(key, None)


def warm() -> None:
    """Do the start-up work of this process: load what Today is drawn with, and plan what is in the owner's store."""
    from afterword.ui import agenda, frame, welcome  # noqa: F401 - they import this file themselves

    words()
    owner_here = {"host": "localhost"}
    if visitor_is_owner(server_address(), owner_here, os.environ):
        known = memo_of(database_url())
        with suppress(Exception):  # the page itself says what is wrong, and a server that ended could not
            known.today(OWNER, clock().now(), words().handbook, "UTC")


def rooms_are_open() -> bool:
    """Whether somebody may open rooms on this server."""
    return rooms_are_offered(os.environ)


def rooms_are_kept() -> bool:
    """Whether there may be rooms to erase: they are open here, or somebody opened some before."""
    from afterword.store.rooms import rooms_file

    try:
        return rooms_are_open() or rooms_file().exists()
    except StoreUnavailable:
        return False


@st.cache_resource(max_entries=1, show_spinner=False)
def hall() -> Hall:
    """The rooms of this server, opened once a process. Raises StoreUnavailable."""
    from afterword.bell import Bell
    from afterword.hall import Hall
    from afterword.store.rooms import open_rooms, rooms_file

    key = os.environ.get("AFTERWORD_LEADER_KEY", "")
    return Hall(open_rooms(rooms_file()), clock(), words().handbook, key, Bell())


@st.cache_resource(max_entries=1, show_spinner=False)
def teller() -> Teller:
    """Who tells the browsers what changes in a room."""
    from afterword.telling import Teller

    return Teller(hall().pulse, hall().bell)


def visitor() -> str:
    """As whom rooms know this browser: by its cookie, or where it takes none, as long as the session lasts."""
    given = st.context.cookies.get(COOKIE)
    if given and is_token(given):
        return given
    made: str = st.session_state.setdefault(keys.VISITOR, new_token())
    return made


def visitor_address() -> str:
    """The network address that this session comes from, as the server knows it; empty for this very computer."""
    return st.context.ip_address or ""


def room_address() -> str:
    """Where members of a room find this server: what start.py says, else how this very browser found it."""
    said = os.environ.get("AFTERWORD_ADDRESS")
    if said:
        return said
    here = urlsplit(st.context.url or "")
    return f"{here.scheme}://{here.netloc}" if here.netloc else f"http://{st.context.headers.get('host', '')}"


def zone_here() -> str:
    """The time zone of the visitor's browser, UTC where it says none that exists."""
    zone = st.context.timezone
    return zone if zone and zone_exists(zone) else "UTC"


@st.cache_resource(max_entries=4, show_spinner=False, hash_funcs={URL: str})
def engine(url: URL) -> Engine:
    """The database, opened and migrated once a process."""
    return open_database(url, clock().now(), FLUSHING.begin if FLUSHING.is_waited_for else None)


@st.cache_resource(max_entries=4, show_spinner=False, hash_funcs={URL: str})
def memo_of(url: URL) -> Memo:
    """What was planned of a store in this process; each of its owners is told of their own."""
    return Memo(SqlRepository(engine(url)))


@st.cache_resource(max_entries=1, show_spinner=False)
def clock() -> Clock:
    """The clock of this process."""
    return process_clock()


@st.cache_resource(max_entries=1, show_spinner=False)
def words() -> HandbookInUse:
    """The handbook in use, and what is wrong with the words under content/ if it is not the newest."""
    return handbook_in_use(folder_for_words())


def folder_for_words() -> Path | None:
    """Where good words are kept for a day on which the newest are broken; nowhere on a computer for guests."""
    if is_set(os.environ, "AFTERWORD_GUEST"):
        return None
    try:
        return data_folder() / "last-good-content"
    except OSError:
        return None
