"""Settings come from the environment, refuse what has no meaning, and everything lies under one private folder."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from data_access.owner import OwnerSettings
from data_access.settings import Settings, settings


def test_everything_lies_under_var(tmp_path: Path) -> None:
    made = OwnerSettings(var=tmp_path)
    assert {made.vault, made.owner_keys, made.releases, made.keys, made.agreement} == {
        tmp_path / "vault", tmp_path / "releases", tmp_path / "keys", tmp_path / "perjanjian.yaml",
    }  # fmt: skip
    assert made.state == f"sqlite:///{tmp_path / 'state.db'}"
    assert Settings(var=tmp_path, state_url="postgresql://x/y").state == "postgresql://x/y"


def test_every_setting_can_be_given_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    given = {"VAR": "/x", "STATE_URL": "sqlite://", "LANGUAGE": "en", "CHANGE_WARNING": "0.2", "THREADS": "1",
             "MEMORY_LIMIT": "2GB", "QUERY_SECONDS": "3", "ROW_LIMIT": "9"}  # fmt: skip
    for name, value in given.items():
        monkeypatch.setenv(f"ASN_{name}", value)
    assert {name.upper() for name in Settings.model_fields} >= set(given)
    made = Settings()
    assert {name: str(getattr(made, name.lower())) for name in given} == given


@pytest.mark.parametrize(
    ("name", "value"),
    [("THREADS", "0"), ("ROW_LIMIT", "0"), ("QUERY_SECONDS", "0"), ("CHANGE_WARNING", "0"), ("CHANGE_WARNING", "-1"),
     ("LANGUAGE", "su"), ("THREADS", "dua")],
)  # fmt: skip
def test_a_value_without_meaning_is_refused(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"ASN_{name}", value)
    with pytest.raises(ValidationError):
        Settings()


def test_an_unknown_setting_is_refused() -> None:
    with pytest.raises(ValidationError):
        Settings.model_validate({"var": "x", "vra": "y"})


def test_every_setting_is_described() -> None:
    assert all(field.description for field in Settings.model_fields.values())


def test_settings_are_read_once_per_process() -> None:
    assert settings() is settings()
