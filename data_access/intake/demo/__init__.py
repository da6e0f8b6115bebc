"""The demo deliveries (DATA CONTOH): made-up persons whose sums are the figures that BKN has published.

`cohorts` draws groups of like persons once, `career` says what they are on a date, `raking` and `rounding` make whole
persons that meet the margins of `margins.yaml`, `keys` gives them record keys, `delivery` writes the files.
"""

from data_access.intake.demo.delivery import DATES, write_deliveries, write_movements

__all__ = ["DATES", "write_deliveries", "write_movements"]
