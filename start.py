"""Start Afterword, or test it, with nothing but Python itself.

    python3 start.py            set up where needed, serve on this computer only, open the browser
    python3 start.py workshop   serve a workshop to the local network, for guests alone
    python3 start.py setup      set up and stop
    python3 start.py test ...   run the tests; whatever follows goes to pytest

Everything is installed into .venv beside this file, each download checked against the hash recorded for it.
What is missing is told in one sentence with its remedy. The file keeps to words that Python 3.6 can read, so
that an old Python gives such a sentence too, and not a syntax error; that is why some annotations are quoted.
"""

import argparse
import contextlib
import errno
import hashlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, Callable, Dict, Iterator, List, NamedTuple, Optional, Sequence, Tuple

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

OLDEST_PYTHON = (3, 11)
HOST = "127.0.0.1"
USUAL_PORT = 8501
SECONDS_TO_START = 60
KEY_SIGNS = "BCDFGHJKMNPQRSTVWXZ23456789"  # no vowels, and no sign that is read as another

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "afterword-installed.json"
GUARD = VENV / "afterword-setup.lock"

TO_RUN = ("requirements.txt",)
TO_TEST = ("requirements.txt", "requirements-dev.txt")

BROWSER_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
BROWSER_PATHS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "~/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "%ProgramFiles%\\Google\\Chrome\\Application\\chrome.exe",
    "%ProgramFiles(x86)%\\Google\\Chrome\\Application\\chrome.exe",
    "%LocalAppData%\\Google\\Chrome\\Application\\chrome.exe",
    "%LocalAppData%\\Chromium\\Application\\chrome.exe",
)

# What pip says when it fails, and what that means to a person; where nothing of this fits, it is the network.
PIP_FAILURES = {
    "DO NOT MATCH THE HASHES": (
        "A download did not match the hash recorded for it, so nothing was installed: run the same command "
        "again, and if it stays so, do not trust where your downloads come from."
    ),
    "No space left on device": (
        "The disk is full, so the packages could not be installed: free some space and run the same command "
        "again."
    ),
}
NO_NETWORK = (
    "The packages could not be installed (pip's last words are above): check the network connection and run "
    "the same command again."
)


TO_THE_LEADER = """\
Your leader's key: {key}
Open {address}/workshop and type the key there; without it nobody can open a room.
The connection is plain HTTP: others on this network could read along, so nobody should type anything secret.
If nobody can reach that address, this computer may be in several networks: stop, and name its address in the
right one, for example: python3 start.py workshop --address 192.168.1.7"""


class Problem(Exception):
    """Something is missing or wrong; the message is the one sentence that the person reads."""


# ---- Words to the person -------------------------------------------------------------------------------


def say(sentence: str) -> None:
    """Tell the person something at once, even where the output is a pipe."""
    print(sentence, flush=True)


def show_last_lines(output: str, count: int = 12) -> None:
    """Put a failed tool's last words on standard error, ahead of our own sentence."""
    print("\n".join(output.rstrip().splitlines()[-count:]), file=sys.stderr, flush=True)


def check_python(version: "Sequence[Any]") -> None:
    """Refuse a Python that the packages do not support, before anything of it is used."""
    if tuple(version[:2]) < OLDEST_PYTHON:
        raise Problem(
            "Afterword needs Python %d.%d or newer and this is %d.%d: install a newer one (python.org, or "
            "your system's packages) and start with it, for example: python3.12 start.py"
            % (OLDEST_PYTHON + tuple(version[:2]))
        )


# ---- Other programs ------------------------------------------------------------------------------------


