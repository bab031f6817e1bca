"""What a column's heading says it holds, in the words people use in several languages."""

from __future__ import annotations

import re

from afterword.domain.table import Field
from afterword.formats.tables.dates import plain

# Each field's words, the surer first; a heading that is one of them counts more than one that has it in it.
WORDS: dict[Field, str] = {
    Field.COMPANY: "company; employer; organisation; organization; firm; business; company name; firma; unternehmen; "
    "arbeitgeber; betrieb; entreprise; societe; employeur; empresa; compania; empleador; azienda; bedrijf; client",
    Field.ROLE: "role; position; job title; title; job; vacancy; post; position title; jobtitle; stelle; rolle; jobtitel; "
    "beruf; stellenbezeichnung; tatigkeit; poste; fonction; intitule; emploi; puesto; cargo; rol; vacante; empleo",
    Field.LOCATION: "location; city; place; office; where; locations; ort; standort; stadt; arbeitsort; lieu; ville; "
    "ubicacion; ciudad; lugar; localidad",
    Field.LINK: "link; url; website; posting; job link; job url; webseite; anzeige; stellenanzeige; lien; site; annonce; "
    "enlace; web; oferta",
    Field.SOURCE: "source; found on; found via; referral; job board; jobsource; how found; quelle; gefunden uber; portal; "
    "jobborse; origine; provenance; fuente; origen; portal de empleo",
    Field.CONTACT: "contact; recruiter; contact name; contact person; hiring manager; hr contact; ansprechpartner; "
    "ansprechpartnerin; kontakt; kontaktperson; personalerin; recruteur; recruteuse; interlocuteur; contacto; "
    "persona de contacto; reclutador; reclutadora",
    Field.EMAIL: "email; e mail; mail; email address; contact email; e mail adresse; courriel; correo; "
    "correo electronico; adresse mail",
    Field.PHONE: "phone; telephone; tel; mobile; phone number; contact phone; telefon; telefonnummer; handy; portable; "
    "telefono; movil",
    Field.INTERVIEW: "interview; interview date; interviewed; interview on; date of interview; interview day; "
    "first interview; second interview; third interview; final interview; phone screen; phone interview; onsite; "
    "on site; panel; assessment; vorstellungsgesprach; gesprach; interview am; gesprach am; interviewtermin; "
    "gesprachstermin; entretien; date entretien; date d entretien; date de l entretien; entrevista; "
    "fecha entrevista; fecha de entrevista; fecha de la entrevista",
    Field.INTERVIEW_NAME: "interview type; round; stage name; interview round; interview kind; art des gesprachs; runde; "
    "type d entretien; tour; tipo de entrevista; ronda",
    Field.PEOPLE: "interviewer; interviewers; interviewed by; met with; met; panel members; spoke with; gesprach mit; "
    "gesprachspartner; gesprachspartnerin; interviewt von; recruteurs; rencontre; interlocuteurs; entrevistador; "
    "entrevistadora; entrevistadores",
    Field.REPLY_BY: "reply by; hear back by; hear by; decision by; decision date; expected reply; response by; "
    "answer by; antwort bis; ruckmeldung bis; entscheidung bis; reponse avant; reponse attendue; respuesta antes de; "
    "respuesta prevista; fecha de respuesta",
    Field.APPLIED: "applied; date applied; applied on; application date; applied date; applieddate; date sent; sent; "
    "date; submitted; beworben; beworben am; bewerbungsdatum; bewerbung am; bewerbung vom; datum; candidature; "
    "date de candidature; date candidature; postule le; date envoi; fecha; fecha de solicitud; solicitado; "
    "fecha de candidatura; fecha de aplicacion",
    Field.STATUS: "status; state; outcome; result; stage; decision; progress; stand; ergebnis; ausgang; statut; etat; "
    "resultat; etape; estado; resultado; situacion; response; reply; antwort; reponse; respuesta",
    Field.NOTES: "notes; note; comments; comment; remarks; notizen; bemerkung; bemerkungen; anmerkung; anmerkungen; "
    "kommentar; remarques; remarque; commentaire; commentaires; notas; comentarios; observaciones",
}
PHRASES = {phrase: field for field, words in WORDS.items() for phrase in words.split("; ")}
LONGEST_FIRST = sorted(PHRASES, key=len, reverse=True)
NUMBER_BEFORE = re.compile(r"^(\d+(st|nd|rd|th)?|\d+e|\d+er|#\d+|erstes|zweites|drittes|[123]\.) | \d+$")
NOT_OF_DAYS = re.compile(r"\b(with|notes?|feedback|time|questions?|mit|hour|uhrzeit|heure|hora|follow)\b")


def bare(heading: str) -> str:
    """A heading as it is compared: small letters, no accents, no signs."""
    words = re.sub(r"[^\w#]+", " ", plain(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", heading)))
    return " ".join(words.replace("_", " ").split())


def field_named(heading: str) -> tuple[Field, bool] | None:
    """The field that a heading names, and whether it says nothing else."""
    said = NUMBER_BEFORE.sub("", bare(heading)).strip()
    joined = said.replace(" ", "")
    for phrase in (said, joined):
        if phrase in PHRASES:
            return PHRASES[phrase], True
    if names_both(said):
        return Field.COMPANY_AND_ROLE, True
    within = next((p for p in LONGEST_FIRST if len(p) > 3 and re.search(rf"\b{p}\b", said)), None)
    if within is None or len(said.split()) > 5:
        return None
    field = PHRASES[within]
    if field == Field.INTERVIEW and NOT_OF_DAYS.search(said):
        return (Field.PEOPLE, False) if re.search(r"\b(with|mit)\b", said) else (Field.KEEP, False)
    return field, False


def names_both(said: str) -> bool:
    """Whether a heading names the company and the role at once: Company / Role."""
    words = said.split()
    found = {PHRASES.get(word) for word in words}
    return len(words) <= 4 and {Field.COMPANY, Field.ROLE} <= found
