"""One act that holds every kind of node, and the strategies that make random ones."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import strategies as st

from convgen.acte import nodes as n

P = n.Paragraph
T = n.Text


def cell(text: str, align: str = "left", colspan: int = 1, rowspan: int = 1) -> n.Cell:
    return n.Cell((P((T(text),)),), align, colspan, rowspan)


def row(*texts: str, role: str = "corps") -> n.Row:
    return n.Row(tuple(cell(text, "left" if k == 0 else "right") for k, text in enumerate(texts)), role)


def article(num: str, title: str, *blocks: n.Block, level: int = 1, id: str = "") -> n.Division:
    number = n.Number(num, f"ARTICLE {num}" if level == 1 else f"{num}.", " : " if level == 1 else " ")
    return n.Division(id or f"a{num}", level, (T(title),) if title else (), tuple(blocks), number)


TABLE = n.Table(
    header=(
        n.Row((cell("Poste", rowspan=2), cell("Montants", "center", colspan=2))),
        n.Row((cell("2024", "right"), cell("2025", "right"))),
    ),
    rows=(
        row("Salaires & charges", "1 000 €", "12 000 €"),
        n.Row((cell("Actions", colspan=3),), "bande"),
        row("Total", "1 000 €", "12 000 €", role="total"),
    ),
    widths=(50, 25, 25),
    caption=(T("Budget"),),
    description="Budget par exercice",
)
AMOUNT = n.Value("montant", "subvention", Decimal("300000.00"), "300 000 €")
BLANK = n.Blank("dates.notification", "date de notification", "[date de notification à compléter]")
ACT = n.Acte(
    kind="convention",
    id="exemple",
    number="2024-1",
    title="Convention <relative> à l’essai & suite",
    letterhead=("Direction générale", "Service des essais"),
    zones=(
        n.Zone(
            "intitule", (P((T("CONVENTION <DÉMO>"),), n.Role.TITLE), P((T("relative à l’essai"),), n.Role.SUBTITLE))
        ),
        n.Zone("sommaire", (n.TableOfContents(),)),
        n.Zone(
            "comparution",
            (
                P(
                    (
                        T("Entre :"),
                        n.LineBreak(),
                        T("la Ville"),
                    )
                ),
                P((BLANK,)),
            ),
        ),
        n.Zone(
            "articles",
            (
                article(
                    "1er",
                    "OBJET",
                    P((T("Au 1er juin, "), n.Strong((T("gras"),)), T(" et "), n.Emphasis((T("italique"),)), T("."))),
                    n.ListBlock(
                        (
                            n.ListItem((P((T("un"),)),)),
                            n.ListItem((P((T("deux"),)), n.ListBlock((n.ListItem((P((T("fin"),)),)),), "a)"))),
                        ),
                        "-",
                    ),
                    article("1.1", "", P((T("Sans titre."),)), level=2),
                ),
                article(
                    "2",
                    "FINANCES",
                    P(
                        (
                            T("La somme de "),
                            AMOUNT,
                            n.Note((T("Hors taxes."),), 1),
                            T(", voir "),
                            n.Reference("a1er", before="l’", noun="article ", number="1er"),
                        )
                    ),
                    TABLE,
                    n.Section((P((T("En large"),)),)),
                    P((BLANK,)),
                ),
            ),
        ),
        n.Zone(
            "signatures",
            (
                P((T("Fait à Nice, le "), n.FillIn("date", 10)), n.Role.CLOSING),
                n.SignatureGrid(
                    (n.Signature("ville", ((T("Pour la Ville"),), (T("Le Maire"),)), (T("A. B."),)),),
                    reserved=(T("Cadre réservé"),),
                ),
            ),
        ),
    ),
    annexes=(
        n.Annexe(
            "bilan",
            (T("Bilan"),),
            (P((n.Value("date", "d", "2024-06-01", "1er juin 2024"),)),),
            n.Number("1", "ANNEXE 1", " : ", "annexe"),
        ),
    ),
    parties=(n.PartySummary("ville", "ville-nice", "la Ville", "la Ville"),),
    scheme=n.Scheme((n.Level(), n.Level(nested=True))),
    mention="Exemple, sans valeur",
    provenance=n.Provenance(
        "conventions/x.yaml", (("objet", "1.0"),), "modele", {"type": "décoy", "gabarit": "neutre"}
    ),
)

texts = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12)
exact = st.one_of(
    st.decimals(allow_nan=False, allow_infinity=False),
    st.integers(),
    texts,
    st.booleans(),
    st.lists(texts, max_size=3).map(tuple),
)
leaves = st.one_of(
    st.builds(n.Text, texts),
    st.builds(n.Value, texts, texts, exact, texts),
    st.builds(n.Blank, texts, texts, texts),
    st.builds(n.FillIn, texts, st.integers(1, 30)),
    st.just(n.LineBreak()),
    st.builds(n.Reference, texts, before=texts, number=texts, capital=st.booleans()),
)
inlines = st.recursive(
    st.lists(leaves, max_size=3).map(tuple),
    lambda inner: st.one_of(
        st.builds(n.Strong, inner),
        st.builds(n.Emphasis, inner),
        st.builds(n.Superscript, inner),
        st.builds(n.Note, inner),
    ).map(lambda one: (one,)),
    max_leaves=4,
)
paragraphs = st.builds(P, inlines, st.sampled_from(n.Role), st.builds(n.Origin, texts, st.integers(0, 99), texts))


def _cells(blocks: st.SearchStrategy[tuple[n.Block, ...]]) -> st.SearchStrategy[n.Cell]:
    return st.builds(n.Cell, blocks, st.sampled_from(("left", "right", "center")))


def _containers(inner: st.SearchStrategy[n.Block]) -> st.SearchStrategy[n.Block]:
    blocks = st.lists(inner, max_size=3).map(tuple)
    rows = st.lists(st.builds(n.Row, st.lists(_cells(blocks), min_size=1, max_size=3).map(tuple)), max_size=3).map(
        tuple
    )
    items = st.lists(st.builds(n.ListItem, blocks), max_size=3).map(tuple)
    return st.one_of(
        st.builds(n.ListBlock, items, st.sampled_from(("-", "1.", "a)", "1°")), st.integers(1, 9)),
        st.builds(n.Table, rows, rows, caption=inlines),
        st.builds(n.Section, blocks),
        st.builds(n.Division, texts, st.integers(0, 3), inlines, blocks, st.none() | st.builds(n.Number, texts, texts)),
    )


blocks = st.recursive(paragraphs | st.sampled_from((n.PageBreak(), n.TableOfContents())), _containers, max_leaves=8)
zones = st.builds(n.Zone, st.sampled_from(("articles", "visas")), st.lists(blocks, max_size=3).map(tuple))
acts = st.builds(
    n.Acte,
    st.just("convention"),
    texts,
    texts,
    texts,
    st.lists(zones, max_size=2).map(tuple),
    draft=st.booleans(),
    mention=texts,
)
