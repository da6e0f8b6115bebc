"""From exports of persons to a canonical delivery of cells, on the owner's side; names, NIP and contacts stay in the process.

`aggregate` is the door. Persons are read in blocks, understood with the code tables beside these modules, and summed; what
cannot be placed is set aside by its row number, never by its content.
"""

from data_access.intake.microdata.aggregation import Task, aggregate
from data_access.intake.microdata.persons import INDICATORS, Outcome

__all__ = ["INDICATORS", "Outcome", "Task", "aggregate"]
