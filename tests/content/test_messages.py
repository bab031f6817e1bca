"""The messages and what they are checked for: the real ones, and every fault with its place."""

import re

import pytest

from afterword.content import load_handbook
from afterword.domain.drafting import FACTS
from afterword.domain.handbook import MessageChannel, Occasion
from afterword.domain.review import CHECKS
from afterword.formats.draft import names_in, rendered
from tests.content.test_content import HANDBOOK, TODAY, faults, folder, plant, sentences, words

__all__ = ["folder"]

NAME = "thank-you-email"
FILE = f"messages/{NAME}.md"
MESSAGES = HANDBOOK.messages.values()
TIRED = re.compile(
    r"hope this (?:email|message)|reaching out|touch base|circle back|at your earliest|per my|passionate|"
    r"perfect fit|amazing|fantastic|thrilled|honou?red|excited|just wanted|dream (?:job|company)",
    re.IGNORECASE,
)


def texts(message):
    return [text for text in (message.subject, message.short, message.long, message.voicemail) if text]


# The real ones


def test_there_is_a_message_for_every_occasion_and_a_call_where_one_may_call():
    assert {m.occasion for m in MESSAGES} == set(Occasion)
    called = {m.occasion for m in MESSAGES if m.channel == MessageChannel.PHONE}
    assert called == set(Occasion) - {Occasion.ASK, Occasion.NEW_DATE, Occasion.AFTER_NO}


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: message.id)
def test_a_message_reads_plainly(message):
    facts = dict.fromkeys((*message.needs, *message.may_use), "it")
    for text in texts(message):
        assert not TIRED.search(text)
        assert "!" not in text
        for paragraph in rendered(text, facts).splitlines():
            for sentence in sentences(paragraph):
                assert len(words(sentence)) <= 25, sentence


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: message.id)
def test_the_long_text_is_longer_than_the_short_one_and_both_name_writer_and_reader(message):
    assert len(words(message.short)) < len(words(message.long))
    assert all({"you", "name", "role"} <= names_in(text) for text in (message.short, message.long))
    assert all(source in HANDBOOK.sources for source in message.cites)
    assert message.cites


@pytest.mark.parametrize("check", HANDBOOK.checks.values(), ids=lambda check: check.id)
def test_a_check_says_what_to_do_and_why_in_short_sentences(check):
    for text in (check.title, check.said(TODAY), check.because):
        assert all(len(words(sentence)) < 25 for sentence in sentences(text))
    assert check.cites


def test_only_a_blank_and_a_wrong_name_stop_a_message():
    assert [c.id for c in HANDBOOK.checks.values() if c.stops] == [
        "blank-left",
        "another-name",
        "name-missing",
    ]


def test_every_check_has_words_and_every_blank_a_fact():
    assert HANDBOOK.checks.keys() == CHECKS.keys()
    assert HANDBOOK.blanks.keys() == FACTS


# Planted faults


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        (
            'needs = ["name", ',
            "needs = [",
            "messages: thank-you-email: the placeholder name is used but not declared",
        ),
        (
            'may_use = ["remember"',
            'may_use = ["deadline", "remember"',
            "messages: thank-you-email: the placeholder deadline is declared but not used",
        ),
        (
            'may_use = ["remember"',
            'may_use = ["you", "remember"',
            "messages: thank-you-email: declares a placeholder twice",
        ),
        ('channel = "email"', 'channel = "post"', f"{FILE}: channel: must be one of email or phone"),
        ('occasion = "thanks"', 'occasion = "xmas"', f"{FILE}: occasion: must be one of "),
        ("order = 1", 'order = "1"', f"{FILE}: order: Input should be a valid integer"),
        ("order = 1", "order = 1\ncolour = 1", f"{FILE}: colour: is not a known key"),
        ("order = 1", "", f"{FILE}: order: is missing"),
        ("order = 1", "order =", f"{FILE}: cannot be read: "),
        ("+++\nid", "id", f"{FILE}: must begin with its settings between two lines of +++"),
        ("## Short", "## Brief", f"{FILE}: the heading Brief is not known here"),
        ("## Short", "## Long", f"{FILE}: has a heading that stands twice"),
        ("## Subject\n", "Before\n\n## Subject\n", f"{FILE}: has text before its first heading"),
        (
            "## Subject\n\nThank you for the interview: {{ role }}\n",
            "",
            "messages: thank-you-email.subject: is missing",
        ),
        (
            "## Long",
            "## Voicemail\n\nHello\n\n## Long",
            "messages: thank-you-email.voicemail: has no place in a message by email",
        ),
        ("{% endif %}", "", "messages: thank-you-email.short: is not a template: "),
        (
            "{{ role }}",
            "{{ role|shout }}",
            "messages: thank-you-email.subject: is not a template: No filter named 'shout'.",
        ),
        ("{{ role }}", "{{ role", "messages: thank-you-email.subject: is not a template: "),
        (
            "{{ role }}",
            "{{ secret }}",
            "messages: thank-you-email: the placeholder secret is used but not declared",
        ),
        (
            'cites = ["A11"',
            'cites = ["A99"',
            "messages: thank-you-email: cites A99, which is not in sources.toml",
        ),
    ],
)
def test_a_fault_in_a_message_is_found_with_its_place(folder, old, new, problem):
    plant(folder, FILE, old, new)
    assert any(line.startswith(problem) for line in faults(folder)), faults(folder)


