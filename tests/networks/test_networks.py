"""A workshop over a real network between computers, as far as namespaces are one."""

import pytest

from tests.networks.conftest import PATIENCE

pytestmark = pytest.mark.xdist_group("networks")

FETCH = """
import sys, urllib.request
try:
    with urllib.request.urlopen(sys.argv[1], timeout=float(sys.argv[2])) as answer:
        print(answer.status, answer.read().decode()[:2])
except OSError as error:
    print("no way", type(error.reason if hasattr(error, "reason") else error).__name__)
"""


def test_the_address_that_is_shown_is_the_one_in_the_network(workshop):
    assert workshop.address == f"http://{workshop.host.address}:8501"
    assert len(workshop.key) == len("ABCD-EFGH-JKMN")
    assert "█" in workshop.said


def test_every_computer_in_the_network_reaches_it(workshop, alice, bob):
    for host in (alice, bob):
        assert host.python(FETCH, f"{workshop.address}/_stcore/health", 60) == "200 ok"


def test_one_that_the_network_keeps_apart_reaches_others_and_not_the_workshop(workshop, alice, kept_apart):
    assert kept_apart.python(FETCH, f"http://{alice.address}:9", 10) == "no way ConnectionRefusedError"
    assert kept_apart.python(FETCH, f"{workshop.address}/_stcore/health", 3).startswith("no way")


def test_it_listens_to_that_address_alone(workshop):
    assert workshop.host.python(FETCH, f"{workshop.address}/_stcore/health", 60) == "200 ok"
    assert workshop.host.python(FETCH, "http://127.0.0.1:8501/_stcore/health", 60).startswith("no way")


def test_members_on_other_computers_join_answer_and_get_the_result_one_of_them_in_a_browser(
    workshop, alice, bob
):
    leader = workshop.host.starts("lead", workshop.address, workshop.key, 2)
    code = leader.stdout.readline().strip()
    members = alice.starts("join", workshop.address, code), bob.starts("look", workshop.address, code)
    try:
        for member in members:
            said, _ = member.communicate(timeout=PATIENCE)
            assert said == "has the result\n"
    finally:
        leader.communicate("\n", timeout=PATIENCE)
        for member in members:
            member.kill()
