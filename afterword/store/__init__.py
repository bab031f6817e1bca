"""Where applications are kept: SQLite or another database, or memory for guests."""
