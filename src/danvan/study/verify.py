"""Checks an export of acknowledgements, with nothing but Python's standard library.

    python verify.py xac-nhan.json

Each line's hash covers the line (who as a digest, which words by their SHA-256, when, how
many pages) and the hash of the line before, so a line altered, taken out or slipped in breaks
the chain from there on; the head shows lines cut off at the end. The words themselves are in
the export: their SHA-256 is taken anew. Names stand beside the lines and are not covered.
Exit status 0: whole; 1: broken (each break is printed); 2: not such a file.
"""

from __future__ import annotations

import hashlib
import json
import sys
from typing import Any

FORMAT = "danvan.acknowledgements/1"
# Beside the line, not part of what is hashed.
BESIDE = ("hash", "name")


def digest(line: dict[str, Any]) -> str:
    told = {key: value for key, value in line.items() if key not in BESIDE}
    text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def breaks(export: dict[str, Any]) -> list[str]:
    """Every place where the export does not hold, as a sentence."""
    found = []
    texts = {text["id"]: text for text in export["texts"]}
    for text in texts.values():
        if hashlib.sha256(text["words"].encode("utf-8")).hexdigest() != text["sha256"]:
            found.append(f"Lời văn “{text['document']}” không khớp mã băm.")
    previous, seen = "", set()
    for number, line in enumerate(export["lines"], 1):
        if line["seq"] != number:
            found.append(f"Thiếu dòng {number} (tại đó là dòng {line['seq']}).")
        if line["previous_hash"] != previous:
            found.append(f"Dòng {line['seq']} không nối với dòng trước.")
        if digest(line) != line["hash"]:
            found.append(f"Dòng {line['seq']} đã bị sửa nội dung.")
        if line["text_sha256"] != texts.get(line["text"], {}).get("sha256"):
            found.append(f"Dòng {line['seq']} không chỉ tới lời văn nào trong tệp.")
        if (line["who"], line["text"]) in seen:
            found.append(f"Dòng {line['seq']}: một người xác nhận hai lần một lời văn.")
        seen.add((line["who"], line["text"]))
        previous = line["hash"]
    head = export["head"]
    if (head["seq"], head["hash"]) != (len(export["lines"]), previous):
        found.append(f"Cuối chuỗi không khớp: đầu chuỗi ghi {head['seq']} dòng.")
    return found


def main(arguments: list[str]) -> int:
    try:
        with open(arguments[0], encoding="utf-8") as file:
            export = json.load(file)
        if export["format"] != FORMAT:
            raise ValueError(export["format"])
    except (IndexError, KeyError, OSError, TypeError, ValueError):
        print("Cách dùng: python verify.py xac-nhan.json (tệp xuất từ đợt học)")
        return 2
    found = breaks(export)
    for sentence in found:
        print(sentence)
    people = len({line["who"] for line in export["lines"]})
    print(f"{export['campaign']['title']}: {len(export['lines'])} xác nhận của {people} người, "
          + ("KHÔNG nguyên vẹn." if found else "chuỗi nguyên vẹn."))  # fmt: skip
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
