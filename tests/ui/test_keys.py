"""Keys of widgets: short, and no two applications share one."""

from afterword.ui import keys


def test_an_id_of_our_own_is_told_by_its_random_end():
    assert keys.tail("0192aaaa-0000-7000-8000-00001234abcd") == "1234abcd"


def test_ids_from_a_file_that_end_alike_have_keys_of_their_own():
    first, second = keys.tick("one-application", "thank"), keys.tick("two-application", "thank")
    assert first != second
    assert first == keys.tick("one-application", "thank")
    assert len(first) < 30
