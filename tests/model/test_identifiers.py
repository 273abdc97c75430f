"""SIRET and IBAN keys."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convgen.model.identifiers import IdentifierError, check_iban, check_siret


@pytest.mark.parametrize(
    "typed", ["22060001900016", "220 600 019 00016", "220.600.019-00016", " 220\u00a0600\u202f019 00016 "]
)
def test_a_right_siret_is_normalised(typed: str) -> None:
    assert check_siret(typed) == "220 600 019 00016"


@pytest.mark.parametrize("typed", ["356 000 000 00048", "35600000049837", "356 000 000 09075"])
def test_la_poste_has_its_own_key(typed: str) -> None:
    assert check_siret(typed).startswith("356 000 000")


@pytest.mark.parametrize(
    "typed", ["", "22060001900017", "35600000000049", "2206000190001", "220600019000160", "abc", "0" * 14, "²" * 14]
)
def test_a_wrong_siret_is_refused(typed: str) -> None:
    with pytest.raises(IdentifierError) as raised:
        check_siret(typed)
    assert raised.value.cause
    assert raised.value.remedy


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("FR1420041010050500013M02606", "FR14 2004 1010 0505 0001 3M02 606"),
        ("fr14 2004 1010 0505 0001 3m02 606", "FR14 2004 1010 0505 0001 3M02 606"),
        ("DE89 3704 0044 0532 0130 00", "DE89 3704 0044 0532 0130 00"),
    ],
)
def test_a_right_iban_is_grouped(typed: str, printed: str) -> None:
    assert check_iban(typed) == printed


@pytest.mark.parametrize(
    "typed", ["", "FR14", "FR1420041010050500013M02607", "FR1420041010050500013M0260", "1234", "FR14 2004é"]
)
def test_a_wrong_iban_is_refused(typed: str) -> None:
    with pytest.raises(IdentifierError):
        check_iban(typed)


@given(st.integers(0, 13), st.integers(1, 9))
def test_any_single_wrong_digit_is_seen(rank: int, shift: int) -> None:
    digits = list("22060001900016")
    digits[rank] = str((int(digits[rank]) + shift) % 10)
    with pytest.raises(IdentifierError):
        check_siret("".join(digits))
