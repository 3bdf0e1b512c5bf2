"""How words look in the end: Word's defaults, styles and direct formatting resolved."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from vanban.checking.opening import Parts

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_MM_PER_TWIP = 25.4 / 1440

Element = etree._Element
Values = dict[str, str]

# Word's own values where a file states none (ECMA-376 part 1, 17.7.4).
_UNSTATED: Values = {"size": "20", "font": "Times New Roman"}


@dataclass(frozen=True, slots=True)
class Look:
    """Look of a run: typeface, size in pt, weight, slope, colour ("000000" or "auto")."""

    font: str
    size_pt: float
    bold: bool
    italic: bool
    underlined: bool
    colour: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class Shape:
    """Look of a paragraph: alignment, indents in mm, spacing in pt, borders.

    ``line`` is a multiple of the single line, or None when ``exact_pt`` states it.
    """

    align: str
    first_mm: float
    left_mm: float
    right_mm: float
    before_pt: float
    after_pt: float
    line: float | None
    exact_pt: float | None
    border_above: bool
    border_below: bool
    listed: bool


def number(text: str | None, default: float = 0) -> float:
    """A measure in a file, or ``default`` where it is missing or no number."""
    try:
        return float(text) if text else default
    except ValueError:
        return default


def mm(text: str | None) -> float:
    """Twips as mm."""
    return number(text) * _MM_PER_TWIP


def child(parent: Element | None, tag: str) -> Element | None:
    """The first ``w:tag`` inside ``parent``."""
    return None if parent is None else parent.find(W + tag)


def value(parent: Element | None, tag: str, attribute: str = "val") -> str | None:
    """Attribute of the first ``w:tag`` inside ``parent``."""
    found = child(parent, tag)
    return None if found is None else found.get(W + attribute)


def _on(parent: Element, tag: str) -> str | None:
    found = child(parent, tag)
    if found is None:
        return None
    return "0" if found.get(W + "val", "1") in ("0", "false", "off", "none") else "1"


@dataclass
class Resolver:
    """Resolves looks by the order of precedence: defaults, table, paragraph, run."""

    parts: Parts
    _styles: dict[str, Element] = field(default_factory=dict)
    _themes: dict[str, str] = field(default_factory=dict)
    _default_paragraph: str = ""
    _run_defaults: Values = field(default_factory=dict)
    _paragraph_defaults: Values = field(default_factory=dict)
    _chains: dict[tuple[str, str], Values] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._read_theme()
        root = self.parts.styles
        if root is None:
            return
        for style in root.iter(W + "style"):
            identifier = style.get(W + "styleId", "")
            self._styles[identifier] = style
            if style.get(W + "type") == "paragraph" and style.get(W + "default") in ("1", "true"):
                self._default_paragraph = identifier
        defaults = child(root, "docDefaults")
        run = child(child(defaults, "rPrDefault"), "rPr")
        paragraph = child(child(defaults, "pPrDefault"), "pPr")
        self._run_defaults = self._run_values(run)
        self._paragraph_defaults = _paragraph_values(paragraph)

    def _read_theme(self) -> None:
        if self.parts.theme is None:
            return
        for kind in ("major", "minor"):
            latin = self.parts.theme.find(f".//{_A}{kind}Font/{_A}latin")
            if latin is not None:
                self._themes[kind] = latin.get("typeface", "")

    def _run_values(self, properties: Element | None) -> Values:
        if properties is None:
            return {}
        values: Values = {}
        for name, tag in (("bold", "b"), ("italic", "i"), ("hidden", "vanish"), ("under", "u")):
            if (state := _on(properties, tag)) is not None:
                values[name] = state
        if size := value(properties, "sz"):
            values["size"] = size
        if colour := value(properties, "color"):
            values["colour"] = colour
        fonts = child(properties, "rFonts")
        if fonts is not None:
            # Vietnamese letters beyond ASCII are set in the hAnsi font.
            for slot in ("hAnsi", "ascii"):
                theme = fonts.get(f"{W}{slot}Theme")
                typeface = self._themes.get(theme[:5]) if theme else fonts.get(W + slot)
                if typeface:
                    values["font"] = typeface
                    if typeface != "Times New Roman":
                        break
        return values

    def _chain(self, identifier: str, kind: str) -> Values:
        """Values of a style over those it is based on; ``kind`` is "rPr" or "pPr"."""
        key = (identifier, kind)
        if key not in self._chains:
            chain: list[Element] = []
            seen: set[str] = set()
            step: str | None = identifier
            while step and step not in seen and step in self._styles:
                seen.add(step)
                chain.append(self._styles[step])
                step = value(self._styles[step], "basedOn")
            values: Values = {}
            for style in reversed(chain):
                properties = child(style, kind)
                if kind == "rPr":
                    values |= self._run_values(properties)
                else:
                    values |= _paragraph_values(properties)
            self._chains[key] = values
        return self._chains[key]

    def _style_of(self, paragraph: Element) -> str:
        return value(child(paragraph, "pPr"), "pStyle") or self._default_paragraph

    def look(self, paragraph: Element, run: Element, table_style: str = "") -> Look:
        """The look of ``run`` in ``paragraph``."""
        properties = child(run, "rPr")
        values = _UNSTATED | self._run_defaults | self._chain(table_style, "rPr")
        values |= self._chain(self._style_of(paragraph), "rPr")
        values |= self._chain(value(properties, "rStyle") or "", "rPr")
        values |= self._run_values(properties)
        return Look(
            font=values["font"],
            size_pt=number(values["size"], 20) / 2,
            bold=values.get("bold") == "1",
            italic=values.get("italic") == "1",
            underlined=values.get("under") == "1",
            colour=values.get("colour", "auto"),
            hidden=values.get("hidden") == "1",
        )

    def shape(self, paragraph: Element, table_style: str = "") -> Shape:
        """The look of ``paragraph``."""
        values = self._paragraph_defaults | self._chain(table_style, "pPr")
        values |= self._chain(self._style_of(paragraph), "pPr")
        values |= _paragraph_values(child(paragraph, "pPr"))
        rule = values.get("lineRule", "auto")
        line = number(values.get("line"), 240)
        align = values.get("align", "left")
        first = -mm(values["hanging"]) if values.get("hanging") else mm(values.get("firstLine"))
        return Shape(
            align={"start": "left", "end": "right", "distribute": "both"}.get(align, align),
            first_mm=first,
            left_mm=mm(values.get("left")),
            right_mm=mm(values.get("right")),
            before_pt=14 if values.get("autoBefore") == "1" else number(values.get("before")) / 20,
            after_pt=14 if values.get("autoAfter") == "1" else number(values.get("after")) / 20,
            line=line / 240 if rule == "auto" else None,
            exact_pt=None if rule == "auto" else line / 20,
            border_above=values.get("above", "0") == "1",
            border_below=values.get("below", "0") == "1",
            listed=values.get("listed", "0") not in ("", "0"),
        )


def _paragraph_values(properties: Element | None) -> Values:
    if properties is None:
        return {}
    values: Values = {}
    if align := value(properties, "jc"):
        values["align"] = align
    indent = child(properties, "ind")
    if indent is not None:
        if indent.get(W + "firstLine") or indent.get(W + "hanging"):
            values["firstLine"] = indent.get(W + "firstLine", "")
            values["hanging"] = indent.get(W + "hanging", "")
        for name, other in (("left", "start"), ("right", "end")):
            if stated := indent.get(W + name) or indent.get(W + other):
                values[name] = stated
    spacing = child(properties, "spacing")
    if spacing is not None:
        for name in ("before", "after", "line", "lineRule"):
            if stated := spacing.get(W + name):
                values[name] = stated
        if spacing.get(W + "line") and not spacing.get(W + "lineRule"):
            values["lineRule"] = "auto"
        for name, attribute in (("autoBefore", "before"), ("autoAfter", "after")):
            if stated := spacing.get(f"{W}{attribute}Autospacing"):
                values[name] = stated
    borders = child(properties, "pBdr")
    for name, edge in (("above", "top"), ("below", "bottom")):
        if (kind := value(borders, edge)) is not None:
            values[name] = "0" if kind in ("nil", "none") else "1"
    if (numbering := value(child(properties, "numPr"), "numId")) is not None:
        values["listed"] = numbering
    return values
