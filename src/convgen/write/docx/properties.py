"""The properties of the file: title and language for readers, the manifest of what the act was made from."""

from __future__ import annotations

from collections.abc import Mapping

from convgen.acte.nodes import Acte
from convgen.write.charte import Charte
from convgen.write.docx.xml import HEADER, escape

#: A file holds no date of its own unless the act gives one: the same act must give the same bytes.
FIXED_DATE = "2000-01-01T00:00:00Z"
_FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"


def core_part(acte: Acte, charte: Charte) -> str:
    """`docProps/core.xml`. The date is `provenance.details["date"]` (ISO) when given."""
    date = file_date(acte.provenance.details)
    author = escape(charte.organisme or acte.author or "convgen")
    when = f'xsi:type="dcterms:W3CDTF">{date}'
    return (
        f'{HEADER}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
        'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(acte.title)}</dc:title><dc:subject>{escape(acte.number)}</dc:subject>"
        f"<dc:creator>{author}</dc:creator><dc:language>fr-FR</dc:language>"
        f"<dcterms:created {when}</dcterms:created><dcterms:modified {when}</dcterms:modified>"
        "</cp:coreProperties>"
    )


def file_date(details: Mapping[str, str]) -> str:
    """The date that a file bears, ISO: the act's own when it gives one."""
    day = details.get("date", "")
    if len(day) >= 10 and day[:10].replace("-", "").isdigit():
        return f"{day[:10]}T00:00:00Z"
    return FIXED_DATE


def manifest(acte: Acte, digest: str, gabarit: str, version: str) -> dict[str, str]:
    """What the act was made from, French names → values, without empty ones."""
    provenance = acte.provenance
    values = {
        "convgen.version": version,
        "convgen.acte": acte.id,
        "convgen.nature": acte.kind,
        "convgen.definition": provenance.definition,
        "convgen.modele": provenance.modele,
        "convgen.clauses": ", ".join(f"{clause}@{number}" for clause, number in provenance.clauses),
        "convgen.gabarit": gabarit,
        "convgen.gabarit.sha256": digest,
    }
    values.update({f"convgen.{name}": provenance.details[name] for name in sorted(provenance.details)})
    return {name: value for name, value in values.items() if value}


def custom_part(acte: Acte, digest: str, gabarit: str, version: str) -> str:
    """`docProps/custom.xml`: the manifest."""
    properties = "".join(
        f'<property fmtid="{_FORMAT_ID}" pid="{place}" name="{escape(name)}">'
        f"<vt:lpwstr>{escape(value)}</vt:lpwstr></property>"
        for place, (name, value) in enumerate(manifest(acte, digest, gabarit, version).items(), start=2)
    )
    return (
        f'{HEADER}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
        f'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">{properties}</Properties>'
    )