@pytest.mark.parametrize(
    ("file", "old", "new", "problem"),
    [
        (
            "blanks.toml",
            'id = "you"',
            'id = "they"',
            "blanks.toml: the blank they is known nowhere in the code",
        ),
        ("blanks.toml", 'id = "you"', 'id = "they"', "blanks.toml: the blank you is missing"),
        (
            "blanks.toml",
            'id = "you"',
            'id = "they"',
            "messages: new-date: the placeholder you is not in blanks.toml",
        ),
        ("review.toml", 'id = "emoji"', 'id = "smile"', "review.toml: the check smile is made nowhere"),
        ("review.toml", 'id = "emoji"', 'id = "smile"', "review.toml: the check emoji has no words here"),
        (
            "review.toml",
            'name = "at_least"',
            'name = "least"',
            "review.toml: length: the number at_least is missing",
        ),
        (
            "review.toml",
            'name = "at_least"',
            'name = "least"',
            "review.toml: length: the number least is used nowhere",
        ),
        (
            "review.toml",
            "{at_least}",
            "{at_best}",
            "review.toml: length: {at_best} stands for no number of the words",
        ),
        (
            "review.toml",
            'looks_for = ["thank',
            'because_of = ["thank',
            "review.toml: check[6].because_of: is not a known key",
        ),
        (
            "review.toml",
            'cites = ["I-message-length"]',
            'cites = ["I-x"]',
            "review.toml: length: cites I-x, which is not in sources.toml",
        ),
        (
            "review.toml",
            'cites = ["A24"]',
            "cites = []",
            "review.toml: interest-missing: rests on no source; name one under cites",
        ),
    ],
)
def test_a_fault_in_blanks_and_checks_is_found_with_its_place(folder, file, old, new, problem):
    plant(folder, file, old, new)
    assert problem in faults(folder)


def test_a_check_that_goes_by_words_needs_them_and_another_has_none(folder):
    path = folder / "review.toml"
    text = re.sub(r'looks_for = \["when".*\n', "", path.read_text("utf-8"))
    path.write_text(text.replace('id = "emoji"', 'id = "emoji"\nlooks_for = ["x"]'), "utf-8")
    assert "review.toml: timing-missing: looks_for is missing" in faults(folder)
    assert "review.toml: emoji: looks_for is used nowhere" in faults(folder)


def test_two_messages_of_one_id_are_found(folder):
    text = (folder / FILE).read_text("utf-8")
    (folder / "messages" / "copy.md").write_text(text, "utf-8")
    assert f"messages: the id {NAME} stands twice" in faults(folder)


def test_a_file_that_is_no_text_is_found(folder):
    (folder / FILE).write_bytes(b"\xff\xfe")
    assert any(line.startswith(f"{FILE}: cannot be read: ") for line in faults(folder))


def test_a_new_message_needs_no_code(folder):
    text = (folder / FILE).read_text("utf-8").replace(f'id = "{NAME}"', 'id = "another"')
    (folder / "messages" / "another.md").write_text(text, "utf-8")
    assert "another" in load_handbook(folder).messages


# The sandbox


@pytest.mark.parametrize(
    "template",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ name.__class__ }}",
        "{{ name.format('x') }}{{ name.__init__ }}",
        "{% include '/etc/passwd' %}",
        "{% import 'os' as os %}",
        "{{ cycler.__init__ }}",
        "{{ range(10) }}",
        "{{ name|attr('__class__') }}",
    ],
)
def test_a_template_reaches_nothing_but_its_values(template):
    with pytest.raises(Exception, match=r".") as caught:
        assert rendered(template, {"name": "Ada"}) == ""
    assert type(caught.value).__module__.startswith("jinja2") or isinstance(caught.value, TypeError)


def test_a_template_does_not_guess_what_it_was_not_given():
    with pytest.raises(Exception, match="'role' is undefined"):
        rendered("{{ role }}", {})


def test_gaps_of_what_is_left_out_close():
    template = "A {{ x }} b.\n\n{% if x %}{{ x }}{% endif %}\n\n{{ x }}\nC {{ x }}\n"
    assert rendered(template, {"x": ""}) == "A b.\n\nC"
