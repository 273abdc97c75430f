"""Articles and annexes: specification → divisions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from convgen.acte.nodes import Annexe, Block, Division, Inlines, Origin, Paragraph, Text
from convgen.compose.context import Passages, argument_view
from convgen.compose.fiches import FichesPrinter
from convgen.compose.sandbox import View
from convgen.compose.skeleton import Heading
from convgen.compose.tables import TablePrinter
from convgen.compose.text import Composer
from convgen.compose.views.base import Printing, text_view
from convgen.errors import suggest
from convgen.model.resolved import AnnexeSpec, Argument, ArticleSpec, ResolvedAct


@dataclass(frozen=True, slots=True)
class ArticleComposer:
    """Composes the articles of one act. `common` is what clauses see, `full` what the definition's texts see."""

    act: ResolvedAct
    printing: Printing
    common: Composer
    full: Composer
    tables: TablePrinter
    views: dict[int, View] = field(default_factory=dict)  # on the parameters of the clauses, by object

    def articles(self) -> tuple[Division, ...]:
        """All the articles, in order."""
        return tuple(self.article(spec) for spec in self.act.articles)

    def article(self, spec: ArticleSpec) -> Division:
        """One article, sub-articles included. Acts where it says the same share it."""
        composer = self.composer_of(spec)
        title: Inlines = () if spec.title is None else composer.inline(spec.title)
        found = self._composed(spec, composer)
        if spec.without:
            _check_without(found, spec, composer)
        if spec.articles:
            nested = tuple(self.article(one) for one in spec.articles)
            return _division(spec, title, (*nest(found, spec), *nested))
        written = (spec.text.place.file, spec.text.what) if spec.text is not None else None
        use = spec.id, spec.level, spec.frozen_number, spec.without, spec.origin, written, title
        articles = self.full.cache.articles
        made = articles.find(found, use)
        return articles.keep(found, use, _division(spec, title, nest(found, spec))) if made is None else made

    def composer_of(self, spec: ArticleSpec) -> Composer:
        """The composer that gives a text what it may see."""
        base = self.common if spec.is_clause else self.full
        if not (spec.arguments or spec.passages):
            return base
        context = dict(base.context)
        if spec.passages:
            context["passage"] = Passages(spec.passages, self.act.passages)
        for name, argument in spec.arguments.items():
            context[name] = self._view(argument)
        return base.inside(context)

    def _view(self, argument: Argument) -> View:
        """The view on a parameter; clauses share the parties and the data of the act."""
        found = self.views.get(id(argument))
        if found is None:
            found = self.views[id(argument)] = argument_view(argument, self.act, self.printing)
        return found

    def _composed(self, spec: ArticleSpec, composer: Composer) -> tuple[Block | Heading, ...]:
        """The text of an article, as many times as a form repeats it."""
        if spec.text is None:
            return ()
        if spec.repeat == 1:
            return composer.compose(spec.text)
        turns = (
            composer.inside({**composer.context, "rang": text_view(str(rank))}) for rank in range(1, spec.repeat + 1)
        )
        return tuple(one for turn in turns for one in turn.compose(spec.text))


def _division(spec: ArticleSpec, title: Inlines, blocks: tuple[Block, ...]) -> Division:
    return Division(spec.id, spec.level, title, blocks, None, spec.frozen_number, spec.origin)


def _check_without(found: Sequence[Block | Heading], spec: ArticleSpec, composer: Composer) -> None:
    known = {one.id for one in found if isinstance(one, Heading)}
    for name in spec.without:
        if name not in known:
            composer.report.error(
                "DEF-13",
                f"« sans » : l'article « {spec.id} » n'a pas de sous-article « {name} »",
                name.place,
                remedy=suggest(name, known, "Sous-articles"),
            )


def nest(found: Sequence[Block | Heading], spec: ArticleSpec) -> tuple[Block, ...]:
    """Put blocks under their headings; drop the sub-articles that the definition does without."""
    headings = [one.level for one in found if isinstance(one, Heading)]
    if not headings:
        return tuple(one for one in found if not isinstance(one, Heading))
    return _nest(list(found), min(headings), spec.level + 1, spec.id, spec)


def _nest(
    found: list[Block | Heading], heading_level: int, level: int, parent: str, spec: ArticleSpec
) -> tuple[Block, ...]:
    out: list[Block] = []
    index = 0
    seen: dict[str, int] = {}
    while index < len(found):
        one = found[index]
        index += 1
        if not isinstance(one, Heading):
            out.append(one)
            continue
        end = index
        while end < len(found) and not _closes(found[end], heading_level):
            end += 1
        inner, index = found[index:end], end
        if one.id in spec.without:
            continue
        seen[one.id] = seen.get(one.id, 0) + 1
        name = one.id if seen[one.id] == 1 else f"{one.id}-{seen[one.id]}"
        deeper = [item.level for item in inner if isinstance(item, Heading)]
        full = f"{parent}.{name}"
        blocks = _nest(inner, min(deeper), level + 1, full, spec) if deeper else _plain(inner)
        place, what = (spec.text.place.file, spec.text.what) if spec.text else (spec.origin.file, spec.origin.what)
        origin = Origin(place, one.line, spec.origin.clause, spec.origin.version, what)
        out.append(Division(full, level, one.title, blocks, None, "", origin))
    return tuple(out)


def _closes(one: Block | Heading, heading_level: int) -> bool:
    return isinstance(one, Heading) and one.level <= heading_level


def _plain(found: Sequence[Block | Heading]) -> tuple[Block, ...]:
    return tuple(one for one in found if not isinstance(one, Heading))


def compose_annexes(articles: ArticleComposer) -> tuple[Annexe, ...]:
    """The annexes of the act, in order."""
    return tuple(_annexe(articles, spec) for spec in articles.act.annexes)


def _drawn(articles: ArticleComposer, spec: AnnexeSpec) -> tuple[Block, ...]:
    """What an annexe draws from the data: a table, or fiches."""
    printer = articles.tables
    if spec.fiches is not None:
        return FichesPrinter(spec.id, spec.fiches, printer, printer.composer.report).blocks()
    table = articles.act.tables.table(spec.table) if articles.act.tables is not None else None
    return printer.blocks(table, inside=spec.orientation == "paysage") if table is not None else ()


def _annexe(articles: ArticleComposer, spec: AnnexeSpec) -> Annexe:
    content = spec.content
    blocks: tuple[Block, ...] = ()
    title: Inlines = ()
    if content is not None:
        # the points of an annexe hang directly under it
        division = articles.article(replace(content, level=0))
        title, blocks = division.title, division.blocks
    elif spec.table or spec.fiches is not None:
        blocks = _drawn(articles, spec)
    elif spec.external or spec.file:
        blocks = (Paragraph((Text("Pièce jointe à l\u2019acte, établie séparément."),), origin=spec.origin),)
    if spec.title is not None:
        title = articles.full.inline(spec.title)
    return Annexe(
        id=spec.id,
        title=title,
        blocks=blocks,
        series=spec.series,
        file=spec.file,
        external=spec.external,
        rank_word=spec.rank,
        frozen_number=spec.frozen_number,
        orientation=spec.orientation,
        origin=spec.origin,
    )
