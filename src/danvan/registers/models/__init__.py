from danvan.registers.models.definitions import OFFICES, Register, RegisterVersion, version_on
from danvan.registers.models.records import Correction, Record, RecordFile

__all__ = [
    "OFFICES",
    "Correction",
    "Record",
    "RecordFile",
    "Register",
    "RegisterVersion",
    "version_on",
]
