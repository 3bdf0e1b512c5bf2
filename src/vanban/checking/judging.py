"""Judging the look of a component against sizes, weight, slope, capitals and alignment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from vanban.checking.findings import Finding, decimal, quoted
from vanban.checking.lines import Line

_ALIGNMENTS = {
    "left": "canh trái",
    "center": "canh giữa",
    "right": "canh phải",
    "both": "canh đều hai lề",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a component must look like; None leaves a trait free. Sizes in pt."""

    sizes: tuple[float, float]
    bold: bool | None = None
    italic: bool | None = None
    capitals: bool | None = None
    align: str | None = None


def judged(name: str, lines: Sequence[Line], asked: Asked, article: str) -> Iterator[Finding]:
    """One finding per trait of the component ``name`` that differs from ``asked``."""
    looks = [look for line in lines for look in line.looks]
    if not looks:
        return
    place = f"{name} {quoted(' '.join(line.text for line in lines))}"
    low, high = asked.sizes
    wrong = sorted({look.size_pt for look in looks if not low <= look.size_pt <= high})
    if wrong:
        wanted = decimal(low) if low == high else f"{decimal(low)}–{decimal(high)}"
        yield Finding(place, f"cỡ chữ {_sizes(wrong)}", f"cỡ chữ {wanted}", article)
    if asked.bold is not None and any(look.bold != asked.bold for look in looks):
        yield Finding(place, *_pair("chữ đậm", "chữ không đậm", asked.bold), article)
    if asked.italic is not None and any(look.italic != asked.italic for look in looks):
        yield Finding(place, *_pair("chữ nghiêng", "chữ đứng", asked.italic), article)
    if asked.capitals is not None:
        capitals = all(line.text == line.text.upper() for line in lines)
        if capitals != asked.capitals:
            yield Finding(place, *_pair("chữ in hoa", "chữ in thường", asked.capitals), article)
    if asked.align is not None:
        other = {line.shape.align for line in lines} - {asked.align}
        if other:
            found = ", ".join(_ALIGNMENTS.get(align, align) for align in sorted(other))
            yield Finding(place, found, _ALIGNMENTS[asked.align], article)


def _pair(yes: str, no: str, asked: bool) -> tuple[str, str]:
    return (no, yes) if asked else (yes, no)


def _sizes(sizes: Iterable[float]) -> str:
    return ", ".join(decimal(size) for size in sizes)
