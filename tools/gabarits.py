"""Make the two gabarits shipped with convgen, `templates/gabarits/{departement,neutre}`.

Run ``python tools/gabarits.py`` from the root of the repository after a change of the default styles.
The Word files it writes are ordinary ones: open them in Word to see or edit them. An edit made in Word is
lost at the next run, so a lasting change belongs here, and a gabarit of one's own in a folder of its own.
"""

from __future__ import annotations

import math
import struct
import zlib
from pathlib import Path

from convgen.errors import Report
from convgen.source.nodes import plain
from convgen.source.yaml import load_yaml
from convgen.write.charte import Charte, parse_charte
from convgen.write.docx.package import pack_parts, write_package
from convgen.write.docx.styles import styles_part
from convgen.write.docx.theme import font_table_part, theme_part
from convgen.write.docx.xml import HEADER, R, W, escape, field, run

ROOT = Path(__file__).resolve().parent.parent / "templates" / "gabarits"
MM = 56.6929  # twentieths of a point in a millimetre
EMU = 36000  # English metric units in a millimetre
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)


# --- the emblem: three hills above two waves in a rounded shield ---------------------------------------


def in_shield(x: float, y: float) -> bool:
    """Whether a point of the unit square is in the shield: square shoulders, pointed foot."""
    if not 0.08 <= x <= 0.92 or not 0.03 <= y <= 0.97:
        return False
    if y <= 0.52:
        corner = 0.08
        cx, cy = min(max(x, 0.08 + corner), 0.92 - corner), max(y, 0.03 + corner)
        return math.hypot(x - cx, y - cy) <= corner or y > 0.03 + corner
    return abs(x - 0.5) <= 0.42 * math.sqrt(max(0.0, 1 - ((y - 0.52) / 0.45) ** 2))


def in_drawing(x: float, y: float) -> bool:
    """Whether a point is in the white drawing."""
    hills = ((0.50, 0.20, 0.95), (0.29, 0.34, 1.0), (0.72, 0.32, 1.05))
    ridge = any(abs(x - top) * slope < y - height < abs(x - top) * slope + 0.085 for top, height, slope in hills)
    if ridge and y < 0.56:
        hidden = any(y - height >= abs(x - top) * slope + 0.085 for top, height, slope in hills)
        return not hidden
    return any(abs(y - level - 0.022 * math.sin(x * 19)) < 0.022 for level in (0.64, 0.75))


