"""One refresh: how far it is, what was found, what it would change, and what may be done with it now."""

from collections.abc import Callable
from datetime import date

import streamlit as st
from sqlalchemy import Engine

from data_access.access.viewer import Viewer
from data_access.errors import AsnError
from data_access.governance import refresh_requests, refreshes
from data_access.governance.audit import Event
from data_access.governance.refreshes import Refresh
from data_access.settings import settings
from data_access.state import engine
from data_access.words import mark as _
from data_access.words import short_day, span
from ui.frame import failed, plain, served, shortened
from ui.refreshing import claims, difference, findings, mapping
from ui.refreshing.following import badge, datasets, follow
from ui.session import audit_key, event, goes_on, language, t
from ui.worker import STARTER

POLL = "1s"
TYPED = (
    "manifest-total",
    "example-mixed",
    "future",
    "period-missing",
    "period-overlap",
)  # errors of what was typed, not of the file


def show(viewer: Viewer, one: Refresh) -> None:
    """The refresh that is looked at, by its state."""
    with st.container(border=True, key="refresh_detail"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.subheader(_title(one), anchor=False)
            badge(one)
        st.caption(_subject(one))
        if one.works:
            STARTER.ensure()
            _progress(one)
        if one.state == "failed":
            st.error(plain(one.told(language())), icon=":material/error:")
        if one.state == "published":
            _published(one)
        _actions(viewer, one)
        if one.kind == "publish" and not one.works:
            _report(viewer, one)


def _title(one: Refresh) -> str:
    if one.kind == "rollback":
        return t(_("No. {number}: kembali ke rilis {release}"), number=str(one.id), release=one.title)
    day = short_day(one.reference_date, language()) if one.reference_date else ""
    return t(_("No. {number}: {title}, {day}"), number=str(one.id), title=plain(shortened(one.title)), day=day)


def _subject(one: Refresh) -> str:
    """The dataset and, of a flow, the period that is known of it."""
    told = t(_("Himpunan data: {names}."), names=datasets(one))
    since = (one.claims or {}).get("since") or refreshes.report(engine(settings().state), one.id).get("since")
    if since is None or one.reference_date is None:
        return told
    return f"{told} {t(_('Periode: {span}.'), span=span(date.fromisoformat(since), one.reference_date, language()))}"


def _progress(one: Refresh) -> None:
    """Looks every second how far the worker is, and shows the page anew once it is done."""

    @st.fragment(run_every=POLL)
    def look() -> None:
        now = refreshes.one(engine(settings().state), one.id)
        if now.state != one.state or not goes_on():
            st.rerun()
        STARTER.ensure()
        st.progress(now.share, text=t(now.step) if now.step else t(_("Menunggu pekerja …")))
        if STARTER.trouble:
            st.warning(t(STARTER.trouble), icon=":material/engineering:")

    look()


def _published(one: Refresh) -> None:
    now = served()
    if now is None or now.id == one.release:
        sentence = t(_("Rilis {release} kini disajikan."), release=one.release)
    else:
        template = _("Rilis {release} telah terbit; kini rilis {now} yang disajikan.")
        sentence = t(template, release=one.release, now=now.id)
    if one.reason:
        sentence += " " + t(_("Alasan: {reason}"), reason=plain(one.reason))
    st.success(sentence, icon=":material/check_circle:")


def _report(viewer: Viewer, one: Refresh) -> None:
    content = refreshes.report(engine(settings().state), one.id)
    typed_wrongly = [found for found in content.get("findings", ()) if found["rule"] in TYPED]
    claims.correction(viewer, one, [str(found[language()]) for found in typed_wrongly])
    if not content:
        return
    names = [t(_("Temuan")), t(_("Perbedaan")), t(_("Pemetaan"))]
    found, changed, mapped = st.tabs(names)
    with found:
        if mapping.speaks_to(content):
            hint = _(
                "Kolom atau label berkas ini belum dikenal. Pemetaannya diusulkan di tab Pemetaan: periksa, lalu simpan."
            )
            st.info(t(hint), icon=":material/draw:")
        findings.findings(content, title=one.title, number_of_it=one.id)
    with changed:
        difference.differences(content, one.dataset)
    with mapped:
        mapping.editor(viewer, one, content)


def _actions(viewer: Viewer, one: Refresh) -> None:
    """What the data team can do in this state; each button is one act, checked and recorded where it is done."""
    if one.state == "ready":
        if one.failure:  # it was about to be published
            st.warning(plain(one.told(language())), icon=":material/warning:")
        _publish_form(viewer, one)
    elif one.state == "awaiting":
        _consent(viewer, one)
    elif one.state in ("received", "queued"):
        _withdraw(viewer, one)
    elif one.state in ("rejected", "failed"):
        with st.container(horizontal=True):
            _check_again(viewer, one)
            _withdraw(viewer, one)


def _publish_form(viewer: Viewer, one: Refresh) -> None:
    with st.form("publish", border=False):
        if one.warnings:
            label = t(_("Alasan menerima {count} peringatan (dicatat di rilis dan audit)"), count=one.warnings)
        else:
            label = t(_("Catatan rilis (boleh kosong)"))
        reason = st.text_input(label, one.reason, max_chars=300)  # kept from an earlier attempt
        if settings().four_eyes:
            st.caption(t(_("Akun kedua dari tim data harus menyetujui sebelum rilis terbit.")))
        words = t(_("Minta persetujuan")) if settings().four_eyes else t(_("Terbitkan"))
        with st.container(horizontal=True):
            asked = st.form_submit_button(words, type="primary", icon=":material/publish:")
            given_up = st.form_submit_button(t(_("Batalkan")), icon=":material/undo:")
    if asked:
        _do(
            one,
            lambda: refresh_requests.ask_publish(
                engine(settings().state),
                audit_key(),
                event(viewer, "refresh-publish"),
                one.id,
                reason=reason,
                four_eyes=settings().four_eyes,
            ),
        )
    if given_up:
        _give_up(viewer, one)


def _consent(viewer: Viewer, one: Refresh) -> None:
    st.markdown(
        t(_("Diminta oleh {account}. Alasan: {reason}"), account=one.publish_by, reason=plain(one.reason) or "–")
    )
    own = viewer.account == one.publish_by
    if own:
        st.info(t(_("Akun lain dari tim data harus menyetujuinya.")), icon=":material/group:")
    with st.container(horizontal=True):
        if not own and st.button(t(_("Setujui dan terbitkan")), type="primary", icon=":material/done_all:"):
            _do(one, lambda: refresh_requests.approve(*_act(viewer, "refresh-approve"), one.id))
        if not own and st.button(t(_("Tolak")), icon=":material/thumb_down:"):
            _do(one, lambda: refresh_requests.decline(*_act(viewer, "refresh-decline"), one.id, reason=""))
        _withdraw(viewer, one)


def _check_again(viewer: Viewer, one: Refresh) -> None:
    """After a failure the button is named as the sentence on the failure says."""
    words = t(_("Coba lagi")) if one.state == "failed" else t(_("Periksa lagi"))
    if not st.button(words, icon=":material/refresh:"):
        return
    if one.kind == "rollback":
        four_eyes = settings().four_eyes
        _do(one, lambda: refresh_requests.ask_again(*_act(viewer, "refresh-rollback"), one.id, four_eyes=four_eyes))
    else:
        _do(one, lambda: refresh_requests.check_again(*_act(viewer, "refresh-check"), one.id))


def _withdraw(viewer: Viewer, one: Refresh) -> None:
    if st.button(t(_("Batalkan")), icon=":material/undo:"):
        _give_up(viewer, one)


def _give_up(viewer: Viewer, one: Refresh) -> None:
    def withdraw() -> Refresh:
        withdrawn = refresh_requests.withdraw(*_act(viewer, "refresh-withdraw"), one.id)
        STARTER.look()  # it removes the files
        return withdrawn

    _do(one, withdraw)


def _act(viewer: Viewer, action: str) -> tuple[Engine, bytes, Event]:
    return engine(settings().state), audit_key(), event(viewer, action)


def _do(one: Refresh, act: Callable[[], Refresh]) -> None:
    """Does one act and shows the page anew; a refusal stays in view."""
    try:
        act()
    except AsnError as error:
        failed(error)
        return
    if one.kind == "publish":
        follow(one.id)
    st.rerun()
