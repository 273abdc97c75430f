"""The demonstration liasses: pieces in order, what is cited is there, what is recited is said, and no office suite."""

from __future__ import annotations

import hashlib
import html
import io
import json
import re
import runpy
import zipfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from pypdf import PdfReader

from convgen.acte.nodes import Acte, Value
from convgen.acte.walk import walk
from convgen.bundle.bordereau import lines
from convgen.bundle.liasse import Liasse, Piece
from convgen.bundle.nomenclature import nature_of
from convgen.cli.bundle import make_liasse
from convgen.cli.bundle_files import files_of
from convgen.cli.bundle_looks import Looks
from convgen.errors import Report
from convgen.workspace import Workspace
from convgen.write.text import write_text

ROOT = Path(__file__).parents[2]
CP, PACTE, EXCEDENT = "cp-2024-06-07-20", "me-2024-06-20-pacte", "me-2024-06-20-excedent"
NAMES = (CP, PACTE, EXCEDENT)
ORDER = {
    CP: (
        ("", CP),
        ("Annexe 1", "rapport-execution-2023"),
        ("Annexe 2", "insertion-emploi-06-2024"),
        ("Annexe 2 – Annexe 1", "annexe-plan-action"),
        ("Annexe 2 – Annexe 1 bis", "annexe-feuille-de-route"),
        ("Annexe 3", "acces-donnees-06-2024"),
        ("Annexe 4", "restos-du-coeur-2024-1"),
        ("Annexe 5", "flash-emploi-2024-1"),
        ("Annexe 6", "protocole-plie-casa-2024"),
        ("Annexe 7", "protocole-aip-2024"),
        ("Annexe 8", "cooperation-ft-2024"),
        ("Annexe 8 – Annexe 4", "annexe-territoires"),
        ("Annexe 9", "echange-donnees-ft-2024"),
        ("Annexe 10", "msa-rsacg-2024"),
        ("Annexe 11", "sante-mentale-2024"),
        ("Annexe 12", "sg2022003-1"),
        ("Annexe 13", "dialogue-gestion-2023"),
        ("Annexe 14", "plan-visites-2024"),
        ("Annexe 15", "fsl-eau-soeau-2024"),
        ("Annexe 16", "fsl-bailleur-erilia-2024"),
    ),
    PACTE: (
        ("", PACTE),
        ("Annexe 1", "convention-cadre-pacte-55"),
        ("Annexe 2", "contrat-local-55-2024"),
        ("Annexe 3", "insertion-emploi-55-2024"),
        ("Annexe 3 – Annexe 1 emploi", "annexe-plan-action"),
        ("Annexe 3 – Annexe 1 bis emploi", "annexe-feuille-de-route"),
        ("Annexe 3 – Annexe 6", "acces-donnees-55-2024"),
        ("Annexe 3 – Annexe 7", "charte-academie-55-2024"),
        ("Annexe 4", "acces-donnees-55-2024"),
        ("Annexe 5", "charte-academie-55-2024"),
        ("Annexe 5 – Annexe 5", "annexe-catalogue"),
    ),
    EXCEDENT: (("", EXCEDENT),),
}
#: Names that their authors gave to texts and to acts: they are cited as they are.
OFFICIAL = (
    "convention d'appui à la lutte contre la pauvreté et d'accès à l'emploi",
    "Dispositif RSA – PDI – SPIE – Fonds social européen (FSE+) – Fonds de solidarité pour le logement (FSL)",
    "Caisse d'allocations familiales des Alpes-Maritimes",
)
RUN = 13


@dataclass(frozen=True)
class Made:
    """A liasse and its files."""

    liasse: Liasse
    files: dict[str, bytes]
    report: Report

    @property
    def pdf(self) -> PdfReader:
        return PdfReader(io.BytesIO(self.files[f"{self.liasse.id}.pdf"]))

    @property
    def deliberation(self) -> Acte:
        found = self.liasse.pieces[0].acte
        assert found is not None
        return found

    def piece(self, name: str) -> Piece:
        return next(one for one in self.liasse.pieces if one.id == name)


@cache
def made(name: str) -> Made:
    """The liasse, on a machine where no program can be found: no office suite is needed."""
    report = Report()
    workspace = Workspace(ROOT)
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("PATH", "")
        liasse = make_liasse(workspace, name, report, final=False, formats=())
        assert liasse is not None, [str(one) for one in report]
        files = files_of(liasse, Looks(workspace, report), report)
    assert not report.errors, [str(one) for one in report]
    return Made(liasse, files, report)


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\u2019", "'"))


