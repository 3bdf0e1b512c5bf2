"""Why a file could not be read, each with a sentence in Vietnamese for the person who sent it."""

from __future__ import annotations


class ReadingError(Exception):
    """A file that cannot be read as an official document."""

    message = "Không đọc được tệp này."

    def __init__(self, message: str | None = None) -> None:
        self.message = message or type(self).message
        super().__init__(self.message)


class EmptyFile(ReadingError):
    message = "Tệp rỗng, không có nội dung nào để đọc."


class TooLarge(ReadingError):
    message = "Tệp quá lớn để đọc."


class Encrypted(ReadingError):
    message = "Tệp được bảo vệ bằng mật khẩu. Hãy bỏ mật khẩu rồi gửi lại."


class ScanWithoutText(ReadingError):
    message = "Tệp là bản quét (ảnh), không có lớp chữ. Hãy gửi bản có chữ, ví dụ tệp .docx gốc."


class UnsupportedFormat(ReadingError):
    message = "Chỉ đọc được tệp .docx, .pdf, .txt, .md và .html."


class Damaged(ReadingError):
    message = "Tệp bị hỏng hoặc không đúng định dạng của phần mở rộng."


class NotADocument(ReadingError):
    message = (
        "Không nhận ra đây là văn bản hành chính: không thấy số, ký hiệu, tên loại hay mục nào."
    )
