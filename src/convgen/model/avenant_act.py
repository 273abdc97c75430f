"""The avenant as an act: its own parties, visas, plan and signatures, those of the convention when it says nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from convgen.acte.nodes import Level, Scheme
from convgen.errors import Place, Report, suggest
from convgen.french.dates import format_date
from convgen.french.grammar import parse_noun_phrase
from convgen.model.avenant_chain import Link
from convgen.model.avenant_overlay import Version, merged_keys, without
from convgen.model.files import Files, Loaded
from convgen.model.merge import Amended, Merged
from convgen.model.parties import PartyLayers, party_layers
from convgen.model.problems import validate
from convgen.model.reserved import optional_source
from convgen.model.resolve import modele_of, resolve_version
from convgen.model.resolved import ResolvedAct
from convgen.model.schema.avenant import Avenant
from convgen.model.schema.convention import Convention
from convgen.model.values import TextSource, Unknown
from convgen.source.nodes import MappingNode, Node, Scalar, folded

PLAN = ("en-tete", "intitule", "comparution", "visas", "convenu", "articles", "signatures")
#: « Article 1er – Objet », as the Guide de légistique numbers.
_SCHEME = Scheme((Level(), Level(prefix="Article ", separator=" – ", first_ordinal=True)))
#: What the act has from the file of the avenant, as typed.
_OWN = (
    "preambule",
    "passages",
    "articles",
    "annexes",
    "donnees",
    "cartouche",
    "convenu",
    "numerotation",
    "etat",
)
#: What it has from the convention when it says nothing.
_INHERITED = ("service", "gabarit", "mention", "tribunal", "ensemble")
#: What in the signatures is of one act only.
_DATED = ("date", "exemplaires")


@dataclass(frozen=True, slots=True)
class Setting:
    """What the act of an avenant is made from.

    Attributes:
        link: the avenant.
        previous: the avenants before it.
        before, after: the convention.
        base, new: the same, resolved.
    """

    files: Files
    link: Link
    previous: tuple[Link, ...]
    before: Version
    after: Version
    base: ResolvedAct
    new: ResolvedAct
    today: date


def resolve_act(setting: Setting, report: Report) -> ResolvedAct | None:
    """The avenant as an act; its articles are those typed by hand."""
    node, avenant = setting.link.loaded.node, setting.link.model
    if node is None:
        return None
    before, after = merged_of(setting.files, setting.before), merged_of(setting.files, setting.after)
    made = _definition(setting, node, before, after, report)
    checked, _ = validate(Convention, made, Report())
    if checked is None:
        return None
    on = setting.link.day if isinstance(setting.link.day, date) else setting.today
    loaded = Loaded(setting.link.loaded.file, checked, made)
    act = resolve_version(setting.files, loaded, Amended(on=on, inherited=setting.new.data), setting.today, report)
    if act is None:
        return None
    texts = {
        name: text
        for name, text in (
            ("reference", optional_source(avenant.reference, "définition")),
            ("executoire", optional_source(avenant.executoire, "définition")),
        )
        if text is not None
    }
    own = avenant.numerotation is not None
    return replace(
        act,
        number="",
        title=_title(setting),
        object=None,
        exercices=(),
        noun=parse_noun_phrase("l'avenant", feminine=False).definite,
        plan=avenant.plan or _plan(act, texts),
        visas=(*_own_visas(setting, before), *act.visas),
        scheme=act.scheme if own else _SCHEME,
        term=None,
        frozen=setting.link.signed is not None,
        typed=node,
        texts=texts,
    )


def merged_of(files: Files, version: Version) -> Merged:
    """The layers of a version: its definition, its modèle, what the avenants lay over them."""
    modele, _ = modele_of(files, version.loaded, Report())
    model = version.loaded.model
    below = modele.model if modele is not None else None
    return Merged(model or Convention.model_construct(), below, version.amended.changes, version.amended.gone)


def _plan(act: ResolvedAct, texts: Mapping[str, TextSource]) -> tuple[str, ...]:
    """The usual plan, with what the avenant has besides."""
    plan = list(PLAN)
    if not act.letterhead:
        plan.remove("en-tete")
    if act.preamble is not None:
        plan.insert(plan.index("visas"), "preambule")
    if act.frame:
        plan.insert(plan.index("intitule"), "cartouche")
    if "reference" in texts:
        plan.insert(plan.index("intitule") + 1, "reference")
    return (*plan, *(("executoire",) if "executoire" in texts else ()))


# --- the definition of the act ------------------------------------------------------------------------


def _definition(setting: Setting, node: MappingNode, before: Merged, after: Merged, report: Report) -> MappingNode:
    """The avenant as the definition of an act, in the nodes of the files that say each thing."""
    avenant, place = setting.link.model, node.place
    values: dict[str, Node] = {
        "convention": node.get("avenant") or Scalar("avenant", place, "avenant"),
        "nature": Scalar("avenant", place, "avenant"),
        "genre": Scalar("masculin", place, "masculin"),
        "objet": Scalar("sans", place, "sans"),
    }
    values |= {key: found for key in _OWN if (found := node.get(key)) is not None}
    for key in _INHERITED:
        found = node.get(key) or _strongest(after, key)
        if found is not None:
            values[key] = found
    values["parties"] = _parties(avenant, before, after, report, place)
    sides = _sides(before, after)
    if sides is not None:
        values["cotes"] = sides
    signatures = _signatures(node, before, after)
    if signatures is not None:
        values["signatures"] = signatures
    if (visas := node.get("visas")) is not None:
        values["visas"] = visas
    return MappingNode(tuple((Scalar(key, value.place, key), value) for key, value in values.items()), place)


def _strongest(act: Merged, key: str) -> Node | None:
    found = act.layer(key)
    return found[0].node_of(key) if found is not None else None


def _parties(avenant: Avenant, before: Merged, after: Merged, report: Report, place: Place) -> MappingNode:
    """Those of the convention before and after: who leaves signs its leaving, and who joins its joining."""
    layers = {one.key: one for one in party_layers(before)} | {one.key: one for one in party_layers(after)}
    own = {folded(key): party for key, party in (avenant.parties or {}).items()}
    for key, party in (avenant.parties or {}).items():
        if folded(key) not in layers:
            remedy = suggest(key, layers, "Parties de la convention")
            report.error("DEF-09", f"partie inconnue : « {key} »", party.place, f"parties.{key}", "", remedy)
    entries = []
    for key, one in layers.items():
        change = own[key].node if key in own else None
        entries.append((Scalar(key, one.place or place, key), _party(one, change)))
    return MappingNode(tuple(entries), place)


def _party(layers: PartyLayers, change: MappingNode | None) -> MappingNode:
    """A party in one block; what allowed it to sign the convention does not allow it to sign the avenant."""
    made: MappingNode | None = None
    for layer in reversed(layers.layers):
        if layer.node is not None:
            made = layer.node if made is None else merged_keys(made, layer.node)
    node = without(made or MappingNode((), layers.place or Place("")), ("habilitation",))
    return merged_keys(node, change) if change is not None else node


def _sides(before: Merged, after: Merged) -> Node | None:
    """The sides, when nobody comes or goes; else the parties are listed one by one."""
    old, new = ({one.key for one in party_layers(act)} for act in (before, after))
    return _strongest(after, "cotes") if old <= new else None


def _signatures(node: MappingNode, before: Merged, after: Merged) -> Node | None:
    made: MappingNode | None = None
    for act in (after.modele, after.definition):
        found = act.node_of("signatures") if act is not None else None
        if isinstance(found, MappingNode):
            kept = without(found, _DATED)
            made = kept if made is None else merged_keys(made, kept)
    if made is not None and _sides_changed(before, after):
        made = without(made, ("ordre",))
    own = node.get("signatures")
    return merged_keys(made, own) if isinstance(own, MappingNode) else made


def _sides_changed(before: Merged, after: Merged) -> bool:
    return {one.key for one in party_layers(before)} != {one.key for one in party_layers(after)}


# --- title and visas ----------------------------------------------------------------------------------


def _title(setting: Setting) -> TextSource:
    avenant = setting.link.model
    typed = optional_source(avenant.titre, "définition")
    if typed is not None:
        return typed
    text = f"Avenant n°\u00a0{_number(setting.link)} à {_named(setting.base)}"
    return TextSource(text, setting.link.place, "formule")


def _named(base: ResolvedAct) -> str:
    """The convention as it calls itself, or by its number, else by its object or its title."""
    if base.called is not None or base.number:
        return "{{ acte.nommer }}"
    if base.object is not None:
        text = base.object.text.strip()
        article = next((one for one in ("les ", "le ") if text.startswith(one)), "")
        joined = {"les ": "aux ", "le ": "au "}.get(article, "à ") + text.removeprefix(article)
        return f"{{{{ acte.nom }}}} {{{{ acte | accorde('relatif') }}}} {joined}"
    title = base.title.text.strip() if base.title is not None else ""
    return f"{{{{ acte.nom }}}} « {title} »" if title else "{{ acte.nom }}"


def _number(link: Link) -> str:
    if isinstance(link.number, Unknown):
        return f"{{{{ blanc('{_quoted(link.number.hint)}') }}}}"
    return str(link.number)


def _quoted(text: str) -> str:
    return text.replace("'", "’").replace("\\", "")


def _own_visas(setting: Setting, before: Merged) -> Iterator[TextSource]:
    """The convention, then the avenants already made: what every avenant is based on."""
    definition, place = before.definition, setting.link.model.place_of("modifie") or setting.link.place
    signed = definition.etat.signe if isinstance(definition, Convention) and definition.etat is not None else None
    yield TextSource(f"{_named(setting.base)}{_signed(signed)}", place, "formule")
    for one in setting.previous:
        when = f" signé le {format_date(one.day)}" if isinstance(one.day, date) else ""
        yield TextSource(f"l'avenant n°\u00a0{_number(one)} à {{{{ acte.nom }}}}{when}", place, "formule")


def _signed(day: date | None) -> str:
    """« signée le 3 mai 2024 », agreeing with the act; nothing as long as nobody says when."""
    return "" if day is None else f" {{{{ acte | accorde('signé') }}}} le {format_date(day)}"
