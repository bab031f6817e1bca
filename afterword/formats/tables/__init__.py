"""Tables that come in: from bytes to a grid of cells, to columns, to applications, with every doubt and problem."""
