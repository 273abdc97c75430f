"""How an avenant is made: what its definition says, over which what was typed on the command line goes."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from convgen.cli.pipeline import digests_of
from convgen.errors import Diagnostic, Place, Report, suggest
from convgen.model.values import Unknown
from convgen.source.files import read_text

if TYPE_CHECKING:
    from convgen.acte.nodes import Acte
    from convgen.amend.chaine import Order
    from convgen.amend.changements.differer import Grain
    from convgen.amend.recueils.formules import Pack
    from convgen.amend.rediger import Options
    from convgen.cli.en_vigueur import Chain, InForce, Wanted
    from convgen.model.avenant import ResolvedAvenant
    from convgen.workspace import Workspace

#: The pack of a workspace that says none.
DEFAULT_PACK: Final = "legistique"
_FOLDER: Final = "templates/formules"


def pack_of(workspace: Workspace, name: str, report: Report, place: Place | None = None) -> Pack | None:
    """A pack of formules, by name; None after an error (in the report).

    Args:
        workspace: Where the packs are.
        name: Its name, "" for that of the workspace.
        report: Receives FIC-01 when there is none of that name, and what is wrong in it.
        place: Where it is named.
    """
    wanted = name or str(workspace.espace(report).formules or DEFAULT_PACK)
    folder = workspace.root / _FOLDER
    known = sorted(one.stem for one in folder.glob("*.yaml"))
    if wanted not in known:
        remedy = suggest(wanted, known, "Recueils", f"Copiez-y ceux livrés avec convgen : {_FOLDER}.")
        report.error("FIC-01", f"aucun recueil de formules ne s'appelle « {wanted} »", place, remedy=remedy)
        return None
    file = f"{_FOLDER}/{wanted}.yaml"
    text = read_text(workspace.root / file, file, report)
    if text is None:
        return None
    pack, said = _read_pack(text, file, wanted)
    report.extend(said)
    return pack


@lru_cache(maxsize=8)
def _read_pack(text: str, file: str, name: str) -> tuple[Pack | None, tuple[Diagnostic, ...]]:
    """A pack and what is said of it; the avenants of one run are written with the same few packs."""
    from convgen.amend.recueils.formules import load_pack

    own = Report()
    return load_pack(text, file, own, name), tuple(own)


def grain_of(pack: Pack, wanted: Grain | None, typed: str = "") -> Grain | None:
    """What is rewritten: what was typed, else what the definition says, else what the manner of the pack wants."""
    from convgen.amend.changements.differer import Grain

    if wanted is not None:
        return wanted
    if typed:
        return Grain(typed)
    return Grain.ARTICLE if pack.manner == "pratique" else None


def order_of(avenant: ResolvedAvenant, force: InForce, new: Acte, wanted: Wanted, chain: Chain) -> Order | None:
    """How the avenant of a definition is made; None after an error (in the report)."""
    from convgen.amend.chaine import Order
    from convgen.amend.numeros.numeros import Policy
    from convgen.amend.rediger.acte import Frame
    from convgen.amend.versions import pairs_of

    pack = pack_of(chain.workspace, wanted.pack or avenant.pack, chain.report, avenant.place)
    if pack is None:
        return None
    frame = Frame(
        avenant.act,
        (avenant.base, force.state.acte),
        avenant.new,
        avenant.objects,
        avenant.effect,
        avenant.motif,
    )
    day = wanted.day or (None if isinstance(avenant.day, Unknown) else avenant.day)
    return Order(
        id=avenant.id,
        designation=designation(str(avenant.number) if isinstance(avenant.number, int) else ""),
        frame=frame,
        pack=pack,
        policy=wanted.policy or Policy(avenant.policy or Policy.FROZEN),
        grain=grain_of(pack, wanted.grain, avenant.grain),
        pairs=(*pairs_of(avenant.term_changes), *wanted.pairs),
        options=options_of(avenant, force),
        labels=chain.labels(avenant.base) | chain.labels(avenant.new),
        base_files=force.files,
        new_files=digests_of(new, chain.workspace.root),
        announced=None if wanted.announced else frozenset(avenant.parties_announced),
        day=day,
        final=wanted.final,
        whole=frozenset(avenant.unknown_texts),
        in_effect=force.before,
        waiting=force.waiting,
    )


def options_of(avenant: ResolvedAvenant, force: InForce) -> Options:
    """How the changes are grouped: `presenter`."""
    from convgen.amend.rediger import Options
    from convgen.amend.rediger.declares import party_notes, payment_notes

    said = avenant.presenter
    return Options(
        group=said.group or "donnees",
        sub_article_noun=said.sub_article or "article",
        ancestors=bool(said.ancestors),
        single_article=bool(said.single_article),
        retired=force.state.retired,
        parties=() if said.name_in_object else party_notes(avenant),
        payments=payment_notes(avenant),
    )


def designation(number: str) -> str:
    """« l'avenant n° 1 », « l'avenant » while it has no number."""
    return f"l'avenant n° {number}" if number else "l'avenant"
