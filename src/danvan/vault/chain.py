"""The chain of openings: each line's hash covers it and the line before."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from danvan.kernel.models import ChainHead
from danvan.vault.models import Opening

# The row of the chain's end; history's own is 1.
HEAD = 2


def append(**values: Any) -> Opening:
    """Adds a line; holds the chain's end until the transaction is over."""
    head, _made = ChainHead.objects.select_for_update().get_or_create(pk=HEAD)
    line = Opening(seq=head.seq + 1, previous_hash=head.hash, **values)
    line.hash = digest(line)
    line.save(force_insert=True)
    head.seq, head.hash = line.seq, line.hash
    head.save()
    return line


def digest(line: Opening) -> str:
    """SHA-256 (hex) of the line's content and the hash before."""
    content = [
        line.seq, line.sealed_id, line.body_id, line.at.timestamp(), line.person_id,
        line.person_name, line.role, line.reason, line.fields, line.previous_hash,
    ]  # fmt: skip
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def breaks() -> Iterator[str]:
    """Every place where the chain does not hold, as a sentence; nothing when it is whole."""
    seq, previous = 0, ""
    for line in Opening.objects.order_by("seq").iterator(chunk_size=2000):
        seq += 1
        if line.seq != seq:
            yield _("Thiếu lần mở %(seq)d.") % {"seq": seq}
            seq = line.seq
        if line.previous_hash != previous:
            yield _("Lần mở %(seq)d không nối với lần trước.") % {"seq": seq}
        if digest(line) != line.hash:
            yield _("Lần mở %(seq)d đã bị sửa nội dung.") % {"seq": seq}
        previous = line.hash
    head = ChainHead.objects.filter(pk=HEAD).first()
    if (head.seq, head.hash) != (seq, previous) if head else seq != 0:
        yield _("Cuối chuỗi không khớp.")
