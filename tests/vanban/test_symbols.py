"""``vanban.symbols``: the grammar of numbers and symbols, and its round trip."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanban.doctypes import ADMINISTRATIVE, BY_ABBREVIATION, HEADINGS
from vanban.symbols import Symbol, key, parse, tidy, type_of


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
        ("12.3/2025/NQ-CP", "normative", "12.3", "NQ", "CP", 2025),
        ("05/2022/TTLT-BNV-BTC", "normative", "05", "TTLT", "BNV-BTC", 2022),
        ("07/2024/NQLT-UBTVQH15-CP", "normative", "07", "NQLT", "UBTVQH15-CP", 2024),
        ("9-QCPH/UBND-BDVTU", "party", "9", "QCPH", "UBND-BDVTU", None),
        ("15/NN&MT-KH", "letter", "15", None, "NN&MT-KH", None),
        ("412/QĐ-UBND.NV", "typed", "412", "QĐ", "UBND.NV", None),
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


def test_abbreviations_have_one_home() -> None:
    """Phụ lục III of Nghị định 30/2020 abbreviates 27 types; no abbreviation names two."""
    assert len(ADMINISTRATIVE) == 27
    assert len(set(ADMINISTRATIVE.values())) == 27
    assert set(ADMINISTRATIVE) <= set(HEADINGS)
    assert all(parse(f"1-{code}/TU") for code in BY_ABBREVIATION)


# numbers of every shape: 7, 007, 144a, 66.4
_numbers = st.from_regex(r"\A[0-9]{1,5}(?:\.[0-9]{1,2})?[a-zđ]?\Z")
# one body or several, with lower-case letters (TTg), digits (QH15) and "&"
_body = st.from_regex(r"\A[A-ZĐ][A-ZĐa-zđ0-9&]{1,7}\Z")
_orgs = st.lists(_body, min_size=1, max_size=3).flatmap(
    lambda bodies: st.sampled_from("-.").map(lambda joint: joint.join(bodies))
)
_letter_orgs = _orgs.filter(
    lambda org: org.partition("-")[0].upper() not in {code.upper() for code in BY_ABBREVIATION}
)
_types = st.sampled_from(sorted(BY_ABBREVIATION))
_symbols = st.one_of(
    st.builds(lambda n, t, o: Symbol(n, "party", t, o), _numbers, _types, _orgs),
    st.builds(lambda n, t, o: Symbol(n, "typed", t, o), _numbers, _types, _orgs),
    st.builds(lambda n, o: Symbol(n, "letter", None, o), _numbers, _letter_orgs),
    st.builds(
        lambda n, t, o, y: Symbol(n, "normative", t, o, y),
        _numbers,
        _types,
        _orgs,
        st.integers(1945, 2100),
    ),
    st.builds(
        lambda n, term, y: Symbol(n, "normative", None, f"QH{term}", y),
        _numbers,
        st.integers(1, 30),
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
