"""Real Word numbering: which list, which level and which restart each division and each list gets.

The tree's numbers rule. Word's counters are played here; where they would not print what the tree says,
the paragraph gets a restart or, failing that, a literal number.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from convgen.acte.nodes import Level, Number, Scheme
from convgen.write.docx.xml import escape

_FORMATS = {"1": "decimal", "I": "upperRoman", "i": "lowerRoman", "A": "upperLetter", "a": "lowerLetter"}
_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
          (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip

#: Text of a list level by `ListBlock.style`; None is a bullet.
LIST_TEXTS: dict[str, tuple[str, str] | None] = {
    "-": None,
    "1.": ("decimal", "%{0}."),
    "a)": ("lowerLetter", "%{0})"),
    "1°": ("decimal", "%{0}°"),
}
LIST_STEP = 357  # indent of a list level, twentieths of a point
LIST_LEVELS = 9


def roman(number: int) -> str:
    """A number from 1 in Roman numerals."""
    out = ""
    for value, sign in _ROMAN:
        out += sign * (number // value)
        number %= value
    return out


def letters(number: int) -> str:
    """Word's letters: A to Z, then AA, BB and so on."""
    return chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def in_form(number: int, form: str) -> str:
    """A count as Word prints it in the form "1", "I", "i", "A" or "a"."""
    match form:
        case "I" | "i":
            text = roman(number)
        case "A" | "a":
            text = letters(number)
        case _:
            return str(number)
    return text.lower() if form.islower() else text


def same(left: str, right: str) -> bool:
    """Two labels that differ by nothing but case and kind of space."""
    return left == right or _plain(left) == _plain(right)


def joined(prefix: str) -> str:
    """The prefix tied to its number by a no-break space: "ARTICLE " never ends a line."""
    return prefix[:-1] + "\xa0" if prefix.endswith(" ") else prefix


def _plain(text: str) -> str:
    return " ".join(text.replace("\xa0", " ").replace("\u202f", " ").split()).casefold()


@dataclass(frozen=True, slots=True)
class Slot:
    """What a numbered paragraph needs.

    Attributes:
        num_id: the `w:num`.
        level: its `w:ilvl`.
        reference: what a REF field prints for it, "" when no field prints well.
        exact: its label is typed as it must read, also in a style in capitals ("ARTICLE 1er").
        typed: the label when no list prints it: it is then text of the paragraph, which is in no list.
    """

    num_id: int
    level: int
    reference: str = ""
    exact: bool = False
    typed: str = ""


@dataclass(slots=True)
class Series:
    """Divisions counted together: those of the act, of one annexe, the annexes themselves.

    `prefixes` are those that a REF prints, for each level; `capitals` tells the levels whose style is in capitals.
    """

    abstract_id: int
    levels: tuple[Level, ...]
    prefixes: tuple[str, ...]
    capitals: tuple[bool, ...]
    num_id: int
    counts: list[int] = field(default_factory=lambda: [0] * 9)
    first_ids: dict[int, int] = field(default_factory=dict)
    run_in_ids: dict[int, int] = field(default_factory=dict)

    def label(self, level: int, number: str) -> str:
        """The label Word prints for the given number, without 1er."""
        one = self.levels[level]
        return f"{one.prefix}{number}{one.suffix}"

    def number(self, level: int, count: int) -> str:
        """The bare number, parents included when nested."""
        one = self.levels[level]
        own = str(count) if one.form == "1" else in_form(count, one.form)
        if one.nested and level:
            return f"{self.number(level - 1, self.counts[level - 1] or 1)}.{own}"
        return own


