"""Row 53: a digital signature inside a proof is read without any network, and told in words."""

from __future__ import annotations

import pytest

from danvan.scoring.signatures import Verdict, read
from tests.scoring import signed


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> signed.Paper:
    return signed.paper(tmp_path_factory.mktemp("ky"))


def test_row_53_a_known_authority_vouches_for_the_signer(paper: signed.Paper) -> None:
    (found,) = read(paper.signed, [paper.root]) or []
    assert (found.verdict, found.signer) == (Verdict.VALID, signed.SIGNER)
    assert found.verdict.words == "hợp lệ"
    assert found.signed_at is not None


def test_row_53_without_the_authority_the_content_is_whole_but_the_signer_unknown(
    paper: signed.Paper,
) -> None:
    (found,) = read(paper.signed, []) or []
    assert found.verdict is Verdict.UNKNOWN_SIGNER
    assert found.verdict.words == "không xác minh được người ký"
    assert "chưa khai báo" in found.why


@pytest.mark.parametrize("how", ["altered", "added_to"])
def test_row_53_whatever_was_changed_after_signing_is_told(paper: signed.Paper, how: str) -> None:
    for roots in ([paper.root], []):
        (found,) = read(getattr(paper, how), roots) or []
        assert found.verdict is Verdict.ALTERED
        assert found.verdict.words == "đã bị sửa sau khi ký"


def test_no_signature_and_no_pdf_are_told_apart(paper: signed.Paper) -> None:
    assert read(paper.plain, []) == []
    assert read(b"%PDF-1.4 khong phai", []) is None
    assert read(b"", []) is None
