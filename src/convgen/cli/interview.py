"""The conversation of `convgen questions`: each answer is checked at once, the rules of the modèle at the end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from convgen.errors import Report
from convgen.french.grammar import GenderUnknown, parse_noun_phrase
from convgen.model.draft import Answer
from convgen.model.files import Asked
from convgen.model.questions import UNKNOWN, Question, base_problem, problem_of

if TYPE_CHECKING:
    from convgen.model.consistency import Disagreement
    from convgen.model.schema.modele import Modele
    from convgen.workspace import Workspace

_MOST = 50
_GENDER = Question(("genre",), "Genre", "choix", choices=(("féminin", "féminin"), ("masculin", "masculin")))
_NO_FICHE = (
    "Cet organisme n'a pas de fiche : donnez un identifiant de la liste, son nom avec son article "
    "(« l'association Nouvelle »), ou « inconnu »."
)
_NOBODY = "Cet organisme n'a pas de représentant dans sa fiche : répondez « inconnu », ou ajoutez-le à sa fiche."


@dataclass(slots=True)
class Interview:
    """A conversation: what was answered so far. `read` prints a prompt and gives the line typed."""

    workspace: Workspace
    modele: Modele
    read: Callable[[str], str]
    say: Callable[[str], None]
    answers: list[tuple[Question, Answer]] = field(default_factory=list)
    newcomers: list[str] = field(default_factory=list)

    def ask_all(self, questions: Sequence[Question]) -> None:
        """Ask every question; « » is an answer that the modèle's default gives."""
        for number, question in enumerate(questions, start=1):
            self.say(f"\n[{number}/{len(questions)}] {question.label}")
            self.ask(question)

    def ask(self, question: Question) -> None:
        """Ask one question and keep its answer, in the place of an earlier one."""
        if question.kind == "organisme":
            self._organisme(question)
            return
        answer = self._answer(question)
        if answer is not None:
            self._keep(question, answer)

    def settle(self, found: Callable[[], Sequence[Disagreement]], questions: Sequence[Question]) -> None:
        """Say which answers disagree, and ask them again as long as the person wants to correct them."""
        broken = found()
        while broken:
            self.say("\nCes réponses ne s'accordent pas :")
            for one in broken:
                self.say(f"  {one.message}. {one.figures}".rstrip())
            names = {name for one in broken for name in one.names}
            again = [one for one in questions if one.path[:1] == ("donnees",) and one.path[1] in names]
            if not again or not self._yes("Corriger maintenant ? (oui/non) "):
                self.say("  La définition est écrite ainsi ; corrigez-la avant de produire l'acte.")
                return
            self.ask_all(again)
            broken = found()

    def given(self, *path: str) -> Answer | None:
        """The answer kept for a path."""
        return next((answer for asked, answer in self.answers if asked.path == path), None)

    def years(self) -> tuple[int, ...]:
        """The years of the act, as answered, else as the modèle gives them."""
        given = [part.strip() for part in str(self.given("exercices") or "").split(",")]
        return tuple(int(year) for year in given if year.isdigit()) or tuple(self.modele.exercices or ())

    def _keep(self, question: Question, answer: Answer) -> None:
        for rank, (asked, _) in enumerate(self.answers):
            if asked.path == question.path:
                self.answers[rank] = (question, answer)
                return
        self.answers.append((question, answer))

    def _yes(self, prompt: str) -> bool:
        while True:
            answer = self.read(f"  {prompt}").strip().casefold()
            if answer in ("oui", "o", ""):
                return True
            if answer in ("non", "n", UNKNOWN):
                return False

    def _answer(self, question: Question) -> Answer | None:
        if question.kind == "représentant":
            return self._representative(question)
        if question.kind == "groupe":
            return self._group(question)
        if question.kind in ("échéancier", "versements"):
            return self._schedule(question)
        if question.fields:
            return self._fields(question)
        if question.yearly:
            return self._each_year(question)
        return self._one(question)

    def _one(self, question: Question, prompt: str = "> ", check: Callable[[str], str] | None = None) -> str:
        """One line, asked until it fits; "" for a default that the modèle gives."""
        if question.help:
            self.say(f"  {question.help}")
        if question.kind == "liste de":
            self.say("  Plusieurs réponses se séparent par « ; ».")
        for value, label in question.choices:
            self.say(f"  {value} : {label}" if label != value else f"  {value}")
        suffix = f"[{question.shown_default}] " if question.default else ""
        while True:
            typed = self.read(f"  {suffix}{prompt}").strip()
            unnamed = question.kind == "identifiant" and typed == UNKNOWN
            if (not typed or unnamed) and question.default:
                return "" if question.given_default else question.default
            problem = problem_of(question, typed)
            if not problem and check is not None and typed != UNKNOWN:
                problem = check(typed)
            if not problem:
                return typed
            self.say(f"  {problem}")

    # --- parties --------------------------------------------------------------------------------------

    def _organisme(self, question: Question) -> None:
        """A fiche, or the name of an organisme that has none yet: « l'association Nouvelle »."""
        known = dict(question.choices)
        answer = self._one(question, check=lambda typed: "" if typed in known else _name_problem(typed))
        if answer in known or answer == UNKNOWN:
            self._keep(question, answer)
            return
        party = question.path[:-1]
        self._keep(Question((*party, "nom"), question.label, "nom avec son article"), answer)
        if _gender_unknown(answer):
            self.say(f"  « {answer} » : masculin ou féminin ?")
            self._keep(replace(_GENDER, path=(*party, "genre")), self._one(_GENDER))
        self.newcomers.append(answer)

    def _representative(self, question: Question) -> Answer | None:
        """One of the representatives of the organisme; nobody is asked for while the organisme has no fiche."""
        holder = question.organisme or str(self.given(*question.path[:-1], "organisme") or UNKNOWN)
        if holder == "defaut":
            holder = str(self.workspace.espace(Report()).organisme or UNKNOWN)
        if holder == UNKNOWN:
            self.say("  L'organisme n'a pas de fiche : son représentant reste à compléter.")
            return None
        loaded = self.workspace.organisme(holder, Asked(), Report())
        people = (loaded.model.representants or {}) if loaded is not None and loaded.model is not None else {}
        choices = tuple(
            (key, f"{one.civilite or ''} {one.prenom or ''} {one.nom or ''}".strip()) for key, one in people.items()
        )
        default = choices[0][0] if len(choices) == 1 else ""
        if not choices:
            self.say(f"  {_NOBODY}")
        return self._one(
            replace(question, default=default, choices=choices), check=lambda _: "" if choices else _NOBODY
        )

    # --- answers of several parts -----------------------------------------------------------------------

    def _each_year(self, question: Question) -> Answer:
        years = [str(year) for year in self.years()]
        if not years:
            self.say("  Les années de l'acte ne sont pas connues : cette donnée reste à compléter.")
            return UNKNOWN
        answers = {year: self._one(question, f"{year} : ") for year in years}
        if not any(answers.values()):
            return ""
        return {year: answer or question.default for year, answer in answers.items()}

    def _group(self, question: Question) -> Answer:
        items: dict[str, Answer] = {}
        for rank in range(1, self._count("Combien d'éléments ?") + 1):
            self.say(f"  Élément {rank}")
            answers = {one.path[-1]: self._nested(one) for one in question.fields}
            if not any(answers.values()):
                first = question.fields[0]
                answers[first.path[-1]] = first.default or UNKNOWN
            items[f"e{rank}"] = answers
        return items or UNKNOWN

    def _nested(self, question: Question) -> Answer:
        self.say(f"  {question.label} ({question.kind})")
        answer = self._answer(question)
        return UNKNOWN if answer is None else answer

    def _schedule(self, question: Question) -> Answer:
        count = self._count("Combien de versements ?")
        amount, when = question.fields[0], question.fields[1]
        payments: dict[str, Answer] = {}
        for rank in range(1, count + 1):
            name = "solde" if rank == count and count > 1 else f"versement-{rank}"
            payments[name] = {"montant": self._one(amount, "montant : "), "quand": self._one(when, "quand : ")}
        if not payments or any(one["montant"] == UNKNOWN for one in payments.values() if isinstance(one, dict)):
            self.say("  Sans tous leurs montants, les versements restent à compléter.")
            return UNKNOWN
        if question.kind == "versements":
            return payments
        base = Question(("base",), "", "texte", "Le montant à répartir, ou le nom de la donnée qui le porte.")
        given = self._one(base, "base : ", lambda typed: base_problem(self.modele, typed))
        if given == UNKNOWN:
            self.say("  Sans montant à répartir, les versements restent à compléter.")
            return UNKNOWN
        return {"base": given, "versements": payments}

    def _fields(self, question: Question) -> Answer:
        given: dict[str, Answer] = {}
        for one in question.fields:
            answer = self._optional(one)
            if answer:
                given[one.path[-1]] = answer
        return given if any(answer != UNKNOWN for answer in given.values()) else UNKNOWN

    def _optional(self, question: Question) -> str:
        while True:
            answer = self.read(f"  {question.label} : ").strip()
            problem = problem_of(question, answer) if answer else ""
            if not problem:
                return answer
            self.say(f"  {problem}")

    def _count(self, label: str) -> int:
        """How many; 0 for an empty line or « inconnu »."""
        while True:
            answer = self.read(f"  {label} ").strip()
            if answer in ("", UNKNOWN):
                return 0
            if answer.isdigit() and int(answer) <= _MOST:
                return int(answer)
            self.say(f"  Écrivez un nombre, de 0 à {_MOST}, ou « {UNKNOWN} ».")


def _name_problem(typed: str) -> str:
    """Why a name is not that of an organisme without a fiche: it takes its article."""
    try:
        return "" if parse_noun_phrase(typed, feminine=True).determiner else _NO_FICHE
    except GenderUnknown:
        return _NO_FICHE


def _gender_unknown(name: str) -> bool:
    try:
        parse_noun_phrase(name)
    except GenderUnknown:
        return True
    return False
