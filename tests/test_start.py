"""start.py, run for real in folders of its own: what it sets up, serves and tests, and what it says.

Most folders have lock files that list nothing, so that setting up needs no network and takes a moment.
"""

import ast
import hashlib
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import sysconfig
import time
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

import start

START = Path(start.__file__)
PROJECT = START.parent
PATIENCE = 120  # seconds, for a machine that is busy with other things
LOCKS = ("requirements.txt", "requirements-dev.txt")
THIS_PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"
NOT_OURS = re.compile(
    r"PIP_|UV_|PYTHON|AFTERWORD_|(CI|DISPLAY|WAYLAND_DISPLAY|BROWSER|.*_proxy)$", re.IGNORECASE
)

on_posix = pytest.mark.skipif(os.name == "nt", reason="made of signals or shell scripts")
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a browser may be found outside PATH")

SERVER = """
import json, os

async def app(scope, receive, send):
    if scope["type"] != "http":
        return
    seen = {name: value for name, value in os.environ.items() if name.startswith("AFTERWORD")}
    body = json.dumps({"folder": os.getcwd(), "client": scope["client"][0], **seen}).encode()
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": body})
"""


def environment(**more: str) -> dict[str, str]:
    """This process's environment without what could steer pip, uv, the browser or Afterword."""
    kept = {name: value for name, value in os.environ.items() if not NOT_OURS.match(name)}
    return {**kept, "PIP_CONFIG_FILE": os.devnull, **more}


def launch(folder: Path, *args: str, **more: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, str(folder / "start.py"), *args],
        env=environment(**more),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def end(process: subprocess.Popen[str]) -> None:
    """Leave nothing behind of a start that should have ended, nor of its server."""
    if os.name == "nt":
        process.kill()
    else:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


def run(folder: Path, *args: str, **more: str) -> subprocess.CompletedProcess[str]:
    process = launch(folder, *args, **more)
    try:
        out, err = process.communicate(timeout=PATIENCE)
    finally:
        end(process)
    return subprocess.CompletedProcess(process.args, process.returncode, out, err)


def failure(result: subprocess.CompletedProcess[str]) -> str:
    """The sentence a failed run ends with."""
    assert result.returncode == 1, (result.stdout, result.stderr)
    assert "Traceback" not in result.stderr
    return result.stderr.strip().splitlines()[-1]


def sole_failure(result: subprocess.CompletedProcess[str]) -> str:
    """The sentence of a run that has nothing else to show on standard error."""
    sentence = failure(result)
    assert result.stderr.strip() == sentence
    return sentence


def venv_of(folder: Path) -> Path:
    return folder / start.VENV.name


def python_of(folder: Path) -> Path:
    return folder / start.PYTHON.relative_to(start.ROOT)


def stamp_of(folder: Path) -> Path:
    return folder / start.STAMP.relative_to(start.ROOT)


def script(path: Path, *lines: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(["#!/bin/sh", *lines, ""]))
    path.chmod(0o755)
    return path


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    """A folder with start.py and lock files that list nothing; not set up."""
    folder = tmp_path / "a project"
    folder.mkdir()
    shutil.copy(START, folder)
    for name in LOCKS:
        (folder / name).touch()
        (folder / name).with_suffix(".in").touch()
    return folder


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made once")
    shutil.copy(START, folder)
    for name in LOCKS:
        (folder / name).touch()
    result = run(folder, "setup")
    assert result.returncode == 0, result.stderr
    return venv_of(folder)


@pytest.fixture
def ready(fresh: Path, made_once: Path) -> Path:
    """A folder that is set up already."""
    shutil.copytree(made_once, venv_of(fresh), symlinks=True)
    return fresh


@pytest.fixture
def furnished(ready: Path) -> Path:
    """A folder that is set up, whose .venv has all the packages that these tests run with."""
    ours = sysconfig.get_path("purelib")
    theirs = next(venv_of(ready).rglob("site-packages"))
    (theirs / "ours.pth").write_text(ours)
    (ready / "server.py").write_text(SERVER)
    return ready


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


# ---- Python itself ----


