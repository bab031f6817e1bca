"""Afterword: what to do after a job interview, when, by which channel and in which words."""

__version__ = "0.1.0"