class Numbering:
    """Gathers the `w:abstractNum` and `w:num` of one file.

    Args:
        first_abstract: the first free abstract id of the gabarit.
        first_num: the first free number id.
        seed: makes the list identifiers, so that they depend on the act only.
    """

    def __init__(self, first_abstract: int, first_num: int, seed: str) -> None:
        self._abstracts: list[str] = []
        self._nums: list[str] = []
        self._first_abstract = first_abstract
        self._first_num = first_num
        self._seed = seed
        self._lists: dict[str, int] = {}
        self._bullets = 0

    # --- divisions ---

    def series(self, levels: tuple[Level, ...], capitals: tuple[bool, ...]) -> Series:
        """A new series that counts from 1."""
        texts = [self._level_text(levels, rank, capitals[rank]) for rank in range(len(levels))]
        body = "".join(_level(rank, one, texts[rank]) for rank, one in enumerate(levels[:9]))
        abstract = self._abstract("multilevel", body)
        prefixes = tuple(self._prefix(one, capital) for one, capital in zip(levels, capitals, strict=True))
        return Series(abstract, levels, prefixes, capitals, self._num(abstract))

    def division(self, series: Series, level: int, number: Number, run_in: bool = False) -> Slot:
        """The list, level and restart that print the label of a division.

        Args:
            series: what it is counted with.
            level: its rank in the levels of the series.
            number: what the tree says it reads.
            run_in: the label stands at the head of a paragraph of text, which is not in capitals.
        """
        if number.frozen or level >= len(series.levels):
            return self._frozen(number)
        one = series.levels[level]
        count = series.counts[level] + 1
        text = series.number(level, count)
        if not _prints(series.label(level, text), one, count, number):
            count = number.ordinal
            text = series.number(level, count) if count > 0 else ""
            if count < 1 or not _prints(series.label(level, text), one, count, number):
                return self._frozen(number)
            series.num_id = self._num(series.abstract_id, _restart(level, count))
        series.counts[level:] = [count] + [0] * (8 - level)
        if one.first_ordinal and count == 1 and not same(series.label(level, text), number.label):
            return Slot(self._first(series, level, number), level, exact=True)
        if run_in and one.prefix != one.prefix.lower():
            return Slot(self._run_in(series, level), level)
        # Word adds the labels of the levels above to a REF whose own label does not hold them.
        alone = one.nested or level == 0
        return Slot(series.num_id, level, f"{series.prefixes[level]}{text}{one.suffix}".rstrip(".") if alone else "")

    def _first(self, series: Series, level: int, number: Number) -> int:
        if level not in series.first_ids:
            one = series.levels[level]
            # The others of the series are in capitals: this one is, but for its ending.
            label = number.label.replace(one.prefix, one.prefix.upper(), 1) if series.capitals[level] else number.label
            text = _level(level, one, label, literal=True)
            change = f'<w:lvlOverride w:ilvl="{level}">{text}</w:lvlOverride>'
            series.first_ids[level] = self._num(series.abstract_id, change)
        return series.first_ids[level]

    def _run_in(self, series: Series, level: int) -> int:
        if level not in series.run_in_ids:
            text = self._level_text(series.levels, level, False)
            change = f'<w:lvlOverride w:ilvl="{level}">{_level(level, series.levels[level], text)}</w:lvlOverride>'
            series.run_in_ids[level] = self._num(series.abstract_id, change)
        return series.run_in_ids[level]

    @staticmethod
    def _frozen(number: Number) -> Slot:
        # A list whose text never changes would number nothing, and LibreOffice leaves a gap after a label in
        # small letters in a style in capitals: it measures it in capitals.
        return Slot(0, 0, typed=number.label)

    @staticmethod
    def _prefix(level: Level, capitals: bool) -> str:
        # A REF prints the level text, not its formatting: in a style in capitals the text is in lower case,
        # so that a sentence reads "l'article 4". (LibreOffice misplaces a label that is alone in capitals.)
        return joined(level.prefix).lower() if capitals else joined(level.prefix)

    def _level_text(self, levels: tuple[Level, ...], rank: int, capitals: bool) -> str:
        one = levels[rank]
        first = rank
        while levels[first].nested and first:
            first -= 1
        marks = ".".join(f"%{place + 1}" for place in range(first, rank + 1))
        return f"{self._prefix(one, capitals)}{marks}{one.suffix}"

    # --- lists ---

    def list(self, style: str, depth: int, start: int) -> Slot:
        """A list of its own, which starts at `start`; bullets share one."""
        known = style if style in LIST_TEXTS else "-"
        if known not in self._lists:
            kind = "hybridMultilevel"
            body = "".join(_list_level(rank, LIST_TEXTS[known]) for rank in range(LIST_LEVELS))
            self._lists[known] = self._abstract(kind, body)
        level = min(depth, LIST_LEVELS - 1)
        if LIST_TEXTS[known] is None:
            self._bullets = self._bullets or self._num(self._lists[known])
            return Slot(self._bullets, level)
        return Slot(self._num(self._lists[known], _restart(level, start)), level)

    def bullets(self) -> int:
        """The list of all bullets."""
        return self.list("-", 0, 1).num_id

    # --- the part ---

    def xml(self) -> tuple[str, str]:
        """The `w:abstractNum` elements, then the `w:num` elements (the order of the schema)."""
        return "".join(self._abstracts), "".join(self._nums)

    def _abstract(self, kind: str, body: str) -> int:
        new = self._first_abstract + len(self._abstracts)
        digest = hashlib.sha256(f"{self._seed}/{new}/{body}".encode()).hexdigest()[:8].upper()
        self._abstracts.append(
            f'<w:abstractNum w:abstractNumId="{new}"><w:nsid w:val="{digest}"/>'
            f'<w:multiLevelType w:val="{kind}"/><w:tmpl w:val="{digest[::-1]}"/>{body}</w:abstractNum>'
        )
        return new

    def _num(self, abstract: int, changes: str = "") -> int:
        new = self._first_num + len(self._nums)
        self._nums.append(f'<w:num w:numId="{new}"><w:abstractNumId w:val="{abstract}"/>{changes}</w:num>')
        return new