def test_an_old_python_can_read_the_file() -> None:
    tree = ast.parse(START.read_text(encoding="utf-8"), feature_version=(3, 6))
    annotations = [
        part
        for node in ast.walk(tree)
        for part in (getattr(node, "annotation", None), getattr(node, "returns", None))
        if part is not None
    ]
    assert annotations
    # Whatever is more than a name stands in quotes, so that an old Python never evaluates it.
    assert all(isinstance(part, ast.Name | ast.Attribute | ast.Constant) for part in annotations)


@pytest.mark.parametrize("version", [(3, 6, 15), (3, 10, 13, "final", 0), (2, 7)])
def test_an_old_python_is_told_which_one_is_needed(version: tuple[int, ...]) -> None:
    with pytest.raises(
        start.Problem, match=rf"3\.11 or newer and this is {version[0]}\.{version[1]}: install"
    ):
        start.check_python(version)


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 14, 2), (4, 0)])
def test_a_newer_python_is_welcome(version: tuple[int, ...]) -> None:
    start.check_python(version)


@pytest.mark.parametrize("name", [f"python3.{minor}" for minor in range(6, 11)])
def test_an_old_python_that_is_here_says_so_itself(name: str, fresh: Path) -> None:
    if (
        not shutil.which(name)
        or subprocess.run([name, "--version"], capture_output=True, check=False).returncode
    ):
        pytest.skip(f"no {name} here")
    done = subprocess.run([name, str(fresh / "start.py")], capture_output=True, text=True, check=False)
    assert "Afterword needs Python 3.11 or newer" in sole_failure(done)


@on_posix
def test_a_python_without_its_venv_module_is_told_the_package(fresh: Path, tmp_path: Path) -> None:
    (tmp_path / "ensurepip.py").write_text("raise ImportError('left out')")
    sentence = sole_failure(run(fresh, "setup", PYTHONPATH=str(tmp_path)))
    assert "sudo apt install python3-venv" in sentence


# ---- Setting up ----


def test_a_second_set_up_installs_nothing(ready: Path) -> None:
    before = stamp_of(ready).stat().st_mtime_ns
    result = run(ready, "setup")
    assert result.returncode == 0
    assert "Setting up" not in result.stdout
    assert stamp_of(ready).stat().st_mtime_ns == before


def test_a_changed_lock_file_is_installed_again(ready: Path) -> None:
    (ready / "requirements.txt").write_text("# changed\n")
    result = run(ready, "setup")
    assert result.returncode == 0
    assert "Setting up" in result.stdout
    assert "Setting up" not in run(ready, "setup").stdout


def test_a_stamp_that_cannot_be_read_counts_for_nothing(ready: Path) -> None:
    stamp_of(ready).write_text("{")
    assert "Setting up" in run(ready, "setup").stdout
    assert json.loads(stamp_of(ready).read_text())["python"] == THIS_PYTHON


@on_posix
def test_a_broken_venv_is_made_anew(ready: Path) -> None:
    python_of(ready).unlink()
    python_of(ready).symlink_to("/nowhere/python3")
    result = run(ready, "setup")
    assert result.returncode == 0, result.stderr
    assert subprocess.run([str(python_of(ready)), "-c", "import pip"], check=False).returncode == 0


@on_posix
@pytest.mark.parametrize(
    ("words", "works"),
    [
        (f"echo {THIS_PYTHON}", True),
        ("echo 3.9", False),  # made by another Python
        ("echo No module named pip; exit 1", False),  # half made
        ("exec /nowhere/python3", False),  # what it was made from is gone
    ],
)
def test_a_venv_counts_as_broken_where_its_python_does_not_answer_well(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str, works: bool
) -> None:
    monkeypatch.setattr(start, "PYTHON", script(tmp_path / "python", words))
    assert start.venv_works() == works


@on_posix
@pytest.mark.parametrize(
    ("leads_to", "has_pip", "told"),
    [(sys.executable, True, True), (sys.executable, False, False), ("/nowhere/python3", True, False)],
)
def test_a_venv_that_leads_to_this_very_python_and_has_pip_need_not_be_tried(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, leads_to: str, has_pip: bool, told: bool
) -> None:
    python = tmp_path / "bin" / "python"
    python.parent.mkdir()
    python.symlink_to(leads_to)
    if has_pip:
        pip = tmp_path / "lib" / f"python{THIS_PYTHON}" / "site-packages" / "pip"
        pip.mkdir(parents=True)
        (pip / "__init__.py").touch()
    monkeypatch.setattr(start, "VENV", tmp_path)
    monkeypatch.setattr(start, "PYTHON", python)
    assert start.is_this_python() == told


