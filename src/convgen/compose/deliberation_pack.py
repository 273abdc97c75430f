"""The packs of a délibération and of an arrêté: their sentences, kept as templates that a jurist can edit.

A pack is a strict YAML file of texts (`templates/formules/<name>.yaml`), checked against the whitelist of the texts of
clauses before anything is printed; joints and agreements are made by the engine, as in any text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from convgen.acte.nodes import Inlines
from convgen.compose.sandbox import View
from convgen.compose.text import Composer, TextCache
from convgen.compose.views.base import NothingView
from convgen.errors import ConvgenError, Place, Report, suggest
from convgen.model.files import Files
from convgen.model.reserved import is_none
from convgen.model.values import TextSource
from convgen.source.files import read_text
from convgen.source.nodes import MappingNode, PlacedText, Scalar, folded
from convgen.source.yaml import load_yaml

FOLDER: Final = "templates/formules"
_FOR: Final = "pour"
#: What is no sentence: the values it may take, none for any.
MARKS: Final[Mapping[str, tuple[str, ...]]] = {
    "separateur_visas": (),
    "separateur_decisions": (),
    "marque_themes": ("1°", "1.", "a)", "-", "sans"),
    "marque_decisions": ("1°", "1.", "a)", "-", "sans"),
}
_SIGNING: Final = {
    "fait": "lieu jour",
    "executoire": "transmis publie",
    "tampon": "",
    "tampon_identifiant": "identifiant",
    "tampon_transmis": "transmis",
    "tampon_recu": "recu",
}
_HEAD: Final = {"collectivite": "organisme", "numero": "numero"}
_PREAMBLE: Final = {"vu": "texte", "considerant": "texte"}
_NAMES: Final = {"acte": "nom objet", "avenant": "numero convention", "signee_le": "convention jour"}
_OF_ACTS: Final = {
    **_NAMES,
    "incidence": "",
    "annexe": "projet numero",
    "piece": "objet numero",
    "partenaires": "partenaires",
    "definissant": "texte",
    "en_vue": "texte",
    "relatif": "nom texte",
    "portant_sur": "texte",
    "modifiant": "articles convention",
    "montant": "montant maximum parts recette",
    "montant_porte": "avant montant maximum recette",
    "forme": "forme",
    "reparti": "",
    "part": "montant objet part",
    "part_sans_objet": "montant part",
    "duree_periode": "periode",
    "duree_annee": "annee",
    "duree_jusqu_a": "fin",
    "duree_longueur": "longueur fin",
    "duree_portee": "avant longueur suite",
    "duree_suit": "autre",
    "duree_parts": "periodes",
    "duree_part": "periode parts",
    "terme_porte": "convention avant fin suite",
    "reconduction": "forme fois maximum",
    "phrase": "acte incidence annexe partenaires modifiant resume forme montant duree ajout reparti",
}
#: The sentences of each kind of pack, with the words that each one may use.
KEYS: Final[Mapping[str, Mapping[str, str]]] = {
    "délibération": {
        **_HEAD,
        "assemblee": "organe",
        "seance": "jour session",
        "organe": "organe",
        **_PREAMBLE,
        "deport": "elu motif",
        "rapport": "signataire organe",
        "proposer_theme": "theme",
        "proposer_signer": "actes partenaires",
        "proposer_approuver": "objet",
        "avis": "sens commission jour",
        "delibere": "",
        "decide": "organe",
        "theme": "theme",
        "signer": "signataire organisme actes",
        "signer_plusieurs": "signataire organisme",
        "approuver": "objet annexe ajout",
        "texte": "texte",
        **_OF_ACTS,
        "vote_compte": "libelle nombre",
        "vote_unanimite": "",
        "vote_exprimes": "abstentions",
        "vote_majorite": "abstentions preponderante president",
        "vote_a_venir": "vote",
        **_SIGNING,
    },
    "arrêté": {
        **_HEAD,
        "date": "jour",
        "autorite": "autorite",
        **_PREAMBLE,
        **_NAMES,
        "deport": "texte",
        "rapport": "texte",
        "arrete": "",
        "execution": "charge",
        "execution_notifie": "destinataires",
        "ampliation": "",
        "recours": "tribunal delai gracieux autorite",
        **_SIGNING,
    },
}
_MARKED: Final = {"délibération": tuple(MARKS), "arrêté": ("separateur_visas",)}


@dataclass(frozen=True, slots=True)
class Pack:
    """The sentences of one kind of act.

    Attributes:
        name: that of the file.
        sources: the templates, by key.
        marks: what separates and numbers, by key.
        cache: what texts share.
        report: where the problems of a sentence go.
    """

    name: str
    sources: Mapping[str, TextSource]
    marks: Mapping[str, str]
    cache: TextCache
    report: Report

    def say(self, key: str, **views: View) -> Inlines:
        """A sentence with these words, as it stands in a line; nothing for an empty template."""
        return self.said(key, views)

    def said(self, key: str, views: Mapping[str, View], *, capital: bool = False) -> Inlines:
        """The same, its words in a mapping; `capital`: it opens a paragraph."""
        source = self.sources[key]
        if not source.text.strip():
            return ()
        words: dict[str, object] = {
            # An error then says which word of the sentence there is none of.
            word: NothingView(word, view.why) if isinstance(view, NothingView) and not view.key else view
            for word, view in views.items()
        }
        composer = Composer(self.cache, self.report, words, frozenset(words))
        return composer.inline(source, capital=capital)


def load_pack(files: Files, name: str, kind: str, cache: TextCache, report: Report, place: Place | None) -> Pack | None:
    """A pack of the workspace, by name; None after an error.

    Args:
        files: the workspace.
        name: that of a file of `templates/formules`, without its extension.
        kind: "délibération" or "arrêté".
        cache: what texts share.
        report: receives FIC-01 (none of that name), DEL-06 (a key is unknown, missing or empty) and TXT-…
        place: where it is named.
    """
    folder = files.root / FOLDER
    known = sorted(one.stem for one in folder.glob("*.yaml"))
    if name not in known:
        remedy = suggest(name, known, "Recueils", f"Copiez-y ceux livrés avec convgen : {FOLDER}.")
        report.error("FIC-01", f"aucun recueil de formules ne s'appelle « {name} »", place, "formules", remedy=remedy)
        return None
    file = f"{FOLDER}/{name}.yaml"
    before = len(report.errors)
    text = read_text(folder / f"{name}.yaml", file, report)
    node = load_yaml(text, file, report) if text is not None else None
    if not isinstance(node, MappingNode):
        if len(report.errors) == before:
            _refuse(report, "un recueil de formules est une suite de clés", Place(file))
        return None
    found = _read(node, kind, report)
    if found is None or len(report.errors) > before:
        return None
    pack = Pack(name, *found, cache, report)
    _check(pack, kind, report)
    return pack if len(report.errors) == before else None


def _refuse(report: Report, message: str, place: Place, remedy: str = "") -> None:
    remedy = remedy or "Reprenez ce recueil de ceux livrés avec convgen, dans templates/formules."
    report.error("DEL-06", message, place, remedy=remedy)


def _read(node: MappingNode, kind: str, report: Report) -> tuple[dict[str, TextSource], dict[str, str]] | None:
    told = node.get(_FOR)
    if not isinstance(told, Scalar) or folded(told.text) != folded(kind):
        place = told.place if told is not None else node.place
        message = f"ce recueil de formules n'est pas celui d'un acte de nature « {kind} »"
        _refuse(report, message, place, f"Écrivez « pour: {kind} », ou nommez un autre recueil.")
        return None
    sources: dict[str, TextSource] = {}
    marks: dict[str, str] = {}
    for key, value in node.entries:
        name = folded(key.text)
        if name == _FOR:
            continue
        if name not in KEYS[kind] and name not in _MARKED[kind]:
            remedy = suggest(name, (*KEYS[kind], *_MARKED[kind]), "Formules")
            _refuse(report, f"la formule « {key.text} » est inconnue", key.place, remedy)
        elif not isinstance(value, Scalar):
            _refuse(report, f"la formule « {key.text} » doit être un texte", value.place)
        elif name in MARKS:
            marks[name] = _mark(name, value, report)
        else:
            sources[name] = TextSource(str(value.value or "").strip(), value.content_place, "formule")
    absent = [one for one in (*KEYS[kind], *_MARKED[kind]) if one not in sources and one not in marks]
    if absent:
        _refuse(report, f"il manque au recueil : {', '.join(absent)}", node.place)
    return sources, marks


def _mark(name: str, value: Scalar, report: Report) -> str:
    text = PlacedText(value.text)
    text.node = value
    if is_none(text):
        return "sans"
    allowed = MARKS[name]
    if allowed and value.text not in allowed:
        _refuse(report, f"« {value.text} » n'est pas une marque", value.place, f"Marques : {', '.join(allowed)}.")
    return value.text


def _check(pack: Pack, kind: str, report: Report) -> None:
    """Find unknown words and forbidden constructions before a sentence is needed."""
    for name, words in KEYS[kind].items():
        known = dict.fromkeys(words.split(), None)
        try:
            if "{" in pack.sources[name].text:
                Composer(pack.cache, report, known, frozenset(known)).template(pack.sources[name])
        except ConvgenError as error:
            report.extend(error.diagnostics)
