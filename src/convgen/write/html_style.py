"""The style sheet of the HTML page, drawn from the charte."""

from __future__ import annotations

from convgen.acte.nodes import Acte
from convgen.write.charte import Charte

_SHEET = """
* { box-sizing: border-box; }
html { color: var(--texte); font: var(--taille)/1.45 var(--police), Arial, sans-serif; }
body { margin: 0 auto; padding: 1.5rem 1rem; max-width: 52rem; background: #fff; overflow-wrap: break-word; }
p { margin: 0 0 .6em; text-align: justify; hyphens: manual; }
h1, h2, h3, h4, h5, h6 { color: var(--principale); font-family: var(--police-titres), Arial, sans-serif;
  line-height: 1.25; margin: 1.4em 0 .6em; break-after: avoid; }
h1 { font-size: 1.5em; text-align: center; }
h2 { font-size: 1.15em; border-bottom: 1px solid var(--filet); padding-bottom: .15em; }
h3 { font-size: 1.05em; }
h4, h5, h6 { font-size: 1em; }
.en-tete { color: var(--principale); font-size: .9em; margin-bottom: 2em; }
.sous-titre, .numero-acte, p.numero, p.titre { text-align: center; }
p.titre { font-weight: bold; font-size: 1.2em; color: var(--principale); }
p.cadre { text-align: center; margin: 0; }
section.cartouche { border: 1px solid var(--principale); padding: .8em; margin: 1em 0; }
p.formule { font-weight: bold; margin: 1.2em 0; }
p.intertitre, p.legende { font-weight: bold; break-after: avoid; }
blockquote { margin: .4em 0 .4em 2em; }
ul { list-style: "–  "; }
ol.degre { list-style: degre; }
ol.lettre { list-style: lettre; }
@counter-style degre { system: extends decimal; suffix: "° "; }
@counter-style lettre { system: extends lower-alpha; suffix: ") "; }
li > p { margin-bottom: .3em; }
.intitule-cite { font-weight: bold; break-after: avoid; }
li.marque { list-style: none; position: relative; }
.puce { position: absolute; right: 100%; margin-right: .5em; white-space: nowrap; }
ins { color: #0a5c2b; text-decoration: underline; }
del { color: #a3121f; text-decoration: line-through; }
sup { line-height: 0; }
.tableau { overflow-x: auto; margin: .8em 0 1.2em; }
table { border-collapse: collapse; width: 100%; font-size: .92em; }
caption { font-weight: bold; text-align: left; padding-bottom: .4em; }
th, td { border: 1px solid var(--filet); padding: .35em .5em; vertical-align: top; text-align: left; }
thead th { background: var(--fond); }
tbody th { font-weight: normal; }
tr { break-inside: avoid; }
.droite { text-align: right; font-variant-numeric: tabular-nums; }
.centre { text-align: center; }
tr.total > *, tr.sous-total > *, tr.bande > * { font-weight: bold; }
tr.total > *, tr.bande > * { background: var(--fond); }
tr.information > * { font-style: italic; }
.grille { display: grid; grid-template-columns: repeat(var(--colonnes), 1fr); gap: 1.5em; margin-top: 1.5em;
  break-inside: avoid; }
.signature p { text-align: center; margin: 0 0 .2em; }
.place { height: 5.5em; }
.reserve { border: 1px solid var(--filet); min-height: 7em; padding: .5em; }
mark.blanc { background: #fff2a8; color: inherit; padding: 0 .15em; }
.remplir { display: inline-block; border-bottom: 1px dotted currentColor; }
a.renvoi { color: inherit; text-decoration-color: var(--filet); }
nav ol { list-style: none; padding-left: 1em; }
nav.ecran { border-left: 3px solid var(--principale); font-size: .9em; margin: 1em 0 2em; }
.sommaire-titre { font-weight: bold; }
.bandeau { display: flex; gap: 1.5em; justify-content: space-between; color: var(--principale); font-weight: bold;
  border-bottom: 1px solid var(--filet); padding-bottom: .4em; }
.filigrane { display: none; }
section.notes { border-top: 1px solid var(--filet); margin-top: 2em; font-size: .9em; }
footer { border-top: 1px solid var(--filet); margin-top: 2em; padding-top: .4em; font-size: .8em; }
a { color: var(--principale); }
@media print {
  html { font-size: var(--taille-papier); }
  body { max-width: none; padding: 0; }
  .ecran, .bandeau { display: none; }
  .saut, section.annexe { break-before: page; }
  .paysage { page: paysage; }
  .tableau { overflow: visible; }
  thead { display: table-header-group; }
  p { orphans: 2; widows: 2; }
  a { color: inherit; text-decoration: none; }
  mark.blanc { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  .filigrane { display: flex; flex-direction: column; align-items: center; position: fixed; inset: 40% 0 auto;
    transform: rotate(-30deg); opacity: .09; font-weight: bold; z-index: -1; }
  .filigrane span { font-size: 18pt; }
  .filigrane .projet { font-size: 40pt; }
}
"""


def stylesheet(charte: Charte, acte: Acte) -> str:
    """The whole sheet; the texts printed in the margins of each page come from the act."""
    colours, fonts, margins = charte.couleurs, charte.polices, charte.marges
    variables = (
        f"--principale:#{colours.principale};--texte:#{colours.texte};--fond:#{colours.fond};"
        f"--filet:#{colours.filet};--police:{_string(fonts.texte)};--police-titres:{_string(fonts.titres)};"
        f"--taille:{fonts.taille + 1}pt;--taille-papier:{fonts.taille}pt"
    )
    edges = f"{margins.haut}mm {margins.droite}mm {margins.bas}mm {margins.gauche}mm"
    head = "PROJET" if acte.draft else ""
    boxes = (
        f"@top-left {{ content: {_string(acte.number)}; }}\n"
        f"  @top-center {{ content: {_string(acte.mention)}; }}\n"
        f"  @top-right {{ content: {_string(head)}; font-weight: bold; }}\n"
        f"  @bottom-left {{ content: {_string(charte.pied)}; }}\n"
        '  @bottom-right { content: "Page " counter(page) " sur " counter(pages); }'
    )
    return (
        f":root {{ {variables} }}\n@page {{ size: A4; margin: {edges}; font: 9pt Arial, sans-serif;\n  {boxes}\n}}\n"
        f"@page paysage {{ size: A4 landscape; }}{_SHEET}"
    )


def _string(text: str) -> str:
    """A CSS string: anything but letters, digits and plain punctuation is written by its code."""
    return '"' + "".join(c if c.isalnum() or c in " .,-–’()°/" else f"\\{ord(c):x} " for c in text) + '"'
