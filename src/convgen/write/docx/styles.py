"""The styles that the body needs: how each is called, found in a gabarit, and made when it is missing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from convgen.acte.nodes import Role
from convgen.write.charte import Charte
from convgen.write.columns import dense_size
from convgen.write.docx.xml import HEADER, W, escape


@dataclass(frozen=True, slots=True)
class StyleSpec:
    """A style of ours.

    Attributes:
        key: how the writer calls it; also the id it gets when made.
        name: the name in the file (Word keeps built-in names in English and shows them translated).
        french: the name that French programs may have written instead.
        based: the key of its parent, "" for none.
        ppr: inside of `w:pPr`, rpr: inside of `w:rPr`, with `{colour}` marks of the charte.
        kind: "paragraph", "character" or "table".
        follow: the key of the style of the next paragraph typed.
    """

    key: str
    name: str
    french: str = ""
    based: str = "Normal"
    ppr: str = ""
    rpr: str = ""
    kind: str = "paragraph"
    follow: str = ""


def _heading(level: int, ppr: str, rpr: str) -> StyleSpec:
    outline = f'<w:outlineLvl w:val="{level - 1}"/>'
    keep = "<w:keepNext/><w:keepLines/>"
    return StyleSpec(f"Heading{level}", f"heading {level}", f"Titre {level}", "Normal", keep + ppr + outline,
                     f"{{fonts}}<w:b/><w:bCs/>{rpr}", follow="ActeCorps")  # fmt: skip


def _toc(level: int) -> StyleSpec:
    ppr = (
        '<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{width}"/></w:tabs>'
        f'<w:spacing w:before="{60 if level == 1 else 0}" w:after="40"/><w:ind w:left="{(level - 1) * 284}"/>'
        '<w:jc w:val="left"/>'
    )
    return StyleSpec(f"TOC{level}", f"toc {level}", f"TM {level}", "Normal", ppr)


_FRAME = "".join(
    f'<w:{side} w:val="single" w:sz="8" w:space="{space}" w:color="{{principale}}"/>'
    for side, space in (("top", 6), ("left", 8), ("bottom", 6), ("right", 8))
)
_CELLS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{{filet}}"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_CENTER = '<w:jc w:val="center"/>'

SPECS: tuple[StyleSpec, ...] = (
    StyleSpec("Normal", "Normal", "Standard", "",
              '<w:widowControl/><w:spacing w:after="120" w:line="259" w:lineRule="auto"/>'),
    _heading(1, '<w:spacing w:before="320" w:after="120"/>', '<w:color w:val="{principale}"/><w:sz w:val="24"/>'),
    _heading(2, '<w:spacing w:before="220" w:after="100"/>', '<w:color w:val="{principale}"/>'),
    _heading(3, '<w:spacing w:before="180" w:after="80"/>', '<w:color w:val="{texte}"/>'),
    _heading(4, '<w:spacing w:before="160" w:after="80"/>', '<w:color w:val="{texte}"/>'),
    _heading(5, '<w:spacing w:before="140" w:after="60"/>', '<w:i/><w:iCs/><w:color w:val="{texte}"/>'),
    StyleSpec("Title", "Title", "Titre", "Normal",
              '<w:keepNext/><w:keepLines/><w:spacing w:before="200" w:after="140"/><w:jc w:val="center"/>',
              '{fonts}<w:b/><w:bCs/><w:color w:val="{principale}"/><w:sz w:val="30"/>', follow="ActeCorps"),
    StyleSpec("Subtitle", "Subtitle", "Sous-titre", "Normal",
              '<w:keepNext/><w:spacing w:after="60"/><w:jc w:val="center"/>', '{fonts}<w:sz w:val="24"/>'),
    StyleSpec("Caption", "caption", "Légende", "Normal",
              '<w:keepNext/><w:keepLines/><w:spacing w:before="200" w:after="80"/>', "<w:b/><w:bCs/>"),
    StyleSpec("ListParagraph", "List Paragraph", "Paragraphe de liste", "ActeCorps", '<w:spacing w:after="60"/>'),
    StyleSpec("TOCHeading", "TOC Heading", "En-tête de table des matières", "Normal",
              '<w:keepNext/><w:spacing w:before="240" w:after="120"/>',
              '{fonts}<w:b/><w:bCs/><w:color w:val="{principale}"/><w:sz w:val="26"/>'),
    _toc(1), _toc(2), _toc(3), _toc(4),
    StyleSpec("FootnoteText", "footnote text", "Note de bas de page", "Normal",
              '<w:spacing w:after="40" w:line="240" w:lineRule="auto"/><w:jc w:val="both"/>', '<w:sz w:val="18"/>'),
    StyleSpec("FootnoteReference", "footnote reference", "Appel note de bas de p.", "", "",
              '<w:vertAlign w:val="superscript"/>', "character"),
    StyleSpec("ActeCorps", "Acte corps", "", "Normal", '<w:jc w:val="both"/>'),
    StyleSpec("ActeVisa", "Acte visa", "", "ActeCorps", '<w:spacing w:after="100"/>'),
    StyleSpec("ActeConsiderant", "Acte considérant", "", "ActeVisa"),
    StyleSpec("ActeFormule", "Acte formule", "", "Normal",
              '<w:keepNext/><w:spacing w:before="280" w:after="240"/><w:jc w:val="center"/>',
              '<w:b/><w:bCs/><w:caps/>'),
    StyleSpec("ActeComparution", "Acte comparution", "", "ActeCorps", '<w:ind w:left="284"/>'),
    StyleSpec("ActeLiaison", "Acte liaison", "", "Normal",
              '<w:keepNext/><w:spacing w:before="160" w:after="120"/>', '<w:b/><w:bCs/>'),
    StyleSpec("ActeNumero", "Acte numéro", "", "Normal",
              '<w:keepNext/><w:spacing w:before="240" w:after="80"/><w:jc w:val="center"/>',
              '{fonts}<w:b/><w:bCs/><w:sz w:val="26"/>'),
    StyleSpec("ActeCadre", "Acte cadre", "", "Normal",
              f'<w:keepLines/><w:pBdr>{_FRAME}</w:pBdr><w:spacing w:before="40" w:after="40"/>'
              '<w:ind w:left="284" w:right="284"/>', "{small}"),
    StyleSpec("ActeIntertitre", "Acte intertitre", "", "Normal",
              '<w:keepNext/><w:keepLines/><w:spacing w:before="160" w:after="80"/>', "<w:b/><w:bCs/>"),
    StyleSpec("ActeCitation", "Acte citation", "", "ActeCorps", '<w:spacing w:after="80"/><w:ind w:left="567"/>'),
    StyleSpec("ActeCitationIntitule", "Acte citation intitulé", "", "ActeCitation",
              '<w:keepNext/><w:keepLines/><w:spacing w:before="120" w:after="80"/><w:jc w:val="left"/>',
              "<w:b/><w:bCs/>", follow="ActeCitation"),
    StyleSpec("ActeCloture", "Acte clôture", "", "Normal",
              '<w:keepNext/><w:keepLines/><w:spacing w:before="240" w:after="120"/>'),
    StyleSpec("ActePartie", "Acte partie", "", "Heading1",
              '<w:spacing w:before="420" w:after="200"/><w:jc w:val="center"/><w:outlineLvl w:val="0"/>'),
    StyleSpec("ActeAnnexe", "Acte annexe", "", "Heading1",
              '<w:spacing w:before="0" w:after="280"/><w:jc w:val="center"/><w:outlineLvl w:val="0"/>',
              '<w:sz w:val="28"/>'),
    StyleSpec("ActeTableauTitre", "Acte tableau titre", "", "Normal",
              '<w:keepNext/><w:keepLines/><w:spacing w:before="40" w:after="40" w:line="240" w:lineRule="auto"/>',
              "<w:b/><w:bCs/>{small}"),
    StyleSpec("ActeTableauTexte", "Acte tableau texte", "", "Normal",
              '<w:spacing w:before="40" w:after="40" w:line="240" w:lineRule="auto"/>', "{small}"),
    StyleSpec("ActeTableauTitreSerre", "Acte tableau titre serré", "", "ActeTableauTitre", "", "{tiny}"),
    StyleSpec("ActeTableauTexteSerre", "Acte tableau texte serré", "", "ActeTableauTexte", "", "{tiny}"),
    StyleSpec("ActeSignature", "Acte signature", "", "Normal",
              '<w:keepNext/><w:keepLines/><w:spacing w:after="20"/><w:jc w:val="center"/>'),
    StyleSpec("ActeSaut", "Acte saut", "", "Normal",
              '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>', '<w:sz w:val="2"/>'),
    StyleSpec("TableNormal", "Normal Table", "Tableau Normal", "", kind="table"),
    StyleSpec("ActeTableau", "Acte tableau", "", "TableNormal", kind="table"),
    StyleSpec("ActeGrille", "Acte grille de signatures", "", "TableNormal", kind="table"),
)  # fmt: skip


ROLE_STYLES: dict[Role, str] = {
    Role.BODY: "ActeCorps",
    Role.VISA: "ActeVisa",
    Role.CONSIDERANT: "ActeConsiderant",
    Role.FORMULA: "ActeFormule",
    Role.PARTY: "ActeComparution",
    Role.LINK: "ActeLiaison",
    Role.TITLE: "Title",
    Role.SUBTITLE: "Subtitle",
    Role.NUMBER: "ActeNumero",
    Role.FRAME: "ActeCadre",
    Role.SUBHEAD: "ActeIntertitre",
    Role.CAPTION: "Caption",
    Role.QUOTE: "ActeCitation",
    Role.QUOTE_HEADING: "ActeCitationIntitule",
    Role.CLOSING: "ActeCloture",
}

_MARGINS = (
    '<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/>'
    '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar>'
)
_TABLES = {
    "TableNormal": f'<w:tblPr><w:tblInd w:w="0" w:type="dxa"/>{_MARGINS}</w:tblPr>',
    "ActeTableau": f"<w:tblPr><w:tblBorders>{_CELLS}</w:tblBorders>{_MARGINS}</w:tblPr>",
    "ActeGrille": f"<w:tblPr>{_MARGINS}</w:tblPr>",
}


def find_styles(known: Mapping[str, tuple[str, str]]) -> dict[str, str]:
    """Which style of a gabarit plays each of our styles.

    Args:
        known: the gabarit's styles, id → (name, type).

    Returns:
        our key → id in the gabarit, without the missing ones. The id counts first, then the name,
        English or French, whatever its case.
    """
    by_name = {(name.casefold(), kind): style_id for style_id, (name, kind) in known.items()}
    found: dict[str, str] = {}
    for spec in SPECS:
        if spec.key in known and known[spec.key][1] == spec.kind:
            found[spec.key] = spec.key
            continue
        for name in (spec.name, spec.french):
            style_id = by_name.get((name.casefold(), spec.kind))
            if name and style_id is not None:
                found[spec.key] = style_id
                break
    return found


def make_style(spec: StyleSpec, ids: Mapping[str, str], charte: Charte, width: int) -> str:
    """The `w:style` element of a missing style.

    Args:
        spec: what it is.
        ids: our key → style id, of every style, found or made.
        charte: gives the colours and fonts.
        width: of the text, in twentieths of a point, for right tab stops.
    """
    marks = {
        "principale": charte.couleurs.principale,
        "texte": charte.couleurs.texte,
        "filet": charte.couleurs.filet,
        "width": str(width),
        "fonts": _fonts(charte.polices.titres) if charte.polices.titres != charte.polices.texte else "",
        "small": f'<w:sz w:val="{charte.polices.taille * 2 - 2}"/>',
        "tiny": f'<w:sz w:val="{dense_size(charte.polices.taille)}"/>',
    }
    custom = "" if not spec.key.startswith("Acte") else ' w:customStyle="1"'
    default = ' w:default="1"' if spec.key in ("Normal", "TableNormal") else ""
    lines = [f'<w:style w:type="{spec.kind}"{default}{custom} w:styleId="{ids[spec.key]}">']
    lines.append(f'<w:name w:val="{escape(spec.name)}"/>')
    lines += [f'<w:basedOn w:val="{ids[spec.based]}"/>'] if spec.based else []
    lines += [f'<w:next w:val="{ids[spec.follow]}"/>'] if spec.follow else []
    lines.append('<w:uiPriority w:val="99"/><w:semiHidden/>' if spec.key == "TableNormal" else "<w:qFormat/>")
    inside = (("pPr", spec.ppr), ("rPr", spec.rpr))
    lines += [f"<w:{tag}>{_fill(text, marks)}</w:{tag}>" for tag, text in inside if text and _fill(text, marks)]
    lines.append(_fill(_TABLES.get(spec.key, ""), marks))
    return "".join(lines) + "</w:style>"


def _fonts(family: str) -> str:
    name = escape(family)
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:cs="{name}"/>'


def _fill(text: str, marks: Mapping[str, str]) -> str:
    return re.sub(r"\{(\w+)\}", lambda match: marks[match[1]], text)


def styles_part(charte: Charte, width: int) -> str:
    """A whole `styles.xml` of default styles, for a gabarit made from nothing."""
    ids = {spec.key: spec.key for spec in SPECS}
    size = charte.polices.taille * 2
    defaults = (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{_fonts(charte.polices.texte)}"
        f'<w:color w:val="{charte.couleurs.texte}"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
        '<w:lang w:val="fr-FR" w:eastAsia="fr-FR" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
    )
    styles = "".join(make_style(spec, ids, charte, width) for spec in SPECS)
    return f'{HEADER}<w:styles xmlns:w="{W}">{defaults}{styles}</w:styles>'
