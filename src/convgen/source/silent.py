"""The mistakes that YAML accepts silently: what is cut, taken for a list or a mapping, or said twice."""

from __future__ import annotations

import re

from convgen.errors import Diagnostic, Place, Report
from convgen.source.events import Event, Mark
from convgen.source.mistakes import (
    NO_BREAK,
    is_placeholder,
    odd_space_mistake,
    quoted,
    rewriting,
    without_comment,
)
from convgen.source.nodes import Node, Scalar, SequenceNode, folded

_HASH = re.compile(r"\s#[^\s#]")
_GLUED_KEY = re.compile(r"([^\W\d]\w*):(?!//)(\S.*)")


class Watch:
    """Watches one file; scans its text once, so that the check of each scalar costs next to nothing."""

    def __init__(self, text: str, lines: list[str], file: str, report: Report) -> None:
        self.lines = lines
        self.file = file
        self.report = report
        self.hashed = {rank for rank, line in enumerate(lines) if _HASH.search(line)} if "#" in text else set()
        self.odd_spaces = any(char in text for char in NO_BREAK)
        self.questions = "? " in text or "?\n" in text

    def odd_space(self, place: Place) -> None:
        """A no-break space where YAML wants a space."""
        mistake = odd_space_mistake(place.column - 1)
        self.report.error(mistake.code, mistake.message, place, cause=mistake.cause, remedy=mistake.remedy)

    def hash(self, event: Event, place: Place) -> None:
        """« lot #3 » is cut at the « # »."""
        rest = self.lines[event.end_mark.line][event.end_mark.column :]
        found = re.match(r"(\s+)#[^\s#]", rest)
        if not found:
            return
        whole = event.value + rest.rstrip()
        self.report.error(
            "YAML-07",
            "« # » collé à un mot : la fin de la valeur est perdue",
            Place(self.file, event.end_mark.line + 1, event.end_mark.column + len(found[1]) + 1),
            cause="Après une espace, « # » commence un commentaire.",
            remedy=f"Mettez la valeur entre guillemets : {quoted(whole.strip())} ; "
            "pour un commentaire, tapez une espace après « # ».",
        )

    def flow_list(self, node: SequenceNode) -> None:
        """« [à compléter] » is a list."""
        match node.items:
            case (Scalar(text=text, quoted=False),) if is_placeholder(text):
                self.report.error(
                    "YAML-05",
                    f"« [{text}] » est lu comme une liste",
                    node.place,
                    cause="Des crochets sans guillemets font une liste.",
                    remedy="Pour un blanc, écrivez : à compléter (indice) ; pour un texte entre crochets, "
                    f"écrivez : {quoted(f'[{text}]')}",
                )

    def unquoted(self, mark: Mark) -> None:
        """« {{ x }} » without quotes is a mapping."""
        line = self.lines[mark.line]
        found = re.match(r"\s*(?:- +)*([^:]*?)\s*:\s+$", line[: mark.column])
        value = without_comment(line[mark.column :])
        self.report.error(
            "YAML-05",
            "Valeur à mettre entre guillemets",
            Place(self.file, mark.line + 1, mark.column + 1),
            cause="Une valeur qui commence par « {{ » doit être entre guillemets.",
            remedy=rewriting(found[1] if found else "", value),
        )

    def bad_key(self, key: Node) -> None:
        """A key that is a list or a mapping."""
        if self.lines[key.place.line - 1].startswith("{{", key.place.column - 1):
            return
        remedy = "Mettez le texte entre guillemets s'il commence par un crochet ou une accolade."
        self.report.error("YAML-01", "Une clé est un mot, pas une liste ni un groupe", key.place, remedy=remedy)

    def key(self, key: Scalar, event: Event) -> None:
        """A merge key, a no-break space before its colon, a « ? » before it."""
        if key.text == "<<" and not key.quoted:
            self.report.error(
                "YAML-03", "Fusion YAML « << » refusée", key.place, remedy="Recopiez les clés, ou écrivez « comme … »."
            )
        if self.odd_spaces and key.text.strip(NO_BREAK) != key.text and key.text[0] not in NO_BREAK:
            self.odd_space(key.place)
        if self.questions:
            before = self.lines[event.start_mark.line][: event.start_mark.column].rstrip()
            if re.search(r"(?:^|[\s{,\[])\?$", before):
                value = "? " + without_comment(self.lines[event.start_mark.line][event.start_mark.column :])
                self.report.error(
                    "YAML-05",
                    "Valeur à mettre entre guillemets",
                    key.place,
                    cause="Une valeur ne peut pas commencer par « ? » sans guillemets.",
                    remedy=f"Écrivez : {quoted(value)}",
                )

    def valueless(self, key: Scalar, value: Node, event: Event, before: list[tuple[Scalar, Node]]) -> None:
        """« {part: 18,80 %} » loads as two entries, of which the second has no value."""
        if not isinstance(value, Scalar) or value.value is not None or value.text:
            return
        end = event.end_mark
        rest = "\n".join(self.lines[end.line : end.line + 2])[end.column :]
        if rest.lstrip().startswith(":"):
            return
        remedy = "Séparez chaque clé de sa valeur par « : » suivi d'une espace."
        glued = _GLUED_KEY.fullmatch(key.text)
        if glued:
            remedy = f"Il manque une espace après les deux-points : {glued[1]}: {glued[2]}"
        elif before and isinstance(before[-1][1], Scalar) and before[-1][1].text:
            last, text = before[-1][0].text, f"{before[-1][1].text},{key.text}"
            remedy = f"Si la virgule fait partie de la valeur, écrivez : {last}: {quoted(text)}"
        self.report.error(
            "YAML-04",
            f"Clé sans valeur dans des accolades : « {key.text} »",
            key.place,
            cause="Entre accolades, la virgule sépare deux clés.",
            remedy=remedy,
        )

    def glued(self, value: Node, line: int) -> None:
        """A key glued to its value makes one text: seen when it stands alone where keys are expected."""
        if not isinstance(value, Scalar) or value.quoted or value.block or value.place.line == line:
            return
        if self.odd_spaces and (found := re.match(rf"\w+[{NO_BREAK}]*:[{NO_BREAK}]", value.text)):
            self.odd_space(Place(self.file, value.place.line, value.place.column + found.end() - 1))
            return
        glued = _GLUED_KEY.match(value.text)
        if glued:
            self.report.error(
                "YAML-01",
                f"Espace manquante après « {glued[1]}: »",
                value.place,
                cause="Les deux-points d'une clé sont suivis d'une espace.",
                remedy=f"Écrivez : {glued[1]}: {glued[2]}",
            )

    def duplicates(self, entries: list[tuple[Scalar, Node]]) -> None:
        """Two keys that are one but for accents and case."""
        seen: dict[str, Scalar] = {}
        for key, _ in entries:
            first = seen.setdefault(folded(key.text), key)
            if first is not key:
                spelling = "" if first.text == key.text else f" (écrite « {first.text} » la première fois)"
                self.report.add(
                    Diagnostic(
                        "YAML-02",
                        f"La clé « {key.text} » est en double{spelling}",
                        key.place,
                        cause=f"Elle figure déjà ligne {first.place.line}.",
                        remedy="Gardez une seule des deux.",
                    )
                )
