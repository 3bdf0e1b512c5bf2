"""A .docx package with the same bytes for the same parts."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Mapping

from lxml import etree

from vanban.writing.styles import style_sheet
from vanban.writing.wordml import Element, element, page_number

_CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
_DC = "http://purl.org/dc/elements/1.1/"
_TERMS = "http://purl.org/dc/terms/"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"

# The oldest moment a zip can hold: the archive must not tell when it was made.
_MOMENT = (1980, 1, 1, 0, 0, 0)

HEADER_NUMBERED, HEADER_EMPTY = "rId1", "rId2"


def _xml(root: Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _content_types() -> Element:
    root = etree.Element(
        f"{{{_PACKAGE}content-types}}Types", nsmap={None: _PACKAGE + "content-types"}
    )

    def add(tag: str, **attributes: str) -> None:
        etree.SubElement(root, f"{{{_PACKAGE}content-types}}{tag}", attributes)

    add("Default", Extension="rels", ContentType=_PACKAGE_RELS)
    add("Default", Extension="xml", ContentType="application/xml")
    for part, kind in (
        ("/word/document.xml", _CONTENT + "document.main+xml"),
        ("/word/styles.xml", _CONTENT + "styles+xml"),
        ("/word/settings.xml", _CONTENT + "settings+xml"),
        ("/word/header1.xml", _CONTENT + "header+xml"),
        ("/word/header2.xml", _CONTENT + "header+xml"),
        ("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
    ):
        add("Override", PartName=part, ContentType=kind)
    return root


_PACKAGE_RELS = "application/vnd.openxmlformats-package.relationships+xml"


def _relationships(targets: Mapping[str, tuple[str, str]]) -> Element:
    namespace = _PACKAGE + "relationships"
    root = etree.Element(f"{{{namespace}}}Relationships", nsmap={None: namespace})
    for identifier, (kind, target) in targets.items():
        etree.SubElement(
            root, f"{{{namespace}}}Relationship", Id=identifier, Type=kind, Target=target
        )
    return root


def _settings() -> Element:
    """Word 2013 behaviour, so that no "compatibility mode" is shown, and Vietnamese signs."""
    mode = element(
        "compatSetting",
        {
            "name": "compatibilityMode",
            "uri": "http://schemas.microsoft.com/office/word",
            "val": 15,
        },
    )
    return element(
        "settings",
        None,
        element("zoom", {"percent": 100}),
        element("defaultTabStop", {"val": 720}),
        element("characterSpacingControl", {"val": "doNotCompress"}),
        element("compat", None, mode),
        element("themeFontLang", {"val": "vi-VN"}),
        element("decimalSymbol", {"val": ","}),
        element("listSeparator", {"val": ";"}),
    )


def _core(title: str, creator: str, date: dt.date | None) -> Element:
    """Title, issuer and language; the date of the document stands for its making."""
    namespace = _PACKAGE + "metadata/core-properties"
    root = etree.Element(
        f"{{{namespace}}}coreProperties",
        nsmap={"cp": namespace, "dc": _DC, "dcterms": _TERMS, "xsi": _XSI},
    )
    for tag, text in (("title", title), ("creator", creator), ("language", "vi-VN")):
        etree.SubElement(root, f"{{{_DC}}}{tag}").text = text
    if date is not None:
        for tag in ("created", "modified"):
            made = etree.SubElement(root, f"{{{_TERMS}}}{tag}")
            made.set(f"{{{_XSI}}}type", "dcterms:W3CDTF")
            made.text = f"{date.isoformat()}T00:00:00Z"
    return root


def _header(*content: Element) -> Element:
    return element("hdr", None, *content)


def packed(body: Element, *, title: str, creator: str, date: dt.date | None) -> bytes:
    """The .docx of a ``w:body``: parts in alphabetical order, fixed times, no host traits."""
    empty = element("p", None, element("pPr", None, element("pStyle", {"val": "SoTrang"})))
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relationships(
            {
                "rId1": (_OFFICE + "officeDocument", "word/document.xml"),
                "rId2": (_PACKAGE + "relationships/metadata/core-properties", "docProps/core.xml"),
            }
        ),
        "docProps/core.xml": _core(title, creator, date),
        "word/_rels/document.xml.rels": _relationships(
            {
                HEADER_NUMBERED: (_OFFICE + "header", "header1.xml"),
                HEADER_EMPTY: (_OFFICE + "header", "header2.xml"),
                "rId3": (_OFFICE + "styles", "styles.xml"),
                "rId4": (_OFFICE + "settings", "settings.xml"),
            }
        ),
        "word/document.xml": element("document", None, body),
        "word/header1.xml": _header(page_number()),
        "word/header2.xml": _header(empty),
        "word/settings.xml": _settings(),
        "word/styles.xml": style_sheet(),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in sorted(parts):
            entry = zipfile.ZipInfo(name, _MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0  # otherwise Windows and Linux would differ
            etree.cleanup_namespaces(parts[name], keep_ns_prefixes=["w", "r"])
            archive.writestr(entry, _xml(parts[name]), compresslevel=6)
    return buffer.getvalue()
