"""From a delivery to a release."""

from ui.session import viewer

me = viewer("data/penyegaran")