def _prints(label: str, level: Level, count: int, number: Number) -> bool:
    """Whether a label, as Word counts, is what the tree says; 1er is typed in the list."""
    if same(label, number.label):
        return True
    return level.first_ordinal and count == 1 and same(f"{level.prefix}{number.text}{level.suffix}", number.label)


def _restart(level: int, start: int) -> str:
    return f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride>'


def _level(rank: int, level: Level, text: str, literal: bool = False) -> str:
    # A literal text is printed as it is, whatever the capitals of the paragraph: "ARTICLE 1er".
    format_ = '<w:rPr><w:caps w:val="0"/></w:rPr>' if literal else ""
    return (
        f'<w:lvl w:ilvl="{rank}"><w:start w:val="1"/><w:numFmt w:val="{_FORMATS.get(level.form, "decimal")}"/>'
        f'<w:suff w:val="{"space" if level.separator in (" ", chr(160)) else "nothing"}"/>'
        f'<w:lvlText w:val="{escape(text)}"/><w:lvlJc w:val="left"/>{format_}</w:lvl>'
    )


def _list_level(rank: int, shape: tuple[str, str] | None) -> str:
    form, text = shape or ("bullet", "–" if rank else "-")
    left = LIST_STEP * (rank + 2)
    return (
        f'<w:lvl w:ilvl="{rank}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text.format(rank + 1)}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{left}" w:hanging="{LIST_STEP}"/></w:pPr></w:lvl>'
    )


def act_levels(scheme: Scheme) -> tuple[tuple[Level, ...], tuple[Level, ...]]:
    """The levels above the articles, counted apart, then those from the articles down.

    They are counted apart unless articles restart with their chapter's number in front, because a REF
    from another chapter would print the chapter's label too.
    """
    levels = scheme.levels
    if len(levels) > 1 and levels[1].nested:
        return (), levels
    return levels[:1], levels[1:]
