"""Row 62: a published ranking is worked out anew by a script that shares nothing with us."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from danvan.scoring import recompute, snapshot
from danvan.scoring.models import CriteriaGroup, Criterion, Ranking, Score
from danvan.scoring.queries.drafts import maximum_of, value_of
from danvan.scoring.standings import BandRule, Fired, Scale, Sums, Totals, standings
from tests.scoring.results_factory import Case, chairman, handed_in, put_forward

D = Decimal
SCRIPT = Path(recompute.__file__)
BANDS = (BandRule("Tốt", D(80)), BandRule("Khá", D(65)), BandRule("Trung bình", D(50)),
         BandRule("Yếu", D(0)))  # fmt: skip
TIES = (("G2", "G3"), ("G1",))
CENTS = st.integers(0, 2_000).map(lambda n: D(n) / 100)
GIVEN = st.one_of(st.none(), CENTS)


# --- the script alone --------------------------------------------------------------------


def test_row_62_the_script_is_short_and_needs_only_python() -> None:
    source = SCRIPT.read_text(encoding="utf-8")
    assert len(source.splitlines()) < 200
    named = {
        (node.module or "").split(".")[0]
        if isinstance(node, ast.ImportFrom)
        else node.names[0].name.split(".")[0]
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Import | ast.ImportFrom)
    }
    assert named <= set(sys.stdlib_module_names)


def test_wrong_use_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert recompute.main([]) == 2
    assert "recompute.py ket-qua.json" in capsys.readouterr().err
    other = tmp_path / "khac.json"
    other.write_text('{"format": "khac"}', encoding="utf-8")
    with pytest.raises(SystemExit, match=r"danvan\.ranking/1"):
        recompute.main([str(other)])


# --- against the product, over generated rounds ------------------------------------------


@st.composite
def rounds(
    draw: st.DrawFn,
) -> tuple[list[Criterion], list[tuple[list[Score], tuple[Fired, ...], bool]]]:
    """Criteria of three groups, a bonus and a deduction; up to eight units' values and caps."""
    groups = [CriteriaGroup(pk=n, code=f"G{n}", title="x", max_points=D(1)) for n in (1, 2, 3)]
    criteria = []
    for n in range(draw(st.integers(1, 6))):
        criteria.append(
            Criterion(
                pk=n, code=f"c{n}", title=f"Tiêu chí {n}", group=draw(st.sampled_from(groups)),
                max_points=draw(CENTS.filter(bool)),
                when_not_arising=draw(st.sampled_from(Criterion.WhenNotArising.values)),
            )
        )  # fmt: skip
    for kind in ("bonus", "deduction"):
        criteria.append(
            Criterion(pk=len(criteria), code=kind, title=kind, kind=kind, max_points=D(4))
        )
    caps = [
        Fired("K1", "Không gửi kế hoạch", "Khá", "hạn 04/4"),
        Fired("K2", "Quá hạn", "Trung bình", ""),
        Fired("K3", "Đơn vị mới", "", "chưa đủ 6 tháng"),
    ]
    told = st.sampled_from([None, True, False])
    units = []
    for _n in range(draw(st.integers(1, 8))):
        scores = [
            Score(
                criterion=c, arises=draw(st.booleans()), arises_verified=draw(told),
                claimed=draw(GIVEN), verified=draw(GIVEN), explained=draw(GIVEN),
                decided=draw(GIVEN),
            )
            for c in criteria
        ]  # fmt: skip
        units.append(
            (scores, tuple(draw(st.lists(st.sampled_from(caps), unique=True))), draw(st.booleans()))
        )
    return criteria, units


@st.composite
def scales(draw: st.DrawFn) -> Scale:
    """The usual classes with any quotas (never of the lowest) and any rounding."""
    quota = st.one_of(st.none(), st.integers(0, 10_000).map(lambda n: D(n) / 100))
    bands = [BandRule(b.name, b.floor, draw(quota)) for b in BANDS[:-1]]
    return Scale((*bands, BANDS[-1]), TIES, draw(st.integers(0, 2)))


def as_export(
    criteria: list[Criterion],
    units: list[tuple[list[Score], tuple[Fired, ...], bool]],
    scale: Scale = Scale(BANDS, TIES),  # noqa: B008 (a frozen value)
) -> dict[str, Any]:
    """What the product publishes for these values: its own sums, standings and snapshot."""
    held = [totals(n, scores, caps, filed) for n, (scores, caps, filed) in enumerate(units)]
    lines = standings(held, {"WARD": scale})["WARD"]
    names = {n: f"Phường {n}" for n in range(len(units))}
    return {
        "format": snapshot.FORMAT,
        "round": {"title": "Đợt thử"},
        "decision": {"code": "1/QĐ-UBND"},
        "blocks": [
            {
                "block": "WARD",
                "bands": [
                    {"name": b.name, "floor": str(b.floor), "quota": snapshot._text(b.quota)}
                    for b in scale.bands
                ],
                "places": scale.places,
                "tie_break": [list(codes) for codes in TIES],
                "criteria": [
                    {"code": c.code, "kind": c.kind, "max": str(c.max_points),
                     "group": c.group.code if c.group else "", "not_arising": c.when_not_arising}
                    for c in criteria
                ],
                "units": [
                    snapshot._unit(line, names, values(units[line.unit][0])) for line in lines
                ],
            }
        ],
    }  # fmt: skip


