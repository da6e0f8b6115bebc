"""The demo deliveries (DATA CONTOH): made-up persons whose sums are the figures that BKN has published.

`cohorts` draws groups of like persons once, `career` says what they are on a date, `raking` and `rounding` make whole
persons that meet the margins of `margins.yaml`, `keys` gives them record keys, `delivery` writes the files. `posts` and
`assessments` make the figures of agencies, which need no persons; `yearly` writes them.
"""

from data_access.intake.demo.delivery import DATES, write_deliveries, write_movements
from data_access.intake.demo.yearly import write_assessments, write_posts

__all__ = ["DATES", "write_assessments", "write_deliveries", "write_movements", "write_posts"]
