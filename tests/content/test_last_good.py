"""The last good words: used where the newest are broken, and kept anew with every good ones."""

import shutil
from pathlib import Path

import pytest

from afterword.content import CONTENT, handbook_in_use, keep_copy, load_handbook
from afterword.domain.errors import BrokenContent

GOOD = load_handbook()
FRESH_TITLE = "Email or telephone"


@pytest.fixture
def folder(tmp_path):
    """A copy of the real words, to be broken and edited."""
    return Path(shutil.copytree(CONTENT, tmp_path / "content"))


@pytest.fixture
def keep(tmp_path):
    """Where the last good words are kept; nothing is there yet."""
    (tmp_path / "data").mkdir()
    return tmp_path / "data" / "last-good-content"


def break_rules(folder):
    (folder / "rules.toml").write_text("[[rule]]\nid = ", "utf-8")


def edit_guide(folder):
    page = folder / "guide" / "email-or-phone.md"
    page.write_text(page.read_text("utf-8").replace("Email or phone", FRESH_TITLE, 1), "utf-8")


def titles(handbook):
    return [page.title for page in handbook.guide]


def files_in(folder):
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_good_words_are_used_without_a_problem_and_a_copy_is_kept(folder, keep):
    in_use = handbook_in_use(keep, folder)
    assert (in_use.handbook, in_use.problems) == (GOOD, ())
    assert files_in(keep) == files_in(folder)


def test_broken_words_give_way_to_the_last_good_ones_and_every_problem_is_told(folder, keep):
    handbook_in_use(keep, folder)
    break_rules(folder)
    (folder / "guide" / "why.md").write_text("no front matter", "utf-8")
    in_use = handbook_in_use(keep, folder)
    assert in_use.handbook == GOOD
    places = [problem.path for problem in in_use.problems]
    assert "rules.toml" in places
    assert "guide/why.md" in places


def test_broken_words_leave_the_copy_as_it_is(folder, keep):
    handbook_in_use(keep, folder)
    before = files_in(keep)
    break_rules(folder)
    handbook_in_use(keep, folder)
    assert files_in(keep) == before


def test_without_a_copy_broken_words_are_an_error_with_every_problem(folder, keep):
    break_rules(folder)
    with pytest.raises(BrokenContent) as caught:
        handbook_in_use(keep, folder)
    assert [problem.path for problem in caught.value.problems] == ["rules.toml"]
    assert not keep.exists()


def test_good_words_refresh_the_copy(folder, keep):
    handbook_in_use(keep, folder)
    edit_guide(folder)
    assert FRESH_TITLE in titles(handbook_in_use(keep, folder).handbook)
    assert files_in(keep) == files_in(folder)
    break_rules(folder)
    assert FRESH_TITLE in titles(handbook_in_use(keep, folder).handbook)


def test_a_file_that_is_gone_from_the_words_is_gone_from_the_copy(folder, keep):
    (folder / "notes.txt").write_text("a note of the counsellor's", "utf-8")
    handbook_in_use(keep, folder)
    (folder / "notes.txt").unlink()
    handbook_in_use(keep, folder)
    assert files_in(keep) == files_in(folder)


def test_words_that_were_mended_are_used_again(folder, keep):
    handbook_in_use(keep, folder)
    good = (folder / "rules.toml").read_bytes()
    break_rules(folder)
    assert handbook_in_use(keep, folder).problems
    (folder / "rules.toml").write_bytes(good)
    assert handbook_in_use(keep, folder).problems == ()


def test_words_that_are_not_there_at_all_give_way_too(folder, keep):
    handbook_in_use(keep, folder)
    shutil.rmtree(folder)
    in_use = handbook_in_use(keep, folder)
    assert in_use.handbook == GOOD
    assert {"rules.toml", "sources.toml", "checklist.toml"} <= {problem.path for problem in in_use.problems}


def test_keeping_a_copy_leaves_nothing_else_behind(folder, keep):
    for _ in range(2):
        keep_copy(folder, keep)
    assert [path.name for path in keep.parent.iterdir()] == [keep.name]


def test_what_a_crash_left_half_copied_is_not_in_the_way(folder, keep):
    half = keep.with_name(f"{keep.name}-half")
    half.mkdir()
    (half / "rules.toml").write_text("half a", "utf-8")
    handbook_in_use(keep, folder)
    assert files_in(keep) == files_in(folder)
    break_rules(folder)
    assert handbook_in_use(keep, folder).handbook == GOOD


def test_where_the_copy_is_broken_too_the_newest_words_problems_are_told(folder, keep):
    handbook_in_use(keep, folder)
    (keep / "sources.toml").write_text("= broken", "utf-8")
    break_rules(folder)
    with pytest.raises(BrokenContent) as caught:
        handbook_in_use(keep, folder)
    assert "rules.toml" in [problem.path for problem in caught.value.problems]


def test_good_words_are_used_even_where_no_copy_can_be_kept(folder, tmp_path):
    (tmp_path / "full").write_text("a file where the folder should be", "utf-8")
    assert handbook_in_use(tmp_path / "full" / "last-good-content", folder).handbook == GOOD


def test_with_nowhere_to_keep_a_copy_good_words_are_used_and_broken_ones_are_an_error(folder):
    assert handbook_in_use(None, folder).handbook == GOOD
    break_rules(folder)
    with pytest.raises(BrokenContent):
        handbook_in_use(None, folder)