def totals(n: int, scores: list[Score], caps: tuple[Fired, ...], filed: bool) -> Totals:
    sums: dict[str, Sums] = {}
    more = {"bonus": D(0), "deduction": D(0)}
    for score in scores:
        points, maximum = value_of(score), maximum_of(score)
        if score.criterion.kind in more:
            more[score.criterion.kind] += points
            continue
        code = score.criterion.group.code
        before = sums.get(code, Sums(D(0), D(0)))
        sums[code] = Sums(before.points + points, before.maximum + maximum)
    missing = "" if filed else "Không nộp hồ sơ chấm điểm (hạn 15/10/2023)"
    return Totals(n, n, "WARD", sums, **more, caps=caps if filed else (), missing=missing)


def values(scores: list[Score]) -> list[dict[str, Any]]:
    found = []
    for s in scores:
        arises = s.arises if s.arises_verified is None else s.arises_verified
        given = {name: snapshot._text(getattr(s, name)) for name in snapshot.VALUES}
        found.append({"code": s.criterion.code, "arises": arises, **given})
    return found


@settings(max_examples=1500, suppress_health_check=list(HealthCheck))
@given(rounds(), scales())
def test_row_62_the_script_and_the_product_agree_byte_for_byte(made, scale) -> None:
    export = json.loads(snapshot.canonical(as_export(*made, scale)))
    assert recompute.recomputed(export) == recompute.published(export)


@settings(max_examples=200, suppress_health_check=list(HealthCheck))
@given(rounds(), scales(), st.randoms())
def test_the_order_of_rows_and_units_changes_no_result(made, scale, random) -> None:
    criteria, units = made
    export = as_export(criteria, units, scale)
    results = {u["name"]: (u["rank"], u["rate"], u["band"]) for u in export["blocks"][0]["units"]}
    block = export["blocks"][0]
    random.shuffle(block["criteria"])
    random.shuffle(block["units"])
    for unit in block["units"]:
        random.shuffle(unit["scores"])
    again = recompute.ranked(
        [recompute.worked_out(u, block) for u in block["units"]], block["bands"]
    )
    assert results == {
        r.name: (r.rank, None if r.rate is None else f"{r.rate:.2f}", r.band) for r in again
    }


# --- on a decided round ------------------------------------------------------------------


@pytest.fixture
def decided(city, on_day) -> Case:
    from danvan.scoring.actions.rankings import decide

    on_day(2023, 10, 16)
    case = handed_in(city)
    on_day(2023, 10, 20)
    put_forward(case)
    decide(case.round, by=chairman(case))
    return case


def run(export: Path) -> subprocess.CompletedProcess[bytes]:
    """In a bare interpreter: no site packages, no project on the path."""
    command = [sys.executable, "-I", "-S", str(SCRIPT), str(export), "--check"]
    return subprocess.run(command, capture_output=True, check=False, cwd=export.parent)


def test_row_62_what_is_downloaded_recomputes(decided: Case, sign_in, tmp_path: Path) -> None:
    browser = sign_in("phuong-1")
    address = f"/cham-diem/{decided.round.pk}/xep-hang/ket-qua"
    export = tmp_path / "ket-qua.json"
    export.write_bytes(browser.get(f"{address}.json").content)
    done = run(export)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout == browser.get(f"{address}.txt").content
    lines = done.stdout.decode().splitlines()
    assert "UBND Phường 1" in " ".join(lines)
    assert any("không nộp hồ sơ" in line for line in lines)
    assert browser.get("/cham-diem/xep-hang/recompute.py").content == SCRIPT.read_bytes()


def test_row_62_a_changed_point_is_noticed(decided: Case, tmp_path: Path) -> None:
    held = json.loads(Ranking.objects.get().snapshot)
    unit = next(u for b in held["blocks"] for u in b["units"] if u["rank"])
    unit["scores"][0].update(decided="0.00")
    export = tmp_path / "sua.json"
    export.write_text(json.dumps(held), encoding="utf-8")
    done = run(export)
    assert done.returncode == 1
    assert "KHÁC với kết quả đã công bố" in done.stderr.decode()
