"""Above the choosers: which dataset, and the step back."""

import streamlit as st

from data_access.access.gateway import gateway
from data_access.access.viewer import Viewer
from data_access.contract import contract
from data_access.governance.saved_views import EXPLORER
from data_access.settings import settings
from data_access.words import mark as _
from ui import filters, keeping
from ui.exploring import address, steps
from ui.exploring.nearest import Lattice
from ui.exploring.view import DATASET, View
from ui.session import language, t


def dataset(me: Viewer) -> str:
    """The dataset that the address names; a chooser where the role has a right on more than one."""
    held = gateway(settings()).reader()
    known = [name for name in contract().datasets if name in me.role.datasets and held.periods(name)]
    known.sort(key=lambda name: name != DATASET)
    asked = address.dataset(steps.given(), known)
    if len(known) < 2:
        return asked
    labels = {name: contract().datasets[name].label.text(language()) for name in known}
    if steps.is_new(steps.given()):
        filters.put("x_data", asked)
    return filters.one_of(t(_("Himpunan data")), known, labels.__getitem__, key="x_data")


def lattice(dataset: str) -> Lattice:
    """What the release served now holds of a dataset."""
    reader = gateway(settings()).reader()
    return Lattice(reader.periods(dataset), reader.admitted(dataset))


def show(me: Viewer, view: View) -> None:
    """The step back, and the views kept by name."""
    with st.container(horizontal=True):
        if st.button(t(_("Urungkan")), icon=":material/undo:", disabled=not steps.can_undo(), key="x_undo"):
            steps.undo()
        keeping.keep(
            me,
            EXPLORER,
            view.params,
            label=t(_("Nama tampilan")),
            hint=t(_("Yang disimpan hanya pilihannya, bukan angkanya; pembuka lain melihat menurut haknya sendiri.")),
            button=t(_("Simpan tampilan")),
            key="x",
        )
        keeping.kept(me, EXPLORER, steps.open_params, key="x")