def of_series(one: Made) -> list[Piece]:
    """The annexes of the délibération itself."""
    return [piece for piece in one.liasse.pieces if len(piece.series) == 1]


@pytest.mark.parametrize("name", NAMES)
def test_pieces_stand_in_order_with_their_numbers(name: str) -> None:
    assert tuple((one.label, one.id) for one in made(name).liasse.pieces) == ORDER[name]


@pytest.mark.parametrize("name", NAMES)
def test_nothing_contradicts_anything(name: str) -> None:
    said = [one for one in made(name).report if one.code.startswith(("LIA", "DEL"))]
    assert [str(one) for one in said] == []


@pytest.mark.parametrize(("name", "codes"), [(CP, {"ACT-01"}), (PACTE, {"ACT-01"}), (EXCEDENT, set())])
def test_the_final_version_waits_for_its_blanks_only(name: str, codes: set[str]) -> None:
    report = Report()
    make_liasse(Workspace(ROOT), name, report, final=True, formats=())
    assert {one.code for one in report.errors} == codes


@pytest.mark.parametrize("name", NAMES)
def test_every_piece_has_a_type_that_a_deliberation_admits(name: str) -> None:
    admitted = nature_of("délibération").types
    assert {one.code for one in made(name).liasse.pieces} <= admitted
    avenants = [one for one in made(name).liasse.pieces if one.acte is not None and one.acte.kind == "avenant"]
    assert all(one.code == "42_AC" for one in avenants)
    assert bool(avenants) is (name == CP)


def test_an_amount_of_one_year_is_not_given_for_the_four_years_of_the_contract() -> None:
    assert "379 189 €" not in plain(write_text(made(PACTE).deliberation))
    assert "764 947 €" in plain(write_text(made(PACTE).deliberation))


@pytest.mark.parametrize("name", [CP, PACTE])
def test_annexes_are_cited_once_each_in_order(name: str) -> None:
    cited = re.findall(r"annexe n° (\d+)", plain(write_text(made(name).deliberation)))
    given = [one.series[0] for one in of_series(made(name))]
    assert cited == given == [str(rank) for rank in range(1, len(given) + 1)]


def test_amounts_recited_are_those_of_the_annexed_acts() -> None:
    one = made(CP)
    recited = [node for node in walk(one.deliberation.zones) if isinstance(node, Value) and node.kind == "montant"]
    compared = 0
    for value in recited:
        _, name, key = value.key.split(".", 2)
        acte = one.piece(name).acte
        assert acte is not None
        own = {node.exact for node in walk((acte.zones, acte.annexes)) if isinstance(node, Value) and node.key == key}
        assert not own or own == {value.exact}, value.key
        compared += bool(own)
    assert compared >= 6


def test_every_authorised_act_says_which_deliberation_allows_to_sign_it() -> None:
    one = made(CP)
    acts = [piece for piece in of_series(one) if piece.acte is not None and piece.id != "plan-visites-2024"]
    assert len(acts) == 12
    for piece in acts:
        assert piece.acte is not None
        assert re.search(r"(?:7 juin 2024|n° 20)", plain(write_text(piece.acte))), piece.id


@pytest.mark.parametrize("name", NAMES)
def test_the_folder_for_the_prefecture_has_each_piece_once(name: str) -> None:
    one = made(name)
    folder = {key.rpartition("/")[2]: data for key, data in one.files.items() if key.startswith("prefecture/")}
    manifest = json.loads(folder["manifest.json"])
    assert [each["identifiant"] for each in manifest["pieces"]] == [each.id for each in one.liasse.printed]
    assert {*folder} == {"manifest.json", "manifest.csv", *(each["fichier"] for each in manifest["pieces"])}
    for each in manifest["pieces"]:
        data = folder[each["fichier"]]
        assert hashlib.sha256(data).hexdigest() == each["sha256"]
        assert len(PdfReader(io.BytesIO(data)).pages) == each["pages"]


@pytest.mark.parametrize("name", NAMES)
def test_every_page_of_every_piece_is_in_the_pdf(name: str) -> None:
    one = made(name)
    manifest = json.loads(next(data for key, data in one.files.items() if key.endswith("manifest.json")))
    pages = sum(each["pages"] for each in manifest["pieces"])
    covers = len(one.liasse.printed) - 1 if one.liasse.stamp == "page de garde" else 0
    first = next(entry for entry in one.pdf.outline if "Délibération" in getattr(entry, "title", ""))
    listing = one.pdf.get_destination_page_number(first)
    assert (listing > 0) == one.liasse.contents
    assert len(one.pdf.pages) == pages + covers + listing


