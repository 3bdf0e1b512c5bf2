"""Opening a .docx that may be damaged or hostile."""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass

from lxml import etree

from vanban.docx_text import has_too_many_entries
from vanban.errors import Damaged, EmptyFile, Encrypted, TooLarge, UnsupportedFormat

# A 300-page document has some 10 MB of XML; beyond this the file is not a letter.
MAX_PART_BYTES = 64 * 1024 * 1024

# Word and LibreOffice keep a password-protected .docx in a compound file of this mark.
_COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


@dataclass(frozen=True)
class Parts:
    """The parts of a .docx a check reads; ``headers`` maps relationship ids to roots."""

    document: etree._Element
    styles: etree._Element | None
    theme: etree._Element | None
    settings: etree._Element | None
    headers: dict[str, etree._Element]


def opened(data: bytes) -> Parts:
    """Read the parts of a .docx.

    Raises:
        EmptyFile, Encrypted, UnsupportedFormat, TooLarge, Damaged: see ``vanban.errors``.
    """
    if not data:
        raise EmptyFile
    if data.startswith(_COMPOUND_FILE):
        raise Encrypted(
            "Tệp được bảo vệ bằng mật khẩu hoặc là tệp .doc cũ; hãy lưu lại thành .docx."
        )
    if not data.startswith(b"PK"):
        raise UnsupportedFormat("Chỉ kiểm tra được thể thức của tệp .docx.")
    if has_too_many_entries(data):
        raise TooLarge
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _parts(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError) as error:
        raise Damaged from error
    except RuntimeError as error:
        # zipfile's word both for an entry under a password and for a packing it does not know.
        raise (Encrypted if "password" in str(error) else Damaged) from error


def _parts(archive: zipfile.ZipFile) -> Parts:
    names = set(archive.namelist())
    if "word/document.xml" not in names:
        raise UnsupportedFormat("Tệp nén này không phải là văn bản .docx.")

    def optional(name: str) -> etree._Element | None:
        return _root(archive, name) if name in names else None

    headers: dict[str, etree._Element] = {}
    relations = optional("word/_rels/document.xml.rels")
    if relations is not None:
        for relation in relations.iter(_RELATIONSHIP):
            kind = str(relation.get("Type", "")).rsplit("/", 1)[-1]
            part = "word/" + str(relation.get("Target", "")).removeprefix("/word/")
            if kind in ("header", "footer") and part in names:
                headers[str(relation.get("Id", ""))] = _root(archive, part)
    return Parts(
        document=_root(archive, "word/document.xml"),
        styles=optional("word/styles.xml"),
        theme=optional("word/theme/theme1.xml"),
        settings=optional("word/settings.xml"),
        headers=headers,
    )


def _root(archive: zipfile.ZipFile, name: str) -> etree._Element:
    with archive.open(name) as part:
        # The size stated in the archive may lie: count what comes out.
        content = part.read(MAX_PART_BYTES + 1)
    if len(content) > MAX_PART_BYTES:
        raise TooLarge
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Damaged from error
