"""A PDF signed with a throwaway key, its root certificate, and the same file tampered with."""

from __future__ import annotations

import datetime as dt
import io
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.writer import PageObject, PdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, SimpleSigner, sign_pdf

SIGNER = "Nguyễn Văn Thử"


@dataclass(frozen=True)
class Paper:
    """``signed`` is as the signer left it; ``root`` the path of the authority's certificate."""

    plain: bytes
    signed: bytes
    root: str

    @property
    def altered(self) -> bytes:
        """A word changed inside what was signed, the length kept."""
        assert b"duoc ky" in self.signed
        return self.signed.replace(b"duoc ky", b"bi sua!")

    @property
    def added_to(self) -> bytes:
        """Another page's content put in after signing, as an increment."""
        writer = IncrementalPdfFileWriter(io.BytesIO(self.signed))
        page = writer.root["/Pages"]["/Kids"][0]
        page["/Contents"] = writer.add_object(generic.StreamObject(stream_data=b"BT (them) Tj ET"))
        writer.update_container(page)
        out = io.BytesIO()
        writer.write(out)
        return out.getvalue()


def page() -> bytes:
    writer = PdfFileWriter()
    content = writer.add_object(generic.StreamObject(stream_data=b"BT (van ban duoc ky) Tj ET"))
    writer.insert_page(PageObject(contents=content, media_box=(0, 0, 595, 842)))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def paper(folder: Path) -> Paper:
    """Everything made anew: no key is kept anywhere."""
    authority_key, authority = _certificate("Tổ chức chứng thực thử", None)
    key, certificate = _certificate(SIGNER, (authority_key, authority))
    for name, value in (("root.pem", authority), ("cert.pem", certificate)):
        (folder / name).write_bytes(value.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )  # fmt: skip
    signer = SimpleSigner.load(
        str(folder / "key.pem"), str(folder / "cert.pem"), ca_chain_files=[str(folder / "root.pem")]
    )
    plain, out = page(), io.BytesIO()
    metadata = PdfSignatureMetadata(field_name="Chuky1", reason="Ban hành")
    # Signing starts an event loop; a browser test of the same run may hold one here already.
    with ThreadPoolExecutor(max_workers=1) as apart:
        writer = IncrementalPdfFileWriter(io.BytesIO(plain))
        apart.submit(sign_pdf, writer, metadata, signer, output=out).result()
    return Paper(plain, out.getvalue(), str(folder / "root.pem"))


def _certificate(name, above):  # type: ignore[no-untyped-def]
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(above[1].subject if above else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=30))
        .add_extension(x509.BasicConstraints(ca=above is None, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(
                digital_signature=True, content_commitment=True, key_encipherment=False,
                data_encipherment=False, key_agreement=False, key_cert_sign=above is None,
                crl_sign=above is None, encipher_only=False, decipher_only=False,
            ),
            critical=True,
        )
    )  # fmt: skip
    return key, made.sign(above[0] if above else key, hashes.SHA256())