@pytest.mark.parametrize("name", [CP, PACTE])
def test_the_bordereau_goes_from_folio_to_folio(name: str) -> None:
    """Annexes of an act that are files stand between those that it prints, where their numbers put them."""
    one = made(name)
    places, leads = one.pdf.named_destinations, []
    for page in one.pdf.pages[: one.pdf.get_destination_page_number(one.pdf.outline[1])]:
        links = [note.get_object() for note in page.get("/Annots", ())]
        leads += [one.pdf.get_destination_page_number(places[str(link["/Dest"])]) for link in links if "/Dest" in link]
    folios = [folio for folio, line in zip(leads[::2], lines(one.liasse), strict=True) if not line.see]
    assert len(folios) > 20
    assert folios == sorted(folios)


@pytest.mark.parametrize("name", [CP, PACTE])
def test_in_word_too_the_bordereau_goes_from_page_to_page(name: str) -> None:
    one = made(name)
    with zipfile.ZipFile(io.BytesIO(one.files[f"{name}.docx"])) as archive:
        text = archive.read("word/document.xml").decode()
    table = next(found for found in re.findall(r"<w:tbl>.*?</w:tbl>", text, re.DOTALL) if ">Pièce<" in found)
    shown = [int(page) for page in re.findall(r"<mc:Fallback>.*?<w:t[^>]*>(\d+)</w:t>.*?</mc:Fallback>", table)]
    pages = [page for page, line in zip(shown, lines(one.liasse), strict=True) if not line.see]
    assert pages == sorted(pages)
    assert len(pages) > 20


def test_the_slides_lie_and_the_turned_pages_are_kept_as_they_are_seen() -> None:
    pages = [page for page in made(CP).pdf.pages if "Pièce de démonstration" in plain(page.extract_text())]
    seen = set()
    for page in pages:
        wide = page.mediabox.width > page.mediabox.height
        seen.add((wide != (page.rotation % 180 == 90), page.rotation % 360))
    assert len(pages) == 10
    assert {lies for lies, _ in seen} == {True, False}


def test_a_document_with_two_places_is_printed_once_and_referred_to() -> None:
    one = made(PACTE)
    referred = [(piece.label, piece.refers) for piece in one.liasse.pieces if piece.refers]
    assert referred == [("Annexe 3 – Annexe 6", "Annexe 4"), ("Annexe 3 – Annexe 7", "Annexe 5")]
    assert len(one.liasse.printed) == len(one.liasse.pieces) - 2


@pytest.mark.parametrize("name", [CP, PACTE])
def test_the_word_file_holds_every_act(name: str) -> None:
    one = made(name)
    with zipfile.ZipFile(io.BytesIO(one.files[f"{name}.docx"])) as archive:
        text = plain(html.unescape(re.sub(r"<[^>]+>", "", archive.read("word/document.xml").decode())))
    for piece in one.liasse.printed:
        assert piece.acte is None or plain(piece.title)[:30] in text


def test_stand_ins_are_made_again_byte_for_byte_and_stay_small() -> None:
    tool = runpy.run_path(str(ROOT / "tools" / "pieces.py"))
    names = {one.name for one in tool["STAND_INS"]}
    assert names == {path.stem for path in tool["FOLDER"].glob("piece-*.pdf")}
    for one in tool["STAND_INS"]:
        data = (tool["FOLDER"] / f"{one.name}.pdf").read_bytes()
        assert data == tool["stand_in"](one), f"{one.name} : relancez « python tools/pieces.py »"
        assert len(data) < 60_000
        assert all("Pièce de démonstration" in page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)


def test_no_sentence_comes_from_the_real_acts(reference_root: Path) -> None:
    known = set()
    for path in (reference_root / "references").rglob("*.txt"):
        found = words(re.sub(r"<[^>]+>", " ", html.unescape(path.read_text(encoding="utf-8"))))
        known |= {tuple(found[at : at + RUN]) for at in range(len(found) - RUN + 1)}
    assert len(known) > 10_000
    own = [*(ROOT / "conventions" / "deliberations").glob("*.yaml"), *(ROOT / "conventions" / "liasses").glob("*.yaml")]
    own += [ROOT / "tools" / "pieces.py", ROOT / "conventions" / "fsl-bailleur-erilia-2024.yaml"]
    copied = []
    for path in own:
        for line in path.read_text(encoding="utf-8").split("\n"):
            for name in OFFICIAL:
                line = line.replace(name, " | ")
            for part in line.split("|"):
                found = words(part)
                copied += [found[at : at + RUN] for at in range(len(found)) if tuple(found[at : at + RUN]) in known]
    assert copied == []


def words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.casefold())
