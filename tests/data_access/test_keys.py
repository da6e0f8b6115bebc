"""Keys are made once, kept private, and refused when they are missing, short or open to others."""

from pathlib import Path

import pytest

from data_access.errors import Misconfigured
from data_access.keys import EVERYWHERE, NAMES, SIZE, checked, key, make_keys


def test_missing_keys_are_made_and_existing_ones_never_replaced(tmp_path: Path) -> None:
    folder = tmp_path / "keys"
    assert make_keys(folder) == list(NAMES)
    before = [key(folder, name) for name in NAMES]
    assert len(set(before)) == len(NAMES)
    assert all(len(secret) == SIZE for secret in before)
    (folder / "cookie.key").unlink()
    assert make_keys(folder) == ["cookie"]
    assert [key(folder, name) for name in NAMES if name != "cookie"] == [
        b for b, n in zip(before, NAMES, strict=True) if n != "cookie"
    ]


def test_keys_are_private(tmp_path: Path) -> None:
    make_keys(tmp_path / "keys")
    assert (tmp_path / "keys").stat().st_mode & 0o777 == 0o700
    assert {file.stat().st_mode & 0o777 for file in (tmp_path / "keys").iterdir()} == {0o600}


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o610, 0o601, 0o644])
def test_a_key_open_to_others_is_refused(tmp_path: Path, mode: int) -> None:
    make_keys(tmp_path)
    (tmp_path / "record.key").chmod(mode)
    with pytest.raises(Misconfigured) as caught:
        key(tmp_path, "record")
    assert caught.value.reason == "key-open"


@pytest.mark.parametrize(("content", "reason"), [(None, "key-missing"), (b"", "key-weak"), (b"x" * 31, "key-weak")])
def test_a_missing_or_short_key_is_refused(tmp_path: Path, content: bytes | None, reason: str) -> None:
    if content is not None:
        (tmp_path / "audit.key").write_bytes(content)
        (tmp_path / "audit.key").chmod(0o600)
    with pytest.raises(Misconfigured) as caught:
        key(tmp_path, "audit")
    assert caught.value.reason == reason
    assert "audit" in caught.value.sentence("id")


def test_the_environment_goes_before_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_keys(tmp_path)
    monkeypatch.setenv("ASN_KEY_AUDIT", "0f" * 32)
    assert key(tmp_path, "audit") == b"\x0f" * 32
    monkeypatch.setenv("ASN_KEY_AUDIT", "0f" * 31)
    with pytest.raises(Misconfigured):
        key(tmp_path, "audit")


def test_a_key_in_the_environment_that_is_not_hexadecimal_is_refused_with_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASN_KEY_AUDIT", "not hexadecimal")
    with pytest.raises(Misconfigured):
        key(tmp_path, "audit")


def test_a_secret_is_never_part_of_the_sentence(tmp_path: Path) -> None:
    (tmp_path / "audit.key").write_bytes(b"geheim")
    (tmp_path / "audit.key").chmod(0o600)
    with pytest.raises(Misconfigured) as caught:
        key(tmp_path, "audit")
    assert "geheim" not in str(caught.value)


def test_in_a_shared_folder_the_group_reads_all_keys_but_the_record_key(tmp_path: Path) -> None:
    tmp_path.chmod(0o2750)
    make_keys(tmp_path)
    modes = {name: (tmp_path / f"{name}.key").stat().st_mode & 0o777 for name in NAMES}
    assert modes == {"record": 0o600, "manifest": 0o640, "audit": 0o640, "cookie": 0o640}
    assert all(len(key(tmp_path, name)) == SIZE for name in EVERYWHERE)
    with pytest.raises(Misconfigured) as caught:  # its own file is closed, but it lies where another account comes
        key(tmp_path, "record")
    assert caught.value.reason == "key-open"


@pytest.mark.parametrize("mode", [0o701, 0o720, 0o755, 0o2770, 0o2755])
def test_a_key_in_a_folder_open_to_others_is_refused(tmp_path: Path, mode: int) -> None:
    make_keys(tmp_path)
    tmp_path.chmod(mode)
    with pytest.raises(Misconfigured) as caught:
        key(tmp_path, "audit")
    assert caught.value.reason == "key-open"


def test_sound_keys_pass_the_check_of_the_start(tmp_path: Path) -> None:
    make_keys(tmp_path)
    checked(tmp_path)
    (tmp_path / "record.key").unlink()  # lies on the owner's side alone
    checked(tmp_path)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "key-missing"),
        (b"short", "key-weak"),
        (bytes(SIZE), "key-weak"),
        (b"rahasiarahasiarahasiarahasiarahasia", "key-weak"),
    ],
)
def test_the_start_refuses_a_missing_or_weak_key_and_names_the_command(
    tmp_path: Path, content: bytes | None, reason: str
) -> None:
    make_keys(tmp_path)
    (tmp_path / "cookie.key").unlink()
    if content is not None:
        (tmp_path / "cookie.key").write_bytes(content)
        (tmp_path / "cookie.key").chmod(0o600)
    with pytest.raises(Misconfigured) as caught:
        checked(tmp_path)
    assert caught.value.reason == reason
    assert "cookie" in caught.value.sentence("id")
    assert "python -m data_access keys" in caught.value.sentence("id")


def test_the_start_refuses_one_key_for_two_uses(tmp_path: Path) -> None:
    make_keys(tmp_path)
    (tmp_path / "cookie.key").write_bytes((tmp_path / "audit.key").read_bytes())
    with pytest.raises(Misconfigured):
        checked(tmp_path)


def test_the_start_refuses_open_keys(tmp_path: Path) -> None:
    make_keys(tmp_path)
    (tmp_path / "manifest.key").chmod(0o644)
    with pytest.raises(Misconfigured) as caught:
        checked(tmp_path)
    assert caught.value.reason == "key-open"
