"""Where things lie and how they behave. Every setting can be given in the environment with the prefix ASN_."""

from functools import lru_cache
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Literal

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Defaults suit one machine: everything lies under `var/`, open to one account alone."""

    model_config = SettingsConfigDict(env_prefix="ASN_", frozen=True, extra="forbid")

    var: Path = Field(default=Path("var"), description="folder of all that the product keeps")
    state_url: str = Field(
        default="", description="SQLAlchemy address of the state; empty means SQLite in var/state.db"
    )
    language: Literal["id", "en"] = Field(default="id", description="language of the command line and of a first visit")
    change_warning: float = Field(
        default=0.10, gt=0, description="share by which a total may move before a delivery is warned about"
    )
    threads: int = Field(default=2, ge=1, description="threads of DuckDB")
    memory_limit: str = Field(default="1GB", description="memory of DuckDB while a release is built or read")
    query_seconds: int = Field(default=10, ge=1, description="longest time of one question")
    row_limit: int = Field(default=50_000, ge=1, description="most rows that one question may bring")

    delivery_rows: int = Field(default=5_000_000, ge=1, description="most rows that a delivered file may have")
    upload_bytes: int = Field(default=2_000_000_000, ge=1, description="largest file that may be uploaded, in bytes")
    four_eyes: bool = Field(default=False, description="a second account of the data team must confirm each publish")
    worker: Literal["internal", "external"] = Field(
        default="internal", description="whether the app starts the worker that publishes, or cron/systemd does"
    )
    delivery_days: int = Field(
        default=30, ge=0, description="days after a reference date by which its delivery is expected"
    )

    geojson: Path | None = Field(
        default=None,
        description="GeoJSON file of the 38 provinces, at most 500 kB; maps then show true shapes in place of tiles",
    )

    cuti_bersama: Path | None = Field(
        default=None, description="YAML file with the cuti bersama of further years, for deadlines in working days"
    )
    attachment_bytes: int = Field(default=20_000_000, ge=1, description="largest attached document, in bytes")
    trusted_roots: Path = Field(
        default_factory=lambda known: known["var"] / "akar-tepercaya",
        description="folder of PEM files: the certificate authorities whose signatures are trusted",
    )
    evaluation_template: Path | None = Field(
        default=None,
        description="DOCX template of the evaluation report in place of the one that comes with the product",
    )

    anonymous_sockets: int = Field(
        default=200, ge=1, description="most browsers that may have the sign-in form open at the same time"
    )
    anonymous_sockets_per_address: int = Field(
        default=30, ge=1, description="the same for one address; the loopback address is not counted"
    )
    anonymous_message_bytes: int = Field(
        default=65_536, ge=1_024, description="largest message of a browser that nobody has signed in with, in bytes"
    )
    anonymous_messages_per_second: float = Field(
        default=10, gt=0, description="messages that all browsers without a session may send together in a second"
    )
    password_checks_per_second: float = Field(
        default=2,
        gt=0,
        description="passwords that are checked in a second; each costs a quarter of a second of one core",
    )
    anonymous_idle_seconds: int = Field(
        default=600, ge=1, description="seconds after which an unused sign-in form loses its connection"
    )
    session_watch_seconds: int = Field(
        default=30, ge=1, description="seconds after which an open page notices that its session has ended"
    )
    hsts_days: int = Field(
        default=365, ge=0, description="days for which browsers may use only https (sent over https only); 0 for never"
    )

    second_factor: Literal["off", "roles", "all"] = Field(
        default="roles",
        description="who must have a second factor: nobody, those whose role says so, or everybody; "
        "whoever has one is always asked for it",
    )
    trusted_proxies: str = Field(
        default="",
        description="addresses or networks of the proxies whose X-Forwarded-For is believed, separated by commas",
    )
    sign_on: bool = Field(default=False, description="whether an outside sign-on service (OpenID Connect) may be used")
    sign_on_claim: str = Field(
        default="sub", min_length=1, description="claim by which the sign-on service names a person for good"
    )

    @field_validator("trusted_proxies")
    @classmethod
    def _are_networks(cls, text: str) -> str:
        _networks(text)  # a mistake must stop the start, not open or shut the limiter later
        return text

    @property
    def proxies(self) -> tuple[IPv4Network | IPv6Network, ...]:
        """The networks in `trusted_proxies`."""
        return _networks(self.trusted_proxies)

    @property
    def incoming(self) -> Path:
        """Uploaded deliveries, each in a folder of its own, until the worker takes them."""
        return self.var / "incoming"

    @property
    def releases(self) -> Path:
        return self.var / "releases"

    @property
    def documents(self) -> Path:
        """Attached documents under their hash; only added to, never executed."""
        return self.var / "documents"

    @property
    def keys(self) -> Path:
        return self.var / "keys"

    @property
    def agreement(self) -> Path:
        return self.var / "perjanjian.yaml"

    @property
    def state(self) -> str:
        """Address of the state database."""
        return self.state_url or f"sqlite:///{(self.var / 'state.db').absolute()}"


def _networks(text: str) -> tuple[IPv4Network | IPv6Network, ...]:
    """Raises ValueError where one of them is none."""
    return tuple(ip_network(part.strip()) for part in text.split(",") if part.strip())


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings of this process, read from the environment once."""
    return Settings()
