"""The data contract (Lampiran I): what is delivered, how it is coded, who owns it and how it is protected."""

from data_access.contract.load import contract
from data_access.contract.model import Code, Contract, Dataset, Dimension, Label, Level, Party

__all__ = ["Code", "Contract", "Dataset", "Dimension", "Label", "Level", "Party", "contract"]
