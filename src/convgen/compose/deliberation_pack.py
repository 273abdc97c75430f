"""The packs of a délibération and of an arrêté: their sentences, kept as templates that a jurist can edit.

A pack is a strict YAML file of texts (`templates/formules/<name>.yaml`), checked against the whitelist of the texts of
clauses before anything is printed; joints and agreements are made by the engine, as in any text.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final, TypeAlias

from convgen.acte.nodes import Inlines
from convgen.compose.sandbox import View
from convgen.compose.text import Composer, TextCache
from convgen.compose.views.base import NothingView
from convgen.errors import ConvgenError, Diagnostic, Place, Report, Severity, suggest
from convgen.model.files import Files
from convgen.model.reserved import is_none
from convgen.model.values import TextSource
from convgen.source.files import read_text
from convgen.source.nodes import MappingNode, PlacedText, Scalar, folded
from convgen.source.shipped import shipped
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
        report: receives FIC-01 (none of that name), DEL-06 (a key is unknown, or no text) and TXT-…; a sentence that
            the pack lacks, such as one that convgen has learnt since it was copied, is the shipped one, with a note.
        place: where it is named.
    """
    folder = files.root / FOLDER
    known = sorted(one.stem for one in folder.glob("*.yaml"))
    if name not in known:
        remedy = suggest(name, known, "Recueils", f"Copiez-y ceux livrés avec convgen : {FOLDER}.")
        report.error("FIC-01", f"aucun recueil de formules ne s'appelle « {name} »", place, "formules", remedy=remedy)
        return None
    file = f"{FOLDER}/{name}.yaml"
    text = read_text(folder / f"{name}.yaml", file, report)
    # A report of its own: the same problem, already said for another act, must stop this one too.
    own = Report()
    node = load_yaml(text, file, own) if text is not None else None
    pack: Pack | None = None
    if isinstance(node, MappingNode):
        found = _read(node, name, kind, own)
        pack = Pack(name, *found, cache, report) if found is not None else None
    elif not own.errors and text is not None:
        _refuse(own, "un recueil de formules est une suite de clés", Place(file))
    if pack is not None and not own.errors:
        _check(pack, kind, own)
    report.extend(own)
    return None if own.errors else pack


def _refuse(report: Report, message: str, place: Place, remedy: str = "") -> None:
    remedy = remedy or "Reprenez ce recueil de ceux livrés avec convgen, dans templates/formules."
    report.error("DEL-06", message, place, remedy=remedy)


_Texts: TypeAlias = tuple[dict[str, TextSource], dict[str, str]]


def _read(node: MappingNode, stem: str, kind: str, report: Report) -> _Texts | None:
    told = node.get(_FOR)
    if not isinstance(told, Scalar) or folded(told.text) != folded(kind):
        place = told.place if told is not None else node.place
        message = f"ce recueil de formules n'est pas celui d'un acte de nature « {kind} »"
        _refuse(report, message, place, f"Écrivez « pour: {kind} », ou nommez un autre recueil.")
        return None
    found = _texts(node, kind, report)
    absent = [] if report.errors else [one for one in (*KEYS[kind], *_MARKED[kind]) if not _has(found, one)]
    return _completed(found, absent, stem, kind, node.place, report) if absent else found


def _texts(node: MappingNode, kind: str, report: Report) -> _Texts:
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
    return sources, marks


def _has(found: _Texts, key: str) -> bool:
    return key in found[0] or key in found[1]


def _completed(
    found: _Texts, absent: Sequence[str], stem: str, kind: str, place: Place, report: Report
) -> _Texts | None:
    """The pack with the shipped sentences that it lacks: an update of convgen never stops a workspace."""
    best = _nearest(found, stem, kind)
    lacking = ", ".join(absent)
    if best is None or not all(_has(best[1], one) for one in absent):
        _refuse(report, f"il manque au recueil : {lacking}", place)
        return None
    name, (sources, marks) = best
    message = f"il manque au recueil : {lacking} ; convgen prend ce qu'en dit son recueil « {name} »"
    first = absent[0]
    example = sources[first].text if first in sources else marks[first]
    remedy = f"Rien à faire si ces mots vous vont ; sinon, ajoutez la clé au recueil, et récrivez-la : {first}: "
    remedy += json.dumps(example, ensure_ascii=False)
    report.add(Diagnostic("DEL-06", message, place, remedy=remedy, severity=Severity.NOTE))
    return {**sources, **found[0]}, {**marks, **found[1]}


def _nearest(found: _Texts, stem: str, kind: str) -> tuple[str, _Texts] | None:
    """The shipped pack of that name, else the one with which the pack has most sentences in common."""
    known = _shipped(kind)
    if stem in known:
        return stem, known[stem]

    def shared(name: str) -> int:
        sources, marks = known[name]
        same = [key for key, one in found[0].items() if key in sources and sources[key].text == one.text]
        return len(same) + len(found[1].items() & marks.items())

    best = max(sorted(known), key=shared, default=None)
    return (best, known[best]) if best is not None else None


@cache
def _shipped(kind: str) -> Mapping[str, _Texts]:
    """The packs of that kind that convgen ships, by name."""
    folder = shipped("templates") / "formules"
    found: dict[str, _Texts] = {}
    for one in folder.iterdir() if folder.is_dir() else ():
        name = one.name.removesuffix(".yaml")
        if name == one.name:
            continue
        node = load_yaml(one.read_text("utf-8"), f"{FOLDER}/{one.name}", Report())
        told = node.get(_FOR) if isinstance(node, MappingNode) else None
        if isinstance(node, MappingNode) and isinstance(told, Scalar) and folded(told.text) == folded(kind):
            found[name] = _texts(node, kind, Report())
    return found


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
        source = pack.sources[name]
        try:
            if "{" in source.text:
                Composer(pack.cache, report, known, frozenset(known)).template(source)
        except ConvgenError as error:
            report.extend(error.diagnostics)
