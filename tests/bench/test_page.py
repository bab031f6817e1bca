"""What a page keeps of the server's messages, without a server."""

from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from bench.page import Page


def begun(*fragments):
    message = ForwardMsg()
    message.new_session.page_script_hash = "here"
    message.metadata.run.fragment_ids.extend(fragments)
    return message


def said(place, words, fragment="", hash=""):
    message = ForwardMsg(hash=hash)
    message.metadata.delta_path.extend(place)
    message.metadata.cacheable = bool(hash)
    message.delta.fragment_id = fragment
    message.delta.new_element.markdown.body = words
    return message


def block(place):
    message = ForwardMsg()
    message.metadata.delta_path.extend(place)
    message.delta.add_block.allow_empty = True
    return message


def known(place, hash):
    message = ForwardMsg(ref_hash=hash)
    message.metadata.delta_path.extend(place)
    return message


def ended(status=ForwardMsg.FINISHED_SUCCESSFULLY):
    return ForwardMsg(script_finished=status)


def after(*messages):
    page = Page()
    for message in messages:
        page.take(message)
    return page


FRAGMENT_ENDED = ended(ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)
CUT_SHORT = ended(ForwardMsg.FINISHED_EARLY_FOR_RERUN)
FIRST = (
    begun(),
    said((0, 0), "one"),
    said((0, 1, 0), "two", "part"),
    said((0, 1, 1), "three", "part"),
    ended(),
)


def test_elements_are_told_in_the_order_of_their_places():
    assert after(begun(), said((0, 1), "second"), said((0, 0), "first"), ended()).text == "first\nsecond"


def test_what_a_run_of_everything_does_not_draw_again_is_gone():
    assert after(*FIRST, begun(), said((0, 0), "new"), ended()).text == "new"


def test_what_a_fragment_does_not_draw_again_is_gone_and_the_rest_stays():
    page = after(*FIRST, begun("part"), said((0, 1, 0), "new", "part"), FRAGMENT_ENDED)
    assert page.text == "one\nnew"


def test_a_fragment_within_another_goes_with_the_block_it_lies_in():
    inner = said((0, 1, 2, 0), "inner", "inner part")
    page = after(*FIRST[:-1], inner, ended(), begun("part"), block((0, 1, 2)), FRAGMENT_ENDED)
    assert page.text == "one"


def test_a_run_that_is_cut_short_takes_nothing_away():
    assert after(*FIRST, begun(), CUT_SHORT).text == "one\ntwo\nthree"


def test_what_may_be_kept_is_shown_again_by_its_hash():
    page = after(begun(), said((0, 0), "long", hash="its hash"), said((0, 1), "short"), ended())
    assert page.hashes == ["its hash"]
    for message in (begun(), known((0, 3), "its hash"), ended()):
        page.take(message)
    assert page.text == "long"


def test_only_what_is_said_in_red_is_an_error():
    red, blue = said((0, 0), ""), said((0, 1), "")
    for message, format in ((red, Alert.ERROR), (blue, Alert.INFO)):
        message.delta.new_element.alert.body = "Something"
        message.delta.new_element.alert.format = format
    assert after(begun(), red, ended()).errors == ["Something"]
    assert after(begun(), blue, ended()).errors == []
