"""A guide page to print: one HTML file that fetches nothing."""

import re
from html.parser import HTMLParser

import pytest

from afterword.content import load_handbook
from afterword.formats.handout import handout
from afterword.ui.guide import marks_in_order, printed

HANDBOOK = load_handbook()
WORD = re.compile(r"[^\W\d_]+")


class Read(HTMLParser):
    """What a document says, and what it would fetch."""

    def __init__(self, document):
        super().__init__()
        self.text, self.fetched, self.tags, self.lang, self._skip = [], [], [], None, False
        self.feed(document.decode())

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self._skip = tag in {"style", "title"}
        self.lang = dict(attributes).get("lang", self.lang)
        self.fetched += [value for name, value in attributes if name in {"src", "href"}]

    def handle_endtag(self, _):
        self._skip = False

    def handle_data(self, data):
        if not self._skip:
            self.text.append(data)


@pytest.mark.parametrize("page", HANDBOOK.guide, ids=lambda page: page.id)
def test_a_printed_page_has_every_word_of_the_page_and_every_source(page):
    read = Read(printed(page, HANDBOOK))
    said = " ".join(" ".join(read.text).split())
    for cite in marks_in_order(page):
        assert HANDBOOK.sources[cite].title.rstrip(".") in said
    words = WORD.findall(re.sub(r"\[[A-Za-z][\w-]*\]", "", page.text))
    assert set(words) <= set(WORD.findall(said))
    assert read.lang == "en"
    assert read.fetched == []
    assert (read.tags.count("h1"), read.tags.count("title"), read.tags.count("script")) == (1, 1, 0)


def test_markup_in_words_is_shown_and_not_obeyed():
    document = handout("<b>T</b>", "<script>x</script> & | not a table", ["<i>one</i>"]).decode()
    assert "<script>" not in document
    assert "&lt;script&gt;" in document
    assert "<title>&lt;b&gt;T&lt;/b&gt;</title>" in document
    assert "<li>&lt;i&gt;one&lt;/i&gt;</li>" in document


def test_a_table_is_one_in_print_too():
    page = next(page for page in HANDBOOK.guide if page.id == "email-or-phone")
    assert Read(printed(page, HANDBOOK)).tags.count("tr") == 5
