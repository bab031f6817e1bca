"""Streamlit's files as a browser gets them: compressed, kept, the same as they are on the disk, and none other."""

import gzip
import http.client
import re
from pathlib import Path

import brotli
import httpx
import pytest
from streamlit import file_util

from afterword.assets import Assets, coding_for, files_in, streamlits_files, tags_in
from tests.server.conftest import DRIVEN, ROOT, Server
from tests.server.loop import in_a_loop

pytestmark = pytest.mark.xdist_group("server")

STATIC = Path(file_util.get_static_dir())
SCRIPT = next(f"/static/js/{path.name}" for path in STATIC.glob("static/js/protobuf.*.js"))
FONT = next(f"/static/media/{path.name}" for path in STATIC.glob("static/media/SourceSansVF-Upright*.woff2"))
TINY = next(f"/static/js/{path.name}" for path in STATIC.glob("static/js/types.*.js"))
UNPACKED = {"br": brotli.decompress, "gzip": gzip.decompress}
A_BROWSERS = "gzip, deflate, br, zstd"


@pytest.fixture(scope="module")
def browser(unbound):
    """What a browser sends over a secure line; the bytes of an answer are `raw_of` it."""
    with httpx.Client(base_url=f"http://127.0.0.1:{unbound.port}", timeout=30) as client:
        yield client


def raw_of(browser, path, method="GET", **headers):
    """An answer and its bytes as they came."""
    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    with browser.stream(method, path, headers={"accept-encoding": A_BROWSERS, **headers}) as answer:
        return answer, b"".join(answer.iter_raw())


@pytest.mark.parametrize("coding", ["br", "gzip"])
@pytest.mark.parametrize("path", ["/", "/index.html", SCRIPT])
def test_a_file_arrives_compressed_and_is_the_one_on_the_disk(browser, path, coding):
    answer, body = raw_of(browser, path, accept_encoding=coding)
    assert answer.status_code == 200
    assert answer.headers["content-encoding"] == coding
    assert answer.headers["content-length"] == str(len(body))
    file = STATIC / (path.lstrip("/") or "index.html")
    assert UNPACKED[coding](body) == file.read_bytes()
    assert len(body) < file.stat().st_size / 2


def test_what_a_name_with_a_digest_holds_is_kept_for_ever_and_the_page_itself_is_asked_for_anew(browser):
    assert raw_of(browser, SCRIPT)[0].headers["cache-control"] == "public, immutable, max-age=31536000"
    assert raw_of(browser, "/")[0].headers["cache-control"] == "no-cache"


def test_every_coding_has_its_own_tag_and_all_say_that_there_are_others(browser):
    answers = [raw_of(browser, SCRIPT, accept_encoding=coding)[0] for coding in ("br", "gzip", "identity")]
    assert len({answer.headers["etag"] for answer in answers}) == 3
    assert {answer.headers["vary"] for answer in answers} == {"Accept-Encoding"}


@pytest.mark.parametrize("form", ["{}", "W/{}", '"another", {}'])
def test_a_file_that_the_browser_has_is_not_sent_again(browser, form):
    tag = raw_of(browser, "/")[0].headers["etag"]
    answer, body = raw_of(browser, "/", if_none_match=form.format(tag))
    assert (answer.status_code, body, answer.headers["etag"]) == (304, b"", tag)


def test_a_file_that_has_changed_since_is_sent(browser):
    assert raw_of(browser, "/", if_none_match='"of-yesterday-br"')[0].status_code == 200


def test_head_tells_what_get_would_send_and_sends_nothing(browser):
    wanted, told = raw_of(browser, SCRIPT)[0].headers, raw_of(browser, SCRIPT, method="HEAD")
    assert told[1] == b""
    assert {name: told[0].headers[name] for name in ("etag", "content-length", "content-encoding")} == {
        name: wanted[name] for name in ("etag", "content-length", "content-encoding")
    }


def test_a_part_of_a_file_is_a_part_of_the_file_as_it_is(browser):
    answer, body = raw_of(browser, SCRIPT, range="bytes=10-19")
    assert answer.status_code == 206
    assert "content-encoding" not in answer.headers
    assert body == (STATIC / SCRIPT.lstrip("/")).read_bytes()[10:20]


@pytest.mark.parametrize("accepted", ["identity", "", "br;q=0, gzip;q=0", "zstd"])
def test_whoever_wants_nothing_compressed_gets_the_file_as_it_is(browser, accepted):
    answer, body = raw_of(browser, SCRIPT, accept_encoding=accepted)
    assert "content-encoding" not in answer.headers
    assert body == (STATIC / SCRIPT.lstrip("/")).read_bytes()


def test_fonts_which_are_compressed_already_go_out_as_they_are(browser):
    answer, body = raw_of(browser, FONT)
    assert "content-encoding" not in answer.headers
    assert body == (STATIC / FONT.lstrip("/")).read_bytes()


