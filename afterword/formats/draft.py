"""A message's template and its values to text, by Jinja2 in a sandbox: nothing it can reach does anything."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from jinja2 import StrictUndefined, Template, TemplateError, meta
from jinja2.sandbox import ImmutableSandboxedEnvironment

SPACES = re.compile(r"[ \t]+")
SPACE_AT_AN_END = re.compile(r" ?\n ?")
EMPTY_LINES = re.compile(r"\n{3,}")

# Plain text for people, not HTML: escaping would put "&amp;" into an email.
ENVIRONMENT = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False)
ENVIRONMENT.globals.clear()
ENVIRONMENT.filters.clear()
ENVIRONMENT.tests.clear()


def names_in(template: str) -> frozenset[str]:
    """The names that a template is filled with. Raises ValueError with a sentence where it is no template."""
    try:
        return frozenset(meta.find_undeclared_variables(ENVIRONMENT.parse(template)))
    except TemplateError as error:
        raise ValueError(f"is not a template: {error}") from None


def rendered(template: str, values: Mapping[str, str]) -> str:
    """The text, without the gaps that what is left out leaves behind; each value is one line of it."""
    text = SPACE_AT_AN_END.sub("\n", SPACES.sub(" ", template_of(template).render(values)))
    return EMPTY_LINES.sub("\n\n", text).strip()


@lru_cache(maxsize=256)
def template_of(template: str) -> Template:
    """The template, read once. Raises TemplateError."""
    return ENVIRONMENT.from_string(template)
