"""The review beside a message: what stops it, what is advised, on whose word, and what no review can tell."""

from __future__ import annotations

import streamlit as st

from afterword.domain.handbook import Check, Ground
from afterword.domain.review import Finding, Place
from afterword.ui import wiring, words
from afterword.ui.typed import as_typed
from afterword.ui.writing import Writing

PLACES = {Place.SUBJECT: "in the subject", Place.BODY: "", Place.VOICEMAIL: "in the voicemail"}
GROUNDS = {
    Ground.ARTICLE: "the article",
    Ground.OUTSIDE: "outside guidance",
    Ground.INFERENCE: "our own view",
}
CANNOT = (
    "Only what can be counted is checked here. Whether it is true, and whether you mean it, "
    "nobody but you can judge. Spelling is left to your browser."
)


def part(found: Writing, findings: tuple[Finding, ...]) -> None:
    """Everything that was found, what stops first."""
    checks = wiring.words().handbook.checks
    st.header("Looked over", anchor=False)
    stopping = [finding for finding in findings if checks[finding.check].stops]
    advice = [finding for finding in findings if not checks[finding.check].stops]
    if stopping:
        st.error("**Do not send it yet.**\n\n" + lines(stopping, found), icon=":material/block:")
    if advice:
        st.info("**Advice**\n\n" + lines(advice, found), icon=":material/lightbulb:")
    if not findings:
        st.success("Nothing to mend was found.", icon=":material/check:")
    st.button("Look it over again", key=found.key("look"))
    st.markdown(CANNOT)
    grounds(findings, found)


def lines(findings: list[Finding], found: Writing) -> str:
    """One line a finding; what was found several times by one check stands in one."""
    by_check: dict[str, list[Finding]] = {}
    for finding in findings:
        by_check.setdefault(finding.check, []).append(finding)
    checks = wiring.words().handbook.checks
    return "\n".join(f"- {line(checks[id], group, found)}" for id, group in by_check.items())


def line(check: Check, findings: list[Finding], found: Writing) -> str:
    """What was found and where, what to do about it, and why."""
    about = words.listed(list(dict.fromkeys(place(finding) for finding in findings if finding.excerpt)))
    where = f": {about}" if about else ""
    do, why = check.said(found.case.today), check.because
    return f"**{check.title}**{where}. {do} {why} ({grounds_of(check)})"


def grounds_of(check: Check) -> str:
    """On whose word a check rests, in a few words; the sources themselves are listed beneath."""
    kinds = {wiring.words().handbook.sources[cite].kind for cite in check.cites}
    return words.listed([GROUNDS[kind] for kind in Ground if kind in kinds])


def place(finding: Finding) -> str:
    """The words it is about, and in which part they stand."""
    where = PLACES[finding.place]
    return f"“{as_typed(finding.excerpt)}”{f' {where}' if where else ''}"


def grounds(findings: tuple[Finding, ...], found: Writing) -> None:
    """The sources of everything that was found, and of the message itself."""
    handbook = wiring.words().handbook
    cites = [cite for finding in findings for cite in handbook.checks[finding.check].cites]
    each = dict.fromkeys((*cites, *found.message.cites))
    with st.expander("On whose word", key=found.key("grounds")):
        st.markdown("\n".join(f"- {words.source_line(handbook.sources[cite])}" for cite in each))
