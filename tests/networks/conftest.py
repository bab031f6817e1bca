"""Several computers in one: network namespaces on a switch, which needs root and Linux's ip."""

import os
import re
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NET = "10.77.0"
PATIENCE = 120  # seconds, for a machine that is busy with other things


def run(*command):
    """Run a command to its end. Raises CalledProcessError."""
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=PATIENCE).stdout


def why_not():
    """Why there can be no namespaces here; nothing where there can."""
    if not sys.platform.startswith("linux") or not shutil.which("ip") or not shutil.which("bridge"):
        return "needs Linux with ip and bridge (Debian: apt install iproute2)"
    if os.geteuid() != 0:
        return "needs root, to make network namespaces"
    name = f"afw{os.getpid()}-try"
    tried = subprocess.run(["ip", "netns", "add", name], capture_output=True, text=True, check=False)
    if tried.returncode:
        return f"no network namespace can be made here: {tried.stderr.strip()}"
    run("ip", "netns", "del", name)
    return ""


@dataclass
class Host:
    """One computer on the switch."""

    name: str
    address: str

    def command(self, *command):
        """That command, to be run on this computer."""
        return ["ip", "netns", "exec", self.name, *map(str, command)]

    def starts(self, act, *args):
        """A program of tests/networks/sessions.py, running on this computer."""
        return subprocess.Popen(
            self.command(sys.executable, "-m", "tests.networks.sessions", act, *args),
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def python(self, code, *args):
        """What a Python program that runs on this computer prints."""
        done = subprocess.run(
            self.command(sys.executable, "-c", code, *args),
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()


class Network:
    """A switch with computers on it. Those that are isolated reach everybody but each other."""

    def __init__(self):
        self.prefix = f"afw{os.getpid()}"
        self.switch = f"{self.prefix}-net"
        self.hosts = []
        run("ip", "netns", "add", self.switch)
        run("ip", "-n", self.switch, "link", "add", "switch", "type", "bridge")
        run("ip", "-n", self.switch, "link", "set", "switch", "up")

    def add(self, name, is_isolated=False):
        """A new computer."""
        number = len(self.hosts) + 1
        host = Host(f"{self.prefix}-{name}", f"{NET}.{number}")
        self.hosts.append(host)
        run("ip", "netns", "add", host.name)
        ends = (
            "eth0",
            "netns",
            host.name,
            "type",
            "veth",
            "peer",
            "name",
            f"port{number}",
            "netns",
            self.switch,
        )
        run("ip", "link", "add", *ends)
        run("ip", "-n", self.switch, "link", "set", f"port{number}", "master", "switch", "up")
        if is_isolated:
            run(
                "ip",
                "netns",
                "exec",
                self.switch,
                "bridge",
                "link",
                "set",
                "dev",
                f"port{number}",
                "isolated",
                "on",
            )
        run("ip", "-n", host.name, "addr", "add", f"{host.address}/24", "dev", "eth0")
        for device in ("lo", "eth0"):
            run("ip", "-n", host.name, "link", "set", device, "up")
        run("ip", "-n", host.name, "route", "add", "default", "via", f"{NET}.254")
        return host

    def remove(self):
        """Take everything away again."""
        for name in [host.name for host in self.hosts] + [self.switch]:
            with suppress(subprocess.CalledProcessError):
                run("ip", "netns", "del", name)


@dataclass
class Workshop:
    """`start.py workshop` as it runs on the leader's computer, and what it said."""

    host: Host
    address: str
    said: str

    @property
    def key(self):
        return re.search(r"Your leader's key: (\S+)", self.said)[1]


@pytest.fixture(scope="module")
def network():
    if reason := why_not():
        pytest.skip(reason)
    made = Network()
    yield made
    made.remove()


@pytest.fixture(scope="module")
def workshop(network, tmp_path_factory):
    """A workshop on a computer whose port keeps it from other isolated ones, as some networks do with guests."""
    folder = tmp_path_factory.mktemp("leader")
    host = network.add("leader", is_isolated=True)
    run(sys.executable, str(ROOT / "start.py"), "setup")  # there is no way to the internet in there
    kept = {name: value for name, value in os.environ.items() if not name.startswith("AFTERWORD_")}
    process = subprocess.Popen(
        host.command(sys.executable, ROOT / "start.py", "workshop", "--no-browser"),
        env={**kept, "XDG_DATA_HOME": str(folder)},
        stdout=subprocess.PIPE,
        stderr=(folder / "errors").open("wb"),
        text=True,
        start_new_session=True,
    )
    try:
        said = ""
        while "Open http" not in said:
            assert process.poll() is None, (said, (folder / "errors").read_text())
            said += process.stdout.readline()
        yield Workshop(host, re.search(r"The workshop is running at (\S+) ", said)[1], said)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        process.communicate(timeout=PATIENCE)


@pytest.fixture(scope="module")
def alice(network):
    """A computer that may reach the leader's."""
    return network.add("alice")


@pytest.fixture(scope="module")
def bob(network):
    """Another one."""
    return network.add("bob")


@pytest.fixture(scope="module")
def kept_apart(network):
    """A computer that the network keeps from the leader's."""
    return network.add("apart", is_isolated=True)