def run_quietly(command: "Sequence[Any]", **options: Any) -> "Tuple[bool, str]":
    """Run a tool to its end; tell whether it succeeded and all that it printed, to show only if needed."""
    done = subprocess.run(
        [str(part) for part in command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        **options,
    )
    return done.returncode == 0, done.stdout


@contextlib.contextmanager
def running(
    command: "Sequence[Any]", env: "Dict[str, str]", patience: float
) -> "Iterator[subprocess.Popen[bytes]]":
    """Have a program running from the project's folder, and never leave it behind."""
    child = subprocess.Popen([str(part) for part in command], cwd=str(ROOT), env=env)
    try:
        yield child
    finally:
        end(child, patience)


def end(child: "subprocess.Popen[bytes]", patience: float) -> None:
    """Give a program some time to end by itself, then ask it to, then make it."""
    for ask, seconds in ((None, patience), (child.terminate, 10), (child.kill, 10)):
        with contextlib.suppress(subprocess.TimeoutExpired, KeyboardInterrupt):
            if ask:
                ask()
            child.wait(seconds)
            return


def run_in_front(command: "Sequence[Any]", env: "Dict[str, str]") -> int:
    """Run a tool as if it had been called itself and hand back its exit status.

    Ctrl-C in a terminal reaches the tool as well, so it is given time to close with its own summary.
    """
    with running(command, env, patience=10) as child, contextlib.suppress(KeyboardInterrupt):
        child.wait()
    return child.returncode if child.returncode >= 0 else 128 - child.returncode


# ---- Setting up ----------------------------------------------------------------------------------------


def prepare(*locks: str) -> None:
    """Have .venv hold exactly what the lock files say; where it does already, do nothing."""
    wanted = fingerprint(locks)
    if is_ready(wanted):
        return
    try:
        with one_at_a_time():
            if not is_ready(wanted):
                install(locks, wanted)
    except OSError as error:
        raise Problem(
            "The folder %s cannot be written to (%s): move Afterword to a folder of your own and start it "
            "there." % (ROOT, error.strerror or error)
        ) from None


def fingerprint(locks: "Sequence[str]") -> "Dict[str, str]":
    """What the stamp in .venv must say for these lock files to count as installed."""
    wanted = {"python": "%d.%d" % sys.version_info[:2]}
    for name in locks:
        try:
            wanted[name] = hashlib.sha256((ROOT / name).read_bytes()).hexdigest()
        except OSError:
            raise Problem(
                "%s is missing beside start.py: fetch a complete copy of Afterword." % name
            ) from None
    return wanted


def is_ready(wanted: "Dict[str, str]") -> bool:
    """Whether the stamp says that all is installed and .venv still works."""
    return wanted.items() <= read_stamp().items() and venv_works()


def read_stamp() -> "Dict[str, str]":
    """What was installed to the end; nothing where there is no stamp or it cannot be read."""
    try:
        return dict(json.loads(STAMP.read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {}


def write_stamp(installed: "Dict[str, str]") -> None:
    """Put the stamp in place in one move, so that nobody ever reads half of it."""
    draft = STAMP.with_suffix(".new")
    draft.write_text(json.dumps(installed, indent=1, sort_keys=True), encoding="utf-8")
    os.replace(str(draft), str(STAMP))


def venv_works() -> bool:
    """Whether .venv's Python runs, is of this version and has pip: it may be half made or outdated."""
    if is_this_python():
        return True
    ask = "import pip, sys; print('%d.%d' % sys.version_info[:2])"
    try:
        works, answer = run_quietly([PYTHON, "-I", "-c", ask], timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return works and answer.split()[-1:] == ["%d.%d" % sys.version_info[:2]]


def is_this_python() -> bool:
    """Whether .venv leads to the very Python that runs this file and has pip: then it need not be tried."""
    pip = VENV / "lib" / ("python%d.%d" % sys.version_info[:2]) / "site-packages" / "pip" / "__init__.py"
    return pip.exists() and os.path.realpath(str(PYTHON)) == os.path.realpath(sys.executable)


def install(locks: "Sequence[str]", wanted: "Dict[str, str]") -> None:
    """Install the lock files; the stamp is gone meanwhile, so that an interruption counts for nothing."""
    installed = read_stamp()
    with contextlib.suppress(FileNotFoundError):
        STAMP.unlink()
    say("Setting up in %s: this is needed only once and may take a few minutes ..." % VENV)
    if not venv_works():
        installed = {}
        build_venv()
    pip_install(locks)
    write_stamp(dict(installed, **wanted))


def build_venv() -> None:
    """Make .venv anew with the Python that runs this file."""
    check_venv_parts()
    for entry in VENV.iterdir():
        if entry != GUARD:
            remove(entry)
    # When started with .venv's own Python, that one has just been removed: the one it was made from is not.
    maker = getattr(sys, "_base_executable", None) or sys.executable
    made, output = run_quietly([maker, "-m", "venv", VENV])
    if not made:
        show_last_lines(output)
        raise Problem(
            "Python could not make %s (its words are above): reinstall Python and start again." % VENV
        )


def check_venv_parts() -> None:
    """Tell in advance what some systems leave out of Python."""
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        raise Problem(
            "This Python comes without its venv module: install it (Debian, Ubuntu: sudo apt install "
            "python3-venv) and start again."
        ) from None


def remove(entry: Path) -> None:
    """Delete a file, a link or a whole folder."""
    if entry.is_dir() and not entry.is_symlink():
        shutil.rmtree(str(entry))
    else:
        entry.unlink()


def pip_install(locks: "Sequence[str]") -> None:
    """Install what the lock files list, and refuse any download that does not have the recorded hash."""
    command = [PYTHON, "-I", "-m", "pip", "install", "--require-hashes", "--no-input"]
    command += ["--disable-pip-version-check", "--progress-bar", "off"]
    for name in locks:
        command += ["-r", ROOT / name]
    installed, output = run_quietly(command)
    if not installed:
        show_last_lines(output)
        raise Problem(next((PIP_FAILURES[mark] for mark in PIP_FAILURES if mark in output), NO_NETWORK))


@contextlib.contextmanager
def one_at_a_time() -> "Iterator[None]":
    """Keep a second start out of .venv while the first is setting it up.

    The system lets go of the lock when its holder ends, however it ends, so none is ever left behind.
    """
    VENV.mkdir(exist_ok=True)
    with open(str(GUARD), "a") as guard:
        if not try_to_lock(guard):
            say("Another start is setting up already: waiting for it ...")
            while not try_to_lock(guard):
                time.sleep(0.2)
        yield


def try_to_lock(file: Any) -> bool:
    """Lock an open file if nobody else has; it stays locked until it is closed."""
    try:
        if sys.platform == "win32":
            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in (errno.EACCES, errno.EAGAIN, errno.EDEADLK):
            return False
        raise
    return True


# ---- Serving -------------------------------------------------------------------------------------------


def serve(args: argparse.Namespace) -> int:
    """Serve Afterword to this computer alone until Ctrl-C."""
    check_port(args.port)
    prepare(*TO_RUN)
    address = "http://%s:%d" % (HOST, args.port)
    # Windows has no polite way to ask: there the server is left time for the Ctrl-C that it got itself.
    patience = 5 if os.name == "nt" else 0
    guests = {"AFTERWORD_GUEST": "1"} if args.guest else {}
    with running(server_command(args.port), server_environment(HOST, guests), patience) as server:
        try:
            wait_until_it_answers(server, address)
            say("Afterword is running at %s (Ctrl-C stops it)" % address)
            if args.browser and has_screen():
                open_page(address)
            server.wait()
        except KeyboardInterrupt:
            return 0
    raise Problem("The server ended by itself (its last words, if any, are above): start it again.")


def port_number(text: str) -> int:
    """Read --port."""
    if not (text.isdecimal() and 1024 <= int(text) <= 65535):
        raise Problem(
            '"%s" is not a port: choose a number from 1024 to 65535, for example --port 8600.' % text
        )
    return int(text)


def check_port(port: int, host: str = HOST) -> None:
    """Tell a port that is taken before anything is installed; never take another one silently."""
    try:
        with socket.socket() as probe:
            if os.name != "nt":  # where this option means something else
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except PermissionError:
        raise Problem(
            "Port %d is kept for the system: choose another, for example --port 8600." % port
        ) from None
    except OSError as error:
        if error.errno == errno.EADDRNOTAVAIL:
            raise Problem(
                "%s is not an address of this computer: look it up in the network settings, or leave --address "
                "out." % host
            ) from None
        raise Problem(
            "Port %d is in use, perhaps by an Afterword that is already running: stop that, or choose "
            "another port, for example: python3 start.py --port %d"
            % (port, port + 1 if port < 65535 else 8600)
        ) from None


def server_command(port: int, host: str = HOST) -> "List[Any]":
    """The server takes no word from proxies, and an open page does not hold up its end."""
    command = [PYTHON, "-m", "uvicorn", "server:app", "--host", host, "--port", port, "--no-proxy-headers"]
    command += ["--app-dir", ROOT, "--log-level", "warning", "--no-access-log"]
    return [*command, "--timeout-graceful-shutdown", 3]


def server_environment(host: str, more: "Dict[str, str]") -> "Dict[str, str]":
    """Tell the app which address it is bound to, and more.

    What Python compiles of it is kept, whatever is usual here: doing so anew takes a fifth of each start.
    """
    environment = dict(os.environ, AFTERWORD_BOUND=host, **more)
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return environment


def wait_until_it_answers(server: "subprocess.Popen[bytes]", address: str) -> None:
    """Return once the server has the page, so that the browser never opens on an error of its own.

    The rest is loaded while the browser reads the files that the page names.
    """
    deadline = time.monotonic() + SECONDS_TO_START
    while not answers(address):
        if server.poll() is not None:
            raise Problem("The server ended before it answered: its own words are above.")
        if time.monotonic() > deadline:
            raise Problem("The server did not answer within %d seconds: start it again." % SECONDS_TO_START)
        time.sleep(0.01)


def answers(address: str) -> bool:
    """Whether the server has the page, asked directly even where a proxy is set."""
    place = address.partition("//")[2]
    host, _, port = place.rpartition(":")
    try:
        with socket.create_connection((host, int(port)), timeout=5) as line:
            line.sendall(("HEAD / HTTP/1.0\r\nHost: %s\r\nAccept-Encoding: gzip\r\n\r\n" % place).encode())
            return line.makefile("rb").readline().split()[1:2] == [b"200"]
    except OSError:
        return False


def open_page(address: str) -> None:
    """Open the browser; where that fails the address has been printed all the same."""
    import webbrowser

    with contextlib.suppress(webbrowser.Error):
        webbrowser.open(address)


def has_screen() -> bool:
    """Whether a browser window is likely to be seen by anyone."""
    if os.environ.get("CI"):
        return False
    if sys.platform.startswith("linux"):
        return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    return True


# ---- A workshop ----------------------------------------------------------------------------------------


def workshop(args: argparse.Namespace) -> int:
    """Serve a workshop to the network this computer is in until Ctrl-C: everybody is a guest, one may lead."""
    host = args.address or address_here()
    check_port(args.port, host)
    prepare(*TO_RUN)
    address = "http://%s:%d" % (host, args.port)
    key = os.environ.get("AFTERWORD_LEADER_KEY") or new_key()
    room = {"AFTERWORD_ROOM": "1", "AFTERWORD_ADDRESS": address, "AFTERWORD_LEADER_KEY": key}
    environment = server_environment(host, room)
    with running(server_command(args.port, host), environment, 5 if os.name == "nt" else 0) as server:
        try:
            wait_until_it_answers(server, address)
            welcome_the_leader(address, key)
            if args.browser and has_screen():
                open_page(address + "/workshop")
            server.wait()
        except KeyboardInterrupt:
            return 0
    raise Problem("The server ended by itself (its last words, if any, are above): start it again.")


def welcome_the_leader(address: str, key: str) -> None:
    """Say all that somebody needs to hold a workshop, and who could read along."""
    code = code_to_scan(address)
    first = "The workshop is running at %s (Ctrl-C stops it)" % address
    rest = TO_THE_LEADER.format(key=key, address=address)
    try:
        say("\n".join((first, code + rest)))
    except UnicodeEncodeError:  # a terminal that lacks the signs the code is drawn with
        say("\n".join((first, rest)))


def code_to_scan(address: str) -> str:
    """The address as a QR code for the terminal; nothing where it could not be drawn."""
    draw = "import segno, sys; segno.make_qr(sys.argv[1]).terminal(compact=True, border=2)"
    drawn, picture = run_quietly([PYTHON, "-I", "-X", "utf8", "-c", draw, address])
    return picture if drawn else ""


def address_here() -> str:
    """The address of this computer in its network."""
    found = [a for a in possible_addresses() if is_of_a_network(a) and is_here(a)]
    if not found:
        raise Problem(
            "This computer is in no network that others could join it by: connect it to one, name its address "
            "with --address, or try it alone with: python3 start.py workshop --address %s" % HOST
        )
    return found[0]


def possible_addresses() -> "Iterator[str]":
    """Addresses of this computer, the most likely one first."""
    with contextlib.suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(("192.0.2.1", 9))  # chooses a way out and sends nothing; nobody has this address
        yield str(probe.getsockname()[0])
    with contextlib.suppress(OSError):
        for address in socket.gethostbyname_ex(socket.gethostname())[2]:
            yield str(address)


def is_of_a_network(address: str) -> bool:
    """Whether others could reach this computer by that address."""
    import ipaddress

    ip = ipaddress.ip_address(address)
    return not (ip.is_loopback or ip.is_unspecified or ip.is_link_local)


def is_here(address: str) -> bool:
    """Whether an address is this computer's: a list of names may still hold one that it had elsewhere."""
    with contextlib.suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind((address, 0))
        return True
    return False


def new_key() -> str:
    """A key that can be read aloud and typed, and not guessed: three times four signs, none like another."""
    import secrets

    return "-".join("".join(secrets.choice(KEY_SIGNS) for _ in range(4)) for _ in range(3))


def network_address(text: str) -> str:
    """Read --address."""
    import ipaddress

    try:
        if not ipaddress.IPv4Address(text).is_unspecified:
            return text
    except ValueError:
        pass
    raise Problem('"%s" is not one address of this computer: name one such as --address 192.168.1.7.' % text)


# ---- A browser for the tests ---------------------------------------------------------------------------


def environment_with_browser(system: bool) -> "Dict[str, str]":
    """Tell the tests their browser: AFTERWORD_BROWSER is its path, or absent where Playwright has its own."""
    environment = dict(os.environ)
    environment.pop("AFTERWORD_BROWSER", None)
    browser = chosen_browser() or installed_browser()
    if browser is None and not playwright_has_its_own():
        browser = browser_from_system(system)
        if browser is None:
            raise Problem(
                "The tests need a browser and none could be had: install Chromium or Chrome (Debian: sudo "
                "apt install chromium), or set AFTERWORD_BROWSER to the path of one."
            )
    return dict(environment, AFTERWORD_BROWSER=browser) if browser else environment


def chosen_browser() -> "Optional[str]":
    """The browser that the person named."""
    named = os.environ.get("AFTERWORD_BROWSER")
    if not named:
        return None
    found = shutil.which(named)
    if found is None:
        raise Problem("AFTERWORD_BROWSER names %s, which is not a program: correct it or unset it." % named)
    return found


def installed_browser() -> "Optional[str]":
    """A Chromium or Chrome that this computer has already."""
    usual = [os.path.expanduser(os.path.expandvars(path)) for path in BROWSER_PATHS]
    found = (shutil.which(browser) for browser in BROWSER_NAMES + tuple(usual))
    return next((path for path in found if path), None)


def playwright_has_its_own() -> bool:
    """Let Playwright fetch its Chromium; where it has it already this is over at once."""
    say("No Chromium or Chrome found: asking Playwright for its own ...")
    fetched, _ = run_quietly([PYTHON, "-m", "playwright", "install", "chromium"])
    return fetched


def browser_from_system(system: bool) -> "Optional[str]":
    """Install the system's Chromium, but only as root, and only where asked to or on a machine for CI."""
    allowed = system or os.environ.get("CI") == "true"
    if not allowed or not hasattr(os, "geteuid") or os.geteuid() != 0 or not shutil.which("apt-get"):
        return None
    say("Installing the system's Chromium ...")
    unasked = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    for command in (["apt-get", "update"], ["apt-get", "install", "-y", "chromium"]):
        done, output = run_quietly(command, env=unasked)
    if not done:
        show_last_lines(output)
    return installed_browser()


# ---- The other commands --------------------------------------------------------------------------------


def set_up(_: argparse.Namespace) -> int:
    """Set up and stop."""
    prepare(*TO_RUN)
    say("Afterword is set up; start it with: python3 start.py")
    return 0


def test(args: argparse.Namespace) -> int:
    """Run the tests with everything they need."""
    prepare(*TO_TEST)
    environment = environment_with_browser(args.system)
    return run_in_front([PYTHON, "-m", "pytest", *args.rest], environment)


def pictures(args: argparse.Namespace) -> int:
    """Draw the pictures of the documentation anew from the running app."""
    prepare(*TO_TEST)
    environment = environment_with_browser(args.system)
    return run_in_front([PYTHON, ROOT / "docs" / "make_pictures.py", *args.rest], environment)


def bench(args: argparse.Namespace) -> int:
    """Measure how quick the running app is."""
    prepare(*TO_TEST)
    environment = environment_with_browser(args.system)
    return run_in_front([PYTHON, "-m", "bench.run", *args.rest], environment)


def lock(args: argparse.Namespace) -> int:
    """Bring the lock files up to date with what they are made from, or only check that they are."""
    prepare(*TO_TEST)
    if not args.check:
        compile_locks(ROOT, ["--upgrade"] if args.upgrade else [])
        return 0
    stale = stale_locks()
    if stale:
        raise Problem("Out of date: %s; refresh with: python3 start.py lock" % ", ".join(stale))
    say("The lock files are up to date.")
    return 0


def stale_locks() -> "List[str]":
    """The lock files that would change; worked out on copies, which keep every version still allowed."""
    import tempfile  # here and elsewhere: what a start can do without is loaded where it is needed

    with tempfile.TemporaryDirectory() as folder:
        for name in TO_TEST:
            shutil.copy(str(ROOT / name), folder)
            shutil.copy(str(ROOT / source_of(name)), folder)
        compile_locks(Path(folder), [])
        return [name for name in TO_TEST if (Path(folder) / name).read_text() != (ROOT / name).read_text()]


def compile_locks(folder: Path, options: "List[str]") -> None:
    """Work out the lock files in a folder, with hashes, for every system and every Python supported."""
    command = [PYTHON, "-m", "uv", "pip", "compile", "--quiet", "--universal", "--generate-hashes"]
    command += ["--no-header", "--no-emit-index-url"]
    command += ["--python", PYTHON, "--python-version", "%d.%d" % OLDEST_PYTHON]
    for name in TO_TEST:
        done, output = run_quietly([*command, *options, source_of(name), "-o", name], cwd=str(folder))
        if not done:
            show_last_lines(output)
            raise Problem("%s could not be worked out (the reason is above): mend that and try again." % name)


def source_of(name: str) -> str:
    """The file that a lock file is made from."""
    return name.replace(".txt", ".in")


# ---- The command line ----------------------------------------------------------------------------------


class Command(NamedTuple):
    """One word that may follow start.py."""

    work: "Callable[[argparse.Namespace], int]"
    help: str
    switches: "Dict[str, str]"
    passes_rest: bool  # whether what we do not know is for the tool behind it


SYSTEM = {"--system": "as root, install the system's Chromium where no browser is found"}
LOCK_SWITCHES = {
    "--check": "change nothing, fail if they are out of date",
    "--upgrade": "take the newest versions allowed",
}
COMMANDS = {
    "workshop": Command(workshop, "serve a workshop to the network this computer is in", {}, False),
    "setup": Command(set_up, "set up and stop", {}, False),
    "test": Command(test, "run the tests; further arguments go to pytest", SYSTEM, True),
    "pictures": Command(pictures, "draw the documentation's pictures anew", SYSTEM, True),
    "bench": Command(bench, "measure how quick the running app is", SYSTEM, True),
    "lock": Command(lock, "bring the lock files up to date", LOCK_SWITCHES, False),
}


def make_parser() -> argparse.ArgumentParser:
    """The command line: without a command, Afterword starts."""
    parser = argparse.ArgumentParser(prog="start.py", description="Start Afterword.", allow_abbrev=False)
    parser.set_defaults(work=serve, passes_rest=False)
    parser.add_argument(
        "--port", type=port_number, default=USUAL_PORT, metavar="N", help="%(default)s if not given"
    )
    parser.add_argument("--no-browser", dest="browser", action="store_false", help="do not open the browser")
    parser.add_argument(
        "--guest", action="store_true", help="for a shared computer: keep nothing on its disk"
    )
    commands = parser.add_subparsers(metavar="command", title="instead of starting")
    for name, command in COMMANDS.items():
        part = commands.add_parser(name, help=command.help, description=command.help, allow_abbrev=False)
        part.set_defaults(work=command.work, passes_rest=command.passes_rest)
        for switch, meaning in command.switches.items():
            part.add_argument(switch, action="store_true", help=meaning)
        if command.work is workshop:
            add_network_options(part)
    return parser


def add_network_options(part: argparse.ArgumentParser) -> None:
    """Where a workshop is served."""
    part.add_argument(
        "--address", type=network_address, metavar="A", help="of this computer; found out if not given"
    )
    # What is not given here stands as it was given in front of the command.
    part.add_argument(
        "--port",
        type=port_number,
        default=argparse.SUPPRESS,
        metavar="N",
        help="%d if not given" % USUAL_PORT,
    )
    part.add_argument(
        "--no-browser",
        dest="browser",
        action="store_false",
        default=argparse.SUPPRESS,
        help="do not open the browser",
    )


def read_arguments(argv: "Optional[Sequence[str]]") -> argparse.Namespace:
    """What was asked for; `rest` is what is meant for the tool behind the command."""
    parser = make_parser()
    args, rest = parser.parse_known_args(argv)
    if rest and not args.passes_rest:
        parser.error("not known: " + " ".join(rest))
    args.rest = rest
    return args


def main(argv: "Optional[Sequence[str]]" = None) -> int:
    """Do what was asked for; the result is the exit status."""
    try:
        check_python(sys.version_info)
        signal.signal(signal.SIGTERM, signal.default_int_handler)  # being ended is the same as Ctrl-C
        args = read_arguments(argv)
        return int(args.work(args))
    except Problem as problem:
        print(problem, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())
