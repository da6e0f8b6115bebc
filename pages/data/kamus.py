"""The data dictionary."""

from ui.session import viewer

me = viewer("data/kamus")
