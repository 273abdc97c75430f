"""What the texts of an act may name: its data, its parties, itself, and a few functions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from jinja2 import pass_context
from jinja2.runtime import Context

from convgen.compose.atoms import Atoms, Fragment, RefAtom
from convgen.compose.describe import FilterError
from convgen.compose.sandbox import View
from convgen.compose.text import ATOMS, COMPOSER, Composer, passage_text
from convgen.compose.views.act import ActView, CharterView, Function, NoTermView, SourceView, TermView
from convgen.compose.views.base import AbsentView, AtomView, BlankView, FillView, Printing, text_view
from convgen.compose.views.groups import view_of
from convgen.compose.views.others import CallableActView, Others
from convgen.compose.views.parties import PartiesView, PartyView, side_view
from convgen.compose.views.series import AnnexesView
from convgen.compose.views.values import YearsView
from convgen.errors import suggest
from convgen.french.numbers import Spelling
from convgen.model.resolved import Argument, Party, ResolvedAct, Side
from convgen.model.values import GroupValue, TextSource

_OPEN, _TICKED = "☐", "☑"
_WIDTHS = {"date": 20, "nom": 30, "signature": 30}


def printing_of(act: ResolvedAct) -> Printing:
    """How the values of the act are printed."""
    groups = {name: value for name, value in act.data.items() if isinstance(value, GroupValue)}
    return Printing(Spelling(act.spelling), "toujours" if act.cents == "toujours" else "si besoin", groups)


def clause_context(act: ResolvedAct, printing: Printing, others: Others | None = None) -> dict[str, object]:
    """What every text may name: the parties, the act and others, its duration and years, the charte, the functions."""
    parties = {party.key: PartyView(party, printing) for party in act.parties}
    names: dict[str, object] = dict(parties)
    for side in act.sides:
        names.setdefault(side.id, side_view(side, parties.values()))
    names |= {
        "parties": PartiesView(tuple(parties.values())),
        "acte": CallableActView(act, others),
        "duree": NoTermView("duree", "durée") if act.term is None else TermView(act.term, act.noun, printing),
        "exercices": YearsView(act.exercices) if act.exercices else AbsentView("exercices", "année"),
        "charte": CharterView(act.tribunal),
        "passage": Passages({}, act.passages),
        "annexes": AnnexesView(tuple(annexe.id for annexe in act.annexes)),
        "ref": Function(_ref),
        "a_remplir": Function(_to_fill),
        "blanc": Function(_blank),
        "case": Function(_box),
    }
    return names


def act_context(act: ResolvedAct, printing: Printing, common: Mapping[str, object]) -> dict[str, object]:
    """What the texts of the definition and of the modèle may name: all of that, and the data."""
    names = dict(common)
    names |= {key: view_of(value, printing) for key, value in act.data.items()}
    names["passage"] = common["passage"]
    names["numero"] = ActView(act).field("numero")
    if act.object is not None:
        names["objet"] = SourceView(act.object, "objet")
    return names


def argument_view(argument: Argument, act: ResolvedAct, printing: Printing) -> View:
    """The view on a parameter of a clause."""
    match argument:
        case Party():
            return PartyView(argument, printing)
        case Side():
            return side_view(argument, (PartyView(party, printing) for party in act.parties))
        case _:
            return view_of(argument, printing)


def _ref(target: str, form: str = "complet") -> View:
    forms = ("complet", "num", "titre")
    if form not in forms:
        raise FilterError(f"« ref » ne connaît pas la forme « {form} »", suggest(str(form), forms, "Formes"))
    return AtomView(RefAtom(str(target), str(form)))


def _to_fill(name: str = "date", width: int = 0) -> View:
    return FillView(str(name), min(int(width), 120) or _WIDTHS.get(str(name), 24))


def _box(label: object = "", coche: object = False) -> View:
    """« ☐ oui »; ticked when the second value is true, or when the only one is a datum that is."""
    if not isinstance(label, str):
        return text_view(_TICKED if label else _OPEN)
    words = f"\u00a0{label}" if label else ""
    return text_view(f"{_TICKED if coche else _OPEN}{words}")


def _blank(hint: str) -> View:
    return BlankView(f"blanc.{hint}", str(hint))


@dataclass(frozen=True, slots=True)
class Passages:
    """`passage('nom')`: a named paragraph, which a definition may replace."""

    own: Mapping[str, TextSource]
    replaced: Mapping[str, TextSource]
    callable_in_texts = True

    @pass_context
    def __call__(self, context: Context, name: str, si_absent: str | None = None) -> Fragment:
        """The passage, rendered with the values of the text that calls it."""
        source = self.replaced.get(name) or self.own.get(name)
        if source is None:
            if si_absent is not None:
                return Fragment(si_absent)
            known = {**self.own, **self.replaced}
            remedy = suggest(name, known, "Passages", f"Écrivez-le après une ligne « --- passage {name} ».")
            raise FilterError(f"passage inconnu : « {name} »", remedy, code="DEF-20")
        atoms: Atoms = context[ATOMS]
        composer: Composer = context[COMPOSER]
        return passage_text(composer.render(source, atoms))
