"""The data contract (Lampiran I): what is delivered, how it is coded, who owns it and how it is protected."""

from data_access.contract.load import contract
from data_access.contract.model import Change, Code, Contract, Dataset, Dimension, Label, Level, Party, Version

__all__ = [
    "Change",
    "Code",
    "Contract",
    "Dataset",
    "Dimension",
    "Label",
    "Level",
    "Party",
    "Version",
    "contract",
]