def test_the_icon_is_ours(browser):
    answer, body = raw_of(browser, "/favicon.png")
    assert answer.headers["content-type"] == "image/svg+xml"
    assert brotli.decompress(body) == (ROOT / "afterword" / "ui" / "mark.svg").read_bytes()


def test_a_pages_own_address_shows_the_page(browser):
    answer, body = raw_of(browser, "/about_you")
    assert answer.status_code == 200
    assert UNPACKED[answer.headers["content-encoding"]](body) == (STATIC / "index.html").read_bytes()


@pytest.mark.parametrize(
    "path",
    [
        "/static/js/no-such-file.js",
        "/static/../../__init__.py",
        "/static/%2e%2e/%2e%2e/__init__.py",
        "/static/js/..%2f..%2f..%2f__init__.py",
        "/../server.py",
        "/static//etc/passwd",
    ],
)
def test_no_path_leads_to_another_file(unbound, path):
    connection = http.client.HTTPConnection("127.0.0.1", unbound.port, timeout=30)
    connection.request("GET", path)  # which sends the path as it is
    said = connection.getresponse().read().decode("utf-8", "replace")
    connection.close()
    assert "__future__" not in said
    assert "root:" not in said


def test_only_files_are_answered_and_only_to_be_read(browser):
    assert raw_of(browser, SCRIPT, method="POST")[0].status_code == 405


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        (A_BROWSERS, "br"),
        ("gzip, deflate", "gzip"),
        ("BR", "br"),
        ("br;q=0.2, gzip;q=0.8", "gzip"),
        ("*", "br"),
        ("br;q=0, *", "gzip"),
        ("identity;q=1, br;q=0.5", None),
        ("br;q=nonsense", None),
        ("", None),
    ],
)
def test_the_coding_is_the_one_that_is_wanted_most(accepted, coding):
    assert coding_for(accepted) == coding


def test_tags_are_read_one_by_one():
    assert tags_in('"a", W/"b"') == {'"a"', '"b"'}


def test_streamlits_files_are_found_without_loading_streamlit():
    assert streamlits_files() == STATIC


def answered_while_loading(path, client):
    """The headers and the bytes of a file, from a process that is loading still; nothing but files is there."""
    sent = []

    async def not_there(*_):
        raise AssertionError(path)

    async def keep(message):
        sent.append(message)

    headers = [(b"accept-encoding", A_BROWSERS.encode())]
    scope = {"type": "http", "method": "GET", "path": path, "headers": headers, "client": (client, 50000)}
    in_a_loop(Assets(not_there, lambda: "", lambda: True)(scope, None, keep))
    return dict(sent[0]["headers"]), sent[1]["body"]


@pytest.mark.parametrize("path", ["/", SCRIPT, TINY, FONT, "/favicon.png"])
@pytest.mark.parametrize("client", ["127.0.0.1", "192.168.1.7"])
def test_whatever_a_browser_asks_for_first_is_there_while_the_rest_is_loaded(path, client):
    assert answered_while_loading(path, client)[1]


def test_while_loading_nothing_is_compressed_for_this_very_computer(browser):
    headers, body = answered_while_loading(SCRIPT, "127.0.0.1")
    assert b"content-encoding" not in headers
    assert (headers[b"vary"], body) == (b"Accept-Encoding", (STATIC / SCRIPT.lstrip("/")).read_bytes())
    assert answered_while_loading(SCRIPT, "192.168.1.7")[0][b"content-encoding"] == b"br"
    assert raw_of(browser, SCRIPT)[0].headers["content-encoding"] == "br"


@pytest.mark.parametrize("path", [TINY, FONT])
def test_what_compressing_would_not_make_smaller_is_kept_by_browsers_as_well(browser, path):
    answer, body = raw_of(browser, path)
    assert answer.headers["cache-control"] == "public, immutable, max-age=31536000"
    assert "content-encoding" not in answer.headers
    assert body == (STATIC / path.lstrip("/")).read_bytes()
    assert raw_of(browser, path, if_none_match=answer.headers["etag"])[0].status_code == 304


def test_every_script_that_the_page_names_is_among_the_files():
    named = re.findall(
        r'(?:src|href)="\.(/static/(?:js|css)/[^"]+)"', (STATIC / "index.html").read_text("utf-8")
    )
    assert len(named) > 10
    assert set(named) <= files_in(STATIC).keys()


@pytest.fixture
def based(tmp_path):
    """A server whose app does not begin at the address itself."""
    words = DRIVEN.replace('"server.enableAgentApi", True', '"server.baseUrlPath", "/coach/"')
    (tmp_path / "based.py").write_text(words, "utf-8")
    server = Server(tmp_path, module="based").start()
    yield server
    server.stop()


def test_under_an_address_of_its_own_the_app_has_its_files_there(based):
    with httpx.Client(base_url=f"http://127.0.0.1:{based.port}", timeout=30) as browser:
        assert raw_of(browser, f"/coach{SCRIPT}")[0].headers["content-encoding"] == "br"
        assert raw_of(browser, "/coach/")[0].headers["content-encoding"] == "br"
        assert raw_of(browser, SCRIPT)[0].status_code == 404