def emblem(colour: str, size: int = 256, sub: int = 3) -> bytes:
    """The emblem as a transparent PNG, `size` pixels wide, smoothed by `sub`² samples a pixel."""
    red, green, blue = (int(colour[place : place + 2], 16) for place in (0, 2, 4))
    rows = bytearray()
    for row in range(size):
        rows.append(0)
        for column in range(size):
            covered = white = 0
            for sample in range(sub * sub):
                x = (column + (sample % sub + 0.5) / sub) / size
                y = (row + (sample // sub + 0.5) / sub) / size
                if in_shield(x, y):
                    covered += 1
                    white += in_drawing(x, y)
            share = white / covered if covered else 0
            rows += bytes(round(one + (255 - one) * share) for one in (red, green, blue))
            rows.append(255 * covered // (sub * sub))
    head = struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in ((b"IHDR", head), (b"IDAT", zlib.compress(bytes(rows), 9)), (b"IEND", b""))
    )


def picture(millimetres: float) -> str:
    """The run that shows the emblem. It is decoration: the name of the organisme stands beside it."""
    side = int(millimetres * EMU)
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{side}" cy="{side}"/>'
        '<wp:docPr id="1" name="Logo" descr="Logo"/><a:graphic><a:graphicData '
        'uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr>'
        '<pic:cNvPr id="1" name="logo.png" descr="Logo"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
        '<a:blip r:embed="rIdLogo"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>'
        f'<a:off x="0" y="0"/><a:ext cx="{side}" cy="{side}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        "</pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


# --- small pieces -------------------------------------------------------------------------------------


def para(content: str, style: str = "Normal", ppr: str = "") -> str:
    """A paragraph of the shell."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{ppr}</w:pPr>{content}</w:p>'


def table(cells: list[tuple[int, str]], borders: str = "", above: int = 0, below: int = 0) -> str:
    """A layout table of one row as wide as the text, whatever the orientation; widths in fiftieths of a percent."""
    grid = "".join(f'<w:gridCol w:w="{share * 9070 // 5000}"/>' for share, _ in cells)
    row = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{share}" w:type="pct"/><w:vAlign w:val="center"/></w:tcPr>{text}</w:tc>'
        for share, text in cells
    )
    margin = f'<w:top w:w="{above}" w:type="dxa"/>' if above else ""
    foot = f'<w:bottom w:w="{below}" w:type="dxa"/>' if below else ""
    return (
        '<w:tbl><w:tblPr><w:tblStyle w:val="ActeGrille"/><w:tblW w:w="5000" w:type="pct"/>'
        f"<w:tblBorders>{borders}</w:tblBorders>"
        f'<w:tblCellMar>{margin}<w:left w:w="0" w:type="dxa"/>{foot}<w:right w:w="0" w:type="dxa"/></w:tblCellMar>'
        "</w:tblPr>"
        f"<w:tblGrid>{grid}</w:tblGrid><w:tr><w:trPr><w:cantSplit/></w:trPr>{row}</w:tr></w:tbl>"
    )


def rule(side: str, charte: Charte, size: int) -> str:
    """A border of a table in the main colour."""
    return f'<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="{charte.couleurs.principale}"/>'


def part(tag: str, content: str) -> bytes:
    """A header, a footer or the document."""
    return f"{HEADER}<w:{tag} {NAMESPACES}>{content}</w:{tag}>".encode()


TIGHT = '<w:spacing w:after="0" w:line="240" w:lineRule="auto"/>'
RIGHT = f'{TIGHT}<w:jc w:val="right"/>'
SMALL = '<w:color w:val="595959"/><w:sz w:val="16"/>'
PROJET = '<w:b/><w:bCs/><w:color w:val="C00000"/><w:spacing w:val="40"/><w:sz w:val="20"/>'


def header(first: bool) -> bytes:
    """The running header: nature and number on the left, PROJET on the right of a draft."""
    number = "{% if acte.numero %}{{ acte.nature }} n°\xa0{{ acte.numero }}{% endif %}"
    left = "" if first else run(number, f"<w:caps/>{SMALL}")
    projet = run("{% if brouillon %}PROJET{% endif %}", PROJET)
    cells = table([(3500, para(left, "Header")), (1500, para(projet, "Header", RIGHT))])
    return part("hdr", cells + para("", "Header"))


def footer(charte: Charte) -> bytes:
    """The foot: address line on the left, page X sur Y on the right, the mention below."""
    pages = (
        run("Page ", SMALL)
        + field("PAGE", run("1", SMALL), SMALL)
        + run(" sur ", SMALL)
        + field("NUMPAGES", run("1", SMALL), SMALL)
    )
    cells = table(
        [(3900, para(run("{{ pied }}", SMALL), "Footer")), (1100, para(pages, "Footer", RIGHT))],
        rule("top", charte, 4),
        40,
    )
    mention = para(run("{{ mention }}", f"<w:i/><w:iCs/>{SMALL}"), "Footer", f'{TIGHT}<w:jc w:val="center"/>')
    return part("ftr", cells + mention)


def services(style: str) -> str:
    """One paragraph for each service, highest first."""
    return (
        para(run("{%p for service in services %}"), style)
        + para(run("{{ service }}"), style)
        + para(run("{%p endfor %}"), style)
    )


def letterhead(charte: Charte) -> str:
    """With a logo: emblem on the left, name and services beside it, a rule below. Without: all centred."""
    name = (
        para(run("{%p if organisme %}"), "ActeOrganisme")
        + para(run("{{ organisme }}"), "ActeOrganisme")
        + para(run("{%p endif %}"), "ActeOrganisme")
    )
    if charte.logo:
        cells = [(900, para(picture(23), "Normal", TIGHT)), (4100, name + services("ActeService"))]
        return table(cells, rule("bottom", charte, 8), below=80) + para("", "Normal", TIGHT)
    # A rule under nothing would only be a line across the page.
    ruled = para(run("{%p if organisme or services %}")) + para("", "ActeFilet") + para(run("{%p endif %}"))
    return name + services("ActeService") + ruled


def extra_styles(charte: Charte) -> str:
    """The styles of the shell only."""
    colour = charte.couleurs.principale
    center = "" if charte.logo else '<w:jc w:val="center"/>'
    bottom = f'<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="1" w:color="{colour}"/></w:pBdr>'
    styles = {
        ("Header", "header", ""): ('<w:spacing w:after="0" w:line="240" w:lineRule="auto"/>', '<w:sz w:val="18"/>'),
        ("Footer", "footer", ""): ('<w:spacing w:after="0" w:line="240" w:lineRule="auto"/>', '<w:sz w:val="16"/>'),
        ("ActeOrganisme", "Acte organisme", "1"): (
            f'<w:spacing w:after="60" w:line="240" w:lineRule="auto"/>{center}',
            f'<w:b/><w:bCs/><w:caps/><w:color w:val="{colour}"/><w:spacing w:val="14"/><w:sz w:val="26"/>',
        ),
        ("ActeService", "Acte service", "1"): (
            f'<w:spacing w:after="10" w:line="240" w:lineRule="auto"/>{center}',
            f'<w:smallCaps/><w:color w:val="{"404040" if charte.logo else "000000"}"/><w:sz w:val="20"/>',
        ),
        ("ActeFilet", "Acte filet", "1"): (f'{bottom}<w:spacing w:after="120" w:line="120" w:lineRule="exact"/>', ""),
    }
    out = ""
    for (ident, name, custom), (ppr, rpr) in styles.items():
        flag = ' w:customStyle="1"' if custom else ""
        out += (
            f'<w:style w:type="paragraph"{flag} w:styleId="{ident}"><w:name w:val="{escape(name)}"/>'
            f'<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{ppr}</w:pPr>'
            f"<w:rPr>{rpr}</w:rPr></w:style>"
        )
    return out


def styles(charte: Charte, width: int) -> bytes:
    """Our default styles, with article headings in capitals where there is a logo, and the shell's own."""
    text = styles_part(charte, width)
    head, mark, rest = text.partition('w:styleId="Heading1"')
    rest = rest.replace("<w:bCs/>", "<w:bCs/><w:caps/>", 1)
    return (head + mark + rest).replace("</w:styles>", extra_styles(charte) + "</w:styles>").encode()


def gabarit(charte: Charte) -> bytes:
    """The Word file."""
    margins = charte.marges
    left, right = round(margins.gauche * MM), round(margins.droite * MM)
    section = (
        '<w:sectPr><w:headerReference w:type="default" r:id="rIdHeader"/>'
        '<w:headerReference w:type="first" r:id="rIdHeaderFirst"/>'
        '<w:footerReference w:type="default" r:id="rIdFooter"/>'
        '<w:footerReference w:type="first" r:id="rIdFooterFirst"/>'
        f'<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="{round(margins.haut * MM)}" w:right="{right}" '
        f'w:bottom="{round(margins.bas * MM)}" w:left="{left}" w:header="567" w:footer="454" w:gutter="0"/>'
        "<w:titlePg/></w:sectPr>"
    )
    body = letterhead(charte) + para(run("{{p corps }}"), "ActeCorps")
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    kinds = {"header1": "header", "header2": "header", "footer1": "footer", "footer2": "footer",
             "styles": "styles", "settings": "settings", "fontTable": "fontTable"}  # fmt: skip
    types = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{main}.{kind}+xml"/>' for name, kind in kinds.items()
    )
    links = {"rIdHeader": "header1", "rIdHeaderFirst": "header2", "rIdFooter": "footer1", "rIdFooterFirst": "footer2",
             "rIdStyles": "styles", "rIdSettings": "settings", "rIdFonts": "fontTable"}  # fmt: skip
    relations = "".join(
        f'<Relationship Id="{ident}" Type="{R}/{kinds[name]}" Target="{name}.xml"/>' for ident, name in links.items()
    )
    relations += f'<Relationship Id="rIdTheme" Type="{R}/theme" Target="theme/theme1.xml"/>'
    types += (
        '<Override PartName="/word/theme/theme1.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.theme+xml"/>'
    )
    if charte.logo:
        relations += f'<Relationship Id="rIdLogo" Type="{R}/image" Target="media/logo.png"/>'
    base = "http://schemas.openxmlformats.org/package/2006"
    parts = {
        "[Content_Types].xml": f'{HEADER}<Types xmlns="{base}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main}.document.main+xml"/>{types}</Types>',
        "_rels/.rels": f'{HEADER}<Relationships xmlns="{base}/relationships"><Relationship Id="rId1" '
        f'Type="{R}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'{HEADER}<Relationships xmlns="{base}/relationships">{relations}'
        "</Relationships>",
        "word/settings.xml": f'{HEADER}<w:settings xmlns:w="{W}"><w:zoom w:percent="100"/>'
        '<w:defaultTabStop w:val="709"/><w:characterSpacingControl w:val="doNotCompress"/><w:compat>'
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
        '</w:compat><w:themeFontLang w:val="fr-FR"/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/>'
        "</w:settings>",
    }
    files = {name: text.encode() for name, text in parts.items()}
    files |= {
        "word/document.xml": part("document", f"<w:body>{body}{section}</w:body>"),
        "word/header1.xml": header(False),
        "word/header2.xml": header(True),
        "word/footer1.xml": footer(charte),
        "word/footer2.xml": footer(charte),
        "word/fontTable.xml": font_table_part(charte).encode(),
        "word/theme/theme1.xml": theme_part(charte).encode(),
        "word/styles.xml": styles(charte, 11906 - left - right),
    }
    if charte.logo:
        files["word/media/logo.png"] = emblem(charte.couleurs.principale)
    return write_package(pack_parts(files))


def main() -> None:
    """Write the Word file, and the logo, of each folder that has a charte."""
    for path in sorted(ROOT.glob("*/charte.yaml")):
        report = Report()
        node = load_yaml(path.read_text(encoding="utf-8"), path.name, report)
        report.raise_if_errors()
        values = plain(node)
        charte = parse_charte(values if isinstance(values, dict) else {})
        if charte.logo:
            (path.parent / charte.logo).write_bytes(emblem(charte.couleurs.principale, 512))
        (path.parent / "gabarit.docx").write_bytes(gabarit(charte))


if __name__ == "__main__":
    main()
