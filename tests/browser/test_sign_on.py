"""The outside sign-on service in a real browser, against a real provider: it replaces the password and nothing else."""

import secrets
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyotp
import pytest
from playwright.sync_api import Browser, expect

from data_access.governance import accounts, second_factor, sessions, sign_on
from data_access.governance.audit import Event
from data_access.keys import key
from data_access.state import engine
from tests.browser.oidc_provider import CLIENT, SECRET, Provider, provider
from tests.browser.server import Visitor, running
from tests.ui_world import set_account
from tests.world import World

pytestmark = pytest.mark.browser
BUTTON = "Masuk dengan akun instansi"
EVENT = Event(action="uji", decision="allowed")


@pytest.fixture(scope="module")
def service() -> Iterator[Provider]:
    with provider() as made:
        yield made


@pytest.fixture(scope="module")
def base(
    browser: Browser, served_world: World, log: Path, service: Provider, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The server of this module, with the service set up."""
    for account in ("analis", "wilayah", "pimpinan"):
        sign_on.connect(_state(served_world), served_world.audit_key, EVENT, account=account, name=f"nip-{account}")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    file = tmp_path_factory.mktemp("secrets") / "secrets.toml"
    file.write_text(
        f'[auth]\nredirect_uri = "http://127.0.0.1:{port}/oauth2callback"\ncookie_secret = "{secrets.token_hex(32)}"\n'
        f'client_id = "{CLIENT}"\nclient_secret = "{SECRET}"\n'
        f'server_metadata_url = "{service.issuer}/.well-known/openid-configuration"\n'
    )
    with running(served_world, log, port=port, flags=("--secrets.files", str(file)), sign_on="true") as (address, _):
        yield address


def _state(world: World) -> Any:
    return engine(world.settings.state)


def _come(arrive: Callable[..., Visitor], service: Provider, person: str) -> Visitor:
    service.person = person
    visitor = arrive()
    visitor.open()
    visitor.page.get_by_role("button", name=BUTTON).click()
    visitor.page.wait_for_url(f"{visitor.base}/**")
    return visitor


def test_connected_account_comes_in(arrive: Callable[..., Visitor], service: Provider, served_world: World) -> None:
    visitor = _come(arrive, service, "nip-analis")
    expect(visitor.page.get_by_role("heading", name="Ringkasan ASN nasional")).to_be_visible()
    assert len(sessions.sessions_of(_state(served_world), "analis")) == 1


def test_identity_left_in_the_browser_opens_nothing_after_signing_out(
    arrive: Callable[..., Visitor], service: Provider, served_world: World
) -> None:
    visitor = _come(arrive, service, "nip-analis")
    expect(visitor.page.get_by_role("heading", name="Ringkasan ASN nasional")).to_be_visible()
    before = len(sessions.sessions_of(_state(served_world), "analis"))
    visitor.page.get_by_role("button", name="Keluar").click()
    visitor.page.wait_for_url("**?keluar")
    expect(visitor.page.get_by_label("Nama akun")).to_be_visible()
    visitor.open()
    expect(visitor.page.get_by_label("Nama akun")).to_be_visible()
    visitor.settled()
    assert len(sessions.sessions_of(_state(served_world), "analis")) == before


@pytest.mark.parametrize("person", ["orang-lain", "analis", "pengelola"])
def test_stranger_stays_outside_and_no_account_is_made(
    arrive: Callable[..., Visitor], service: Provider, served_world: World, person: str
) -> None:
    before = accounts.all_accounts(_state(served_world))
    visitor = _come(arrive, service, person)
    expect(visitor.page.get_by_text("tidak terhubung dengan akun aktif")).to_be_visible()
    expect(visitor.page.get_by_label("Nama akun")).to_be_visible()
    assert accounts.all_accounts(_state(served_world)) == before


def test_forged_identity_stays_outside(arrive: Callable[..., Visitor], service: Provider, served_world: World) -> None:
    service.forged = True
    try:
        visitor = _come(arrive, service, "nip-pimpinan")
        expect(visitor.page.get_by_label("Nama akun")).to_be_visible()
        visitor.settled()
    finally:
        service.forged = False
    assert sessions.sessions_of(_state(served_world), "pimpinan") == []


def test_one_time_password_and_second_factor_are_asked_for_all_the_same(
    arrive: Callable[..., Visitor], service: Provider, served_world: World
) -> None:
    set_account(served_world, "pimpinan", password_changed_at=None)
    visitor = _come(arrive, service, "nip-pimpinan")
    visitor.heading("Ganti kata sandi sekali pakai")
    secret = second_factor.new_secret()
    second_factor.enrol(
        _state(served_world),
        served_world.audit_key,
        EVENT,
        cookie_key=key(served_world.settings.keys, "cookie"),
        name="wilayah",
        secret=secret,
        code=pyotp.TOTP(secret).now(),
    )
    other = _come(arrive, service, "nip-wilayah")
    expect(other.page.get_by_text("Langkah kedua")).to_be_visible()
    assert sessions.sessions_of(_state(served_world), "wilayah") == []
