"""What is mutated, by which tests, and which survivors change nothing anybody could see."""

from __future__ import annotations

FLOOR = 90  # percent of all mutants, those explained below included

_RULES = ["tests/scoring/test_rules.py"]
_LANGUAGE = ["tests/kernel/test_formulas.py", "tests/scoring/test_formula.py"]
_BANDS = ["tests/scoring/test_bands.py", "tests/scoring/test_rank_standings.py"]

# Module → the tests that know it. Mutants of a module meet these alone.
PLAN = {
    "danvan.scoring.rules.rankings": _RULES,
    "danvan.scoring.rules.rounds": _RULES,
    "danvan.scoring.rules.sheets": _RULES,
    "danvan.scoring.rules.verification": _RULES,
    "danvan.kernel.formulas.grammar": _LANGUAGE,
    "danvan.kernel.formulas.computing": _LANGUAGE,
    "danvan.scoring.capping": ["tests/scoring/test_capping.py"],
    "danvan.scoring.standings": _BANDS,
}

# (line of the source, "was → now") → why no test can tell it from the original.
EQUIVALENT = {
    ("sign = -1 if value < 0 else 1", "value < 0 → value <= 0"): "zero hundredths have no sign",
    (
        'return (Decimal(sign * cents) / CENTS).quantize(Decimal("0.01"))',
        "'0.01' → '1.01'",
    ): "quantize looks at the number of decimals only",
    ('return ""', "return '' → return None"): "_Reader.take: asked for its truth only",
    (
        "return parts[0] if len(parts) == 1 else Both(word, tuple(parts))",
        "0 → -1",
    ): "the first of one is the last of one",
    (
        "office = office_for(round.offices.all(), roles.PROGRAMME_OFFICE, 0)",
        "0 → -1",
    ): "no unit has the number 0 or -1",
    (
        'CENT = Decimal("0.01")',
        "'0.01' → '1.01'",
    ): "quantize looks at the number of decimals only, and _STEPS holds the old value in a fork",
    (
        'return (HUNDRED * self.top / self.ranked).quantize(Decimal("0.1"), ROUND_HALF_UP)',
        "'0.1' → '1.1'",
    ): "quantize looks at the number of decimals only",
    (
        "return HUNDRED if rate > HUNDRED else NOTHING if rate < NOTHING else rate",
        "rate > HUNDRED → rate >= HUNDRED",
    ): "100 for 100",
    (
        "return HUNDRED if rate > HUNDRED else NOTHING if rate < NOTHING else rate",
        "rate < NOTHING → rate <= NOTHING",
    ): "0 for 0",
    ("rank, before = 0, None", "0 → 1"): "the first of the ranked sets it anew",
    ("rank, before = 0, None", "0 → -1"): "the first of the ranked sets it anew",
    (
        "if line.rank is not None and line.rank >= (first_out or 0):",
        "0 → 1",
    ): "asked only where first_out is a rank",
    (
        "if line.rank is not None and line.rank >= (first_out or 0):",
        "0 → -1",
    ): "asked only where first_out is a rank",
    (
        "return max(0, (self.wanted or 0) - self.top)",
        "0 → -1",
    ): "less than nothing lacking is nothing lacking",
}
