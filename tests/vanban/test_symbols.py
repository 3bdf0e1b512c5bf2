"""``vanban.symbols``: the grammar of numbers and symbols, and its round trip."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanban.symbols import TYPES, Symbol, key, parse, tidy, type_of


@pytest.mark.parametrize(
    ("written", "family", "number", "kind", "org", "year"),
    [
        ("Số: 57 /KH-UBND", "typed", "57", "KH", "UBND", None),
        ("08-CT/TU", "party", "08", "CT", "TU", None),
        ("31-CTr/BDVTU-UBND", "party", "31", "CTr", "BDVTU-UBND", None),
        ("12/2019/NĐ-CP", "normative", "12", "NĐ", "CP", 2019),
        ("26/2008/PL-UBTVQH12", "normative", "26", "PL", "UBTVQH12", 2008),
        ("17/2017/QH14", "normative", "17", None, "QH14", 2017),
        ("905/VPCP-KGVX", "letter", "905", None, "VPCP-KGVX", None),
        ("06/CT-TTg", "typed", "06", "CT", "TTg", None),
        ("27/NQ- TW", "typed", "27", "NQ", "TW", None),
        ("144a/QĐ-SNV", "typed", "144a", "QĐ", "SNV", None),
    ],
)
def test_families(
    written: str, family: str, number: str, kind: str | None, org: str, year: int | None
) -> None:
    symbol = parse(written)
    assert symbol is not None
    assert (symbol.family, symbol.number, symbol.type, symbol.org, symbol.year) == (
        family,
        number,
        kind,
        org,
        year,
    )
    assert str(symbol) == tidy(written)


@pytest.mark.parametrize("text", ["16/10", "20/3/2023", "2021-2025", "UBND", "", "5%/năm", "24/7"])
def test_what_is_no_symbol(text: str) -> None:
    assert parse(text) is None


def test_the_type_is_only_suggested() -> None:
    assert type_of("23-QĐ/TW") == "Quyết định"
    assert type_of("905/VPCP-KGVX") == "Công văn"
    assert type_of("17/2017/QH14") is None


def test_two_spellings_have_one_key() -> None:
    assert key("Số: 057 /KH - UBND") == key("57/KH-UBND")
    assert key("57/KH-UBND") != key("75/KH-UBND")


_numbers = st.from_regex(r"\A[1-9][0-9]{0,4}\Z")
_orgs = st.from_regex(r"\A[A-ZĐ]{2,6}(?:-[A-ZĐ]{2,5})?\Z").filter(
    lambda o: o.split("-")[0] not in TYPES
)
_types = st.sampled_from([code for code in TYPES if code.isalpha()])
_symbols = st.one_of(
    st.builds(lambda n, t, o: Symbol(n, "party", t, o), _numbers, _types, _orgs),
    st.builds(lambda n, t, o: Symbol(n, "typed", t, o), _numbers, _types, _orgs),
    st.builds(lambda n, o: Symbol(n, "letter", None, o), _numbers, _orgs),
    st.builds(
        lambda n, t, o, y: Symbol(n, "normative", t, o, y),
        _numbers,
        _types,
        _orgs,
        st.integers(1945, 2100),
    ),
)


@given(_symbols)
def test_parse_undoes_print(symbol: Symbol) -> None:
    assert parse(str(symbol)) == symbol


@given(_symbols, st.sampled_from(["Số: {}", " {} ", "số {}"]))
def test_labels_and_blanks_do_not_matter(symbol: Symbol, frame: str) -> None:
    loose = str(symbol).replace("/", " / ").replace("-", "- ")
    assert parse(frame.format(loose)) == symbol


@given(st.text(max_size=40))
def test_any_text_is_a_symbol_or_none(text: str) -> None:
    symbol = parse(text)
    assert symbol is None or parse(str(symbol)) == symbol
