"""The pages in their order, and which of them this viewer finds. A page that is not offered does not exist for them."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from data_access.access.viewer import Viewer
from data_access.words import mark as _
from ui import second_factor
from ui.session import t

FOLDER = Path(__file__).parent.parent / "pages"
SIGN_IN, STATEMENT = "akun/masuk", "akun/pernyataan"
PASSWORD, SECOND_FACTOR = "akun/kata_sandi", "akun/faktor_kedua"


@dataclass(frozen=True)
class Entry:
    """One page: its script below `pages/`, its place in the menu, and its words. `landing`: somebody may start there."""

    path: str
    section: str
    title: str
    icon: str
    landing: bool = True

    @property
    def url(self) -> str:
        return self.path.replace("/", "-").replace("_", "-")


PAGES = (
    Entry("ringkasan/nasional", _("Ringkasan"), _("Ringkasan nasional"), ":material/dashboard:"),
    Entry("ringkasan/instansi", _("Ringkasan"), _("Profil instansi"), ":material/account_balance:"),
    Entry("analisis/eksplorasi", _("Analisis"), _("Eksplorasi"), ":material/table_chart:"),
    Entry("analisis/komposisi", _("Analisis"), _("Komposisi"), ":material/groups:"),
    Entry("analisis/tren", _("Analisis"), _("Tren"), ":material/trending_up:"),
    Entry("analisis/sebaran", _("Analisis"), _("Sebaran"), ":material/map:"),
    Entry("analisis/kepemimpinan", _("Analisis"), _("Kepemimpinan"), ":material/social_leaderboard:"),
    Entry("analisis/arus", _("Analisis"), _("Arus ASN"), ":material/swap_vert:"),
    Entry("analisis/pensiun", _("Analisis"), _("Gelombang pensiun"), ":material/event_upcoming:"),
    Entry("analisis/formasi", _("Analisis"), _("Formasi"), ":material/assignment_ind:"),
    Entry("analisis/profesionalitas", _("Analisis"), _("Profesionalitas"), ":material/workspace_premium:"),
    Entry("data/penyegaran", _("Data"), _("Penyegaran data"), ":material/cloud_upload:"),
    Entry("data/riwayat", _("Data"), _("Riwayat rilis"), ":material/history:"),
    Entry("data/mutu", _("Data"), _("Mutu data"), ":material/fact_check:"),
    Entry("data/kamus", _("Data"), _("Kamus data"), ":material/menu_book:", landing=False),
    Entry("kerja_sama/perjanjian", _("Kerja sama"), _("Perjanjian"), ":material/handshake:"),
    Entry("kerja_sama/permintaan", _("Kerja sama"), _("Permintaan"), ":material/contact_support:"),
    Entry("kerja_sama/evaluasi", _("Kerja sama"), _("Evaluasi dan koordinasi"), ":material/rule:"),
    Entry("kerja_sama/korespondensi", _("Kerja sama"), _("Korespondensi"), ":material/mail:"),
    Entry("kerja_sama/insiden", _("Kerja sama"), _("Insiden dan keadaan kahar"), ":material/emergency_home:"),
    Entry("kerja_sama/pemantauan", _("Kerja sama"), _("Pemantauan penggunaan"), ":material/visibility:"),
    Entry("admin/peran", _("Administrasi"), _("Peran dan hak akses"), ":material/admin_panel_settings:"),
    Entry("admin/akun", _("Administrasi"), _("Akun pengguna"), ":material/manage_accounts:"),
    Entry("admin/sesi", _("Administrasi"), _("Sesi"), ":material/devices:"),
    Entry("akun/profil", _("Akun"), _("Profil dan hak akses"), ":material/person:"),
)


def choose(viewer: Viewer | None) -> StreamlitPage:
    """The page to run. Without a viewer every address leads to the sign-in form, so a shared link survives signing in."""
    if viewer is None:
        title, icon = t(_("Masuk")), ":material/login:"
        everywhere = [_page(SIGN_IN, entry.url, title, icon, default=False) for entry in PAGES]
        return st.navigation([_page(SIGN_IN, "masuk", title, icon, default=True), *everywhere], position="hidden")
    if viewer.first == "password":
        return _alone(PASSWORD, "kata-sandi", t(_("Ganti kata sandi")), ":material/password:")
    if viewer.first == "second-factor" or second_factor.codes_wait():
        return _alone(SECOND_FACTOR, "faktor-kedua", t(_("Faktor kedua")), ":material/lock:")
    if viewer.role.datasets and not viewer.pledged:
        return _pledge_first(viewer)
    offered = [entry for entry in PAGES if viewer.may_open(entry.path)]
    first = next((entry for entry in offered if entry.landing), None)
    menu: dict[str, list[StreamlitPage]] = {}
    for entry in offered:
        page = _page(entry.path, entry.url, t(entry.title), entry.icon, default=entry is first)
        menu.setdefault(t(entry.section), []).append(page)
    return st.navigation(menu, expanded=True)


def page_of(path: str) -> StreamlitPage:
    """The page of that path as the menu holds it, for a link to it."""
    entry = next(entry for entry in PAGES if entry.path == path)
    return _page(entry.path, entry.url, t(entry.title), entry.icon, default=False)


def _alone(path: str, url: str, title: str, icon: str) -> StreamlitPage:
    """Until it is done, every address leads to this page, the own profile too."""
    hidden = [_page(path, entry.url, title, icon, default=False, hidden=True) for entry in PAGES]
    return st.navigation([_page(path, url, title, icon, default=True), *hidden], expanded=True)


def _pledge_first(viewer: Viewer) -> StreamlitPage:
    """Before the confidentiality statement is accepted every address but the own profile leads to it (Pasal 9 ayat (5))."""
    title, icon = t(_("Pernyataan kerahasiaan")), ":material/verified_user:"
    own = [entry for entry in PAGES if entry.path == "akun/profil" and viewer.may_open(entry.path)]
    kept = [_page(entry.path, entry.url, t(entry.title), entry.icon, default=False) for entry in own]
    elsewhere = [entry.url for entry in PAGES if entry not in own]
    hidden = [_page(STATEMENT, url, title, icon, default=False, hidden=True) for url in elsewhere]
    return st.navigation([_page(STATEMENT, "pernyataan", title, icon, default=True), *kept, *hidden], expanded=True)


def _page(path: str, url: str, title: str, icon: str, *, default: bool = False, hidden: bool = False) -> StreamlitPage:
    shown: Literal["visible", "hidden"] = "hidden" if hidden else "visible"
    return st.Page(FOLDER / f"{path}.py", title=title, icon=icon, url_path=url, default=default, visibility=shown)
