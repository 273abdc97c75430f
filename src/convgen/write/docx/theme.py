"""A theme and a font table for a gabarit that has none: Word requires both, LibreOffice may write neither."""

from __future__ import annotations

from convgen.write.charte import Charte
from convgen.write.docx.xml import HEADER, W, escape

_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
#: Accents left after the main colour, chosen to be told apart in grey too.
_ACCENTS = ("7F7F7F", "2E75B6", "A5A5A5", "C55A11", "538135")


def theme_part(charte: Charte) -> str:
    """`theme1.xml` in the colours and fonts of the charte."""
    colours = charte.couleurs
    values = {"dk1": colours.texte, "lt1": "FFFFFF", "dk2": colours.principale, "lt2": colours.fond,
              "accent1": colours.principale,
              **{f"accent{place}": one for place, one in enumerate(_ACCENTS, start=2)},
              "hlink": "0563C1", "folHlink": "954F72"}  # fmt: skip
    scheme = "".join(f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>' for name, value in values.items())
    fonts = "".join(
        f'<a:{kind}Font><a:latin typeface="{escape(family)}"/><a:ea typeface=""/><a:cs typeface=""/></a:{kind}Font>'
        for kind, family in (("major", charte.polices.titres), ("minor", charte.polices.texte))
    )
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    formats = (
        f"<a:fillStyleLst>{fill * 3}</a:fillStyleLst><a:lnStyleLst>{f'<a:ln>{fill}</a:ln>' * 3}</a:lnStyleLst>"
        f"<a:effectStyleLst>{effect * 3}</a:effectStyleLst><a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst>"
    )
    return (
        f'{HEADER}<a:theme xmlns:a="{_A}" name="Charte"><a:themeElements><a:clrScheme name="Charte">{scheme}'
        f'</a:clrScheme><a:fontScheme name="Charte">{fonts}</a:fontScheme><a:fmtScheme name="Charte">{formats}'
        "</a:fmtScheme></a:themeElements></a:theme>"
    )


def font_table_part(charte: Charte) -> str:
    """`fontTable.xml` with the families of the charte."""
    families = sorted({charte.polices.titres, charte.polices.texte})
    fonts = "".join(f'<w:font w:name="{escape(family)}"/>' for family in families)
    return f'{HEADER}<w:fonts xmlns:w="{W}">{fonts}</w:fonts>'
