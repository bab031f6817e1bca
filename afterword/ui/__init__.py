"""What the pages share: the session's desk, the words on screen, cards and forms."""
