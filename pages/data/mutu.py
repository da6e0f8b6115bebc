"""The quality of the snapshots."""

from ui.session import viewer

me = viewer("data/mutu")