def test_two_first_starts_at_once_set_up_once(fresh: Path) -> None:
    starts = [launch(fresh, "setup") for _ in range(2)]
    outputs = [process.communicate(timeout=PATIENCE)[0] for process in starts]
    assert [process.returncode for process in starts] == [0, 0]
    assert sum("Setting up in" in output for output in outputs) == 1


@on_posix
def test_an_interrupted_installation_leaves_no_stamp(ready: Path) -> None:
    (ready / "requirements.txt").write_text(f"tiny==1.0 --hash=sha256:{'0' * 64}\n")
    with socket.create_server(("127.0.0.1", 0)) as silent_index:
        silent_index.settimeout(PATIENCE)
        url = f"http://127.0.0.1:{silent_index.getsockname()[1]}/simple"
        process = launch(ready, "setup", PIP_INDEX_URL=url)
        connection, _ = silent_index.accept()  # pip is in the middle of it now
        process.terminate()
        _, err = process.communicate(timeout=PATIENCE)
        connection.close()
    assert process.returncode == 130
    assert err == "Stopped.\n"
    assert not stamp_of(ready).exists()


def wheel(folder: Path) -> str:
    """Put the smallest of packages into a folder and return its hash."""
    path = folder / "tiny-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("tiny.py", "")
        archive.writestr("tiny-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: tiny\nVersion: 1.0\n")
        archive.writestr(
            "tiny-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        archive.writestr("tiny-1.0.dist-info/RECORD", "")
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_download_with_the_recorded_hash_is_installed(ready: Path, tmp_path: Path) -> None:
    (ready / "requirements.txt").write_text(f"tiny==1.0 --hash=sha256:{wheel(tmp_path)}\n")
    result = run(ready, "setup", PIP_NO_INDEX="1", PIP_FIND_LINKS=tmp_path.as_uri())
    assert result.returncode == 0, result.stderr
    assert subprocess.run([str(python_of(ready)), "-c", "import tiny"], check=False).returncode == 0


def test_a_download_with_another_hash_is_refused(ready: Path, tmp_path: Path) -> None:
    wheel(tmp_path)
    (ready / "requirements.txt").write_text(f"tiny==1.0 --hash=sha256:{'0' * 64}\n")
    result = run(ready, "setup", PIP_NO_INDEX="1", PIP_FIND_LINKS=tmp_path.as_uri())
    assert "did not match the hash recorded for it, so nothing was installed" in failure(result)
    assert "tiny" in result.stderr  # pip's own words stand above
    assert not stamp_of(ready).exists()


def test_a_requirement_without_a_hash_is_refused(ready: Path, tmp_path: Path) -> None:
    wheel(tmp_path)
    (ready / "requirements.txt").write_text("tiny==1.0\n")
    result = run(ready, "setup", PIP_NO_INDEX="1", PIP_FIND_LINKS=tmp_path.as_uri())
    assert "--require-hashes" in result.stderr
    assert failure(result)


def test_without_a_network_the_person_is_told_to_check_it(ready: Path) -> None:
    (ready / "requirements.txt").write_text(f"tiny==1.0 --hash=sha256:{'0' * 64}\n")
    result = run(ready, "setup", PIP_INDEX_URL="http://127.0.0.1:9/simple", PIP_RETRIES="0")
    assert "check the network connection" in failure(result)
    assert "No matching distribution found for tiny==1.0" in result.stderr
    assert not stamp_of(ready).exists()


def test_an_incomplete_copy_is_told_what_is_missing(fresh: Path) -> None:
    (fresh / "requirements.txt").unlink()
    assert "requirements.txt is missing" in sole_failure(run(fresh, "setup"))


def test_something_in_the_way_of_the_venv_is_told(fresh: Path) -> None:
    venv_of(fresh).touch()
    sentence = sole_failure(run(fresh, "setup"))
    assert "cannot be written to" in sentence
    assert str(fresh) in sentence


@on_posix
@pytest.mark.skipif(getattr(os, "geteuid", lambda: 0)() == 0, reason="root may write anywhere")
def test_a_folder_of_somebody_else_is_told(fresh: Path) -> None:
    fresh.chmod(0o555)
    assert "cannot be written to (Permission denied)" in sole_failure(run(fresh, "setup"))


# ---- Serving ----


@contextmanager
def serving(folder: Path, port: int, *args: str, **more: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Afterword started; its process and the first line that it prints."""
    process = launch(folder, "--port", str(port), *args, **more)
    try:
        assert process.stdout is not None
        yield process, process.stdout.readline()
    finally:
        end(process)
        process.communicate()


def seen_by_app(port: int, **headers: str) -> dict[str, str]:
    request = urllib.request.Request(f"http://127.0.0.1:{port}/", headers=headers)
    with urllib.request.urlopen(request, timeout=10) as reply:
        return dict(json.load(reply))


def refuses(port: int) -> bool:
    """Whether nobody serves the port any more."""
    try:
        seen_by_app(port)
    except urllib.error.URLError:
        return True
    return False


@on_posix
@pytest.mark.parametrize("way", [signal.SIGINT, signal.SIGTERM])
def test_a_start_serves_this_computer_until_it_is_stopped(furnished: Path, port: int, way: int) -> None:
    with serving(furnished, port) as (process, line):
        assert line == f"Afterword is running at http://127.0.0.1:{port} (Ctrl-C stops it)\n"
        seen = seen_by_app(port)
        process.send_signal(way)
        out, err = process.communicate(timeout=PATIENCE)
    assert seen == {"folder": str(furnished), "client": "127.0.0.1", "AFTERWORD_BOUND": "127.0.0.1"}
    assert (process.returncode, out, err) == (0, "", "")
    assert refuses(port)


@on_posix
def test_ctrl_c_in_a_terminal_reaches_both_and_ends_both_cleanly(furnished: Path, port: int) -> None:
    with serving(furnished, port) as (process, _):
        os.killpg(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=PATIENCE)
    assert (process.returncode, out, err) == (0, "", "")
    assert refuses(port)


@on_posix
def test_a_proxy_is_not_believed_and_a_guest_is_announced(furnished: Path, port: int) -> None:
    with serving(furnished, port, "--guest"):
        seen = seen_by_app(port, **{"X-Forwarded-For": "203.0.113.7"})
    assert seen["client"] == "127.0.0.1"
    assert seen["AFTERWORD_GUEST"] == "1"


@on_linux
@pytest.mark.parametrize(
    ("args", "more", "opened"),
    [
        ((), {"DISPLAY": ":9"}, True),
        ((), {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ((), {}, False),
        ((), {"DISPLAY": ":9", "CI": "true"}, False),
        (("--no-browser",), {"DISPLAY": ":9"}, False),
    ],
)
def test_the_browser_opens_where_somebody_can_see_it(
    furnished: Path, port: int, args: tuple[str, ...], more: dict[str, str], opened: bool
) -> None:
    note = furnished / "opened"
    browser = script(furnished.parent / "browser", f'echo "$1" > "{note}"')
    with serving(furnished, port, *args, BROWSER=str(browser), **more) as (process, _):
        for _ in range(100 if opened else 10):
            if note.exists():
                break
            time.sleep(0.1)
        process.terminate()
        process.communicate(timeout=PATIENCE)
    assert note.exists() == opened
    if opened:
        assert note.read_text() == f"http://127.0.0.1:{port}\n"


@on_posix
def test_a_server_that_does_not_come_up_is_told(furnished: Path, port: int) -> None:
    (furnished / "server.py").write_text("raise SystemExit('the database is locked')")
    result = run(furnished, "--port", str(port))
    assert "ended before it answered" in failure(result)
    assert "the database is locked" in result.stderr


@on_posix
def test_a_server_that_ends_by_itself_is_told(furnished: Path, port: int) -> None:
    (furnished / "server.py").write_text(
        "import os, threading\nthreading.Timer(2, os._exit, [3]).start()\n" + SERVER
    )
    assert "The server ended by itself" in sole_failure(run(furnished, "--port", str(port)))


def test_a_busy_port_is_named_before_anything_is_set_up(fresh: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = other.getsockname()[1]
        sentence = sole_failure(run(fresh, "--port", str(taken)))
    assert f"Port {taken} is in use" in sentence
    assert "python3 start.py --port" in sentence
    assert not venv_of(fresh).exists()


def test_the_usual_port_is_not_exchanged_silently(fresh: Path) -> None:
    source = START.read_text(encoding="utf-8")
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = other.getsockname()[1]
        usual = source.replace(f"USUAL_PORT = {start.USUAL_PORT}", f"USUAL_PORT = {taken}")
        (fresh / "start.py").write_text(usual, encoding="utf-8")
        assert f"Port {taken} is in use" in sole_failure(run(fresh))


@pytest.mark.parametrize("text", ["0", "-1", "65536", "eight", "²", ""])
def test_a_port_that_is_none_is_told(fresh: Path, text: str) -> None:
    assert f'"{text}" is not a port: choose a number from 1024 to 65535' in sole_failure(
        run(fresh, "--port", text)
    )


def test_an_unknown_switch_is_refused(fresh: Path) -> None:
    result = run(fresh, "--prot=8600")
    assert result.returncode == 2
    assert "not known: --prot" in result.stderr


# ---- The tests and their browser ----


@pytest.fixture
def tools(tmp_path: Path) -> Path:
    """A folder to be the whole PATH; no browser is in it yet."""
    folder = tmp_path / "tools"
    folder.mkdir()
    return folder


@on_linux
def test_without_a_browser_the_tests_say_how_to_get_one(ready: Path, tools: Path) -> None:
    sentence = sole_failure(run(ready, "test", PATH=str(tools)))
    assert "install Chromium or Chrome" in sentence
    assert "AFTERWORD_BROWSER" in sentence


@on_linux
def test_a_named_browser_that_is_none_is_told(ready: Path, tools: Path) -> None:
    result = run(ready, "test", PATH=str(tools), AFTERWORD_BROWSER="/nowhere/chromium")
    assert "AFTERWORD_BROWSER names /nowhere/chromium, which is not a program" in sole_failure(result)


@on_linux
@pytest.mark.skipif(getattr(os, "geteuid", lambda: 1)() != 0, reason="only root may install")
@pytest.mark.parametrize(("args", "more"), [(["--system"], {}), ([], {"CI": "true"})])
def test_root_gets_the_systems_browser_where_asked_to(
    furnished: Path, tools: Path, args: list[str], more: dict[str, str]
) -> None:
    script(
        tools / "apt-get",
        f'echo "$@" >> "{tools}/asked"',
        f'[ "$1" = update ] || {shutil.which("cp")} "$0" "{tools}/chromium"',
    )
    (furnished / "playwright.py").write_text("raise SystemExit('no download')")
    (furnished / "test_it.py").write_text(
        f"import os\ndef test_it(): assert os.environ['AFTERWORD_BROWSER'] == '{tools}/chromium'"
    )
    result = run(furnished, "test", *args, "test_it.py", PATH=str(tools), PYTHONPATH=str(furnished), **more)
    assert result.returncode == 0, result.stdout + result.stderr
    assert (tools / "asked").read_text() == "update\ninstall -y chromium\n"


@on_linux
def test_root_gets_nothing_installed_unasked(ready: Path, tools: Path) -> None:
    script(tools / "apt-get", f'echo "$@" >> "{tools}/asked"')
    assert failure(run(ready, "test", PATH=str(tools)))
    assert not (tools / "asked").exists()


@on_linux
def test_playwrights_own_browser_is_left_to_playwright(furnished: Path, tools: Path) -> None:
    (furnished / "playwright.py").write_text("")  # its download succeeds
    (furnished / "test_it.py").write_text(
        "import os\ndef test_it(): assert 'AFTERWORD_BROWSER' not in os.environ"
    )
    result = run(
        furnished, "test", "test_it.py", PATH=str(tools), PYTHONPATH=str(furnished), AFTERWORD_BROWSER=""
    )
    assert result.returncode == 0, result.stdout + result.stderr


@on_linux
def test_an_installed_browser_is_handed_to_the_tests_with_all_arguments(furnished: Path, tools: Path) -> None:
    browser = script(tools / "google-chrome")
    (furnished / "test_it.py").write_text(
        "import os\n"
        f"def test_good(): assert os.environ['AFTERWORD_BROWSER'] == '{browser}'\n"
        "def test_bad(): assert False\n"
    )
    status = {
        wish: run(
            furnished, "test", "-k", wish, "test_it.py", "-p", "no:cacheprovider", PATH=str(tools)
        ).returncode
        for wish in ("good", "bad", "none")
    }
    assert status == {"good": 0, "bad": 1, "none": 5}  # pytest's own
    assert not (furnished / ".pytest_cache").exists()


@on_linux
def test_the_tests_requirements_are_installed_once_beside_the_others(ready: Path, tools: Path) -> None:
    script(tools / "chromium")
    first, second = (run(ready, "test", PATH=str(tools)) for _ in range(2))
    assert "Setting up" in first.stdout
    assert "Setting up" not in second.stdout
    assert set(json.loads(stamp_of(ready).read_text())) == {"python", *LOCKS}
    assert "Setting up" not in run(ready, "setup").stdout


@on_linux
def test_the_pictures_are_drawn_with_the_browser_found(furnished: Path, tools: Path) -> None:
    browser = script(tools / "chromium")
    (furnished / "docs").mkdir()
    (furnished / "docs" / "make_pictures.py").write_text(
        "import os, sys\nprint(os.environ['AFTERWORD_BROWSER'], sys.argv[1:])"
    )
    result = run(furnished, "pictures", "--only", "today", PATH=str(tools))
    assert result.stdout.splitlines()[-1] == f"{browser} ['--only', 'today']"


# ---- The lock files ----


@pytest.fixture
def lockable(furnished: Path) -> Path:
    """A furnished folder whose .venv has uv, too."""
    uv = shutil.which("uv", path=str(Path(sys.executable).parent))
    if not uv:
        pytest.skip("uv is not installed beside this Python")
    shutil.copy(uv, python_of(furnished).parent)
    return furnished


def test_stale_lock_files_are_told_with_the_command_that_mends_them(lockable: Path) -> None:
    (lockable / "requirements.txt").write_text("tiny==1.0\n")
    result = run(lockable, "lock", "--check", UV_OFFLINE="1")
    assert failure(result)  # a requirement without a hash is not even installed
    (lockable / "requirements.txt").write_text("# tiny is no longer needed\n")
    sentence = sole_failure(run(lockable, "lock", "--check", UV_OFFLINE="1"))
    assert sentence == "Out of date: requirements.txt; refresh with: python3 start.py lock"
    assert (lockable / "requirements.txt").read_text() == "# tiny is no longer needed\n"
    assert run(lockable, "lock", UV_OFFLINE="1").returncode == 0
    assert run(lockable, "lock", "--check", UV_OFFLINE="1").returncode == 0


def test_lock_files_that_cannot_be_worked_out_are_told(lockable: Path) -> None:
    (lockable / "requirements.in").write_text("tiny==1.0\n")
    result = run(lockable, "lock", "--check", UV_OFFLINE="1")
    assert "requirements.txt could not be worked out" in failure(result)
    assert "tiny" in result.stderr


def pins(name: str) -> dict[str, str]:
    """Each requirement of one of the project's own lock files, with all that belongs to it."""
    entries = re.split(r"\n(?=[A-Za-z0-9])", "\n" + (PROJECT / name).read_text(encoding="utf-8"))[1:]
    return {entry.split(" \\")[0]: entry for entry in entries}


@pytest.mark.parametrize("name", LOCKS)
def test_the_lock_files_pin_and_hash_everything_and_name_no_place(name: str) -> None:
    text = (PROJECT / name).read_text(encoding="utf-8")
    assert not re.search(r"https?:|file:|index-url|find-links|/", text, re.IGNORECASE)
    assert pins(name)
    for requirement, entry in pins(name).items():
        assert re.match(r"[a-z0-9-]+==[^ ]+( ; .+)?$", requirement)
        assert "--hash=sha256:" in entry


def test_the_two_lock_files_agree_on_what_they_share() -> None:
    def versions(name: str) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for requirement in pins(name):
            found.setdefault(requirement.split("==")[0], set()).add(requirement)
        return found

    to_run, to_test = (versions(name) for name in LOCKS)
    shared = to_run.keys() & to_test.keys()
    assert shared
    assert {name: to_run[name] for name in shared} == {name: to_test[name] for name in shared}
