"""The environment, read once and refused when odd."""

from pathlib import Path

import pytest

from models.errors import SettingRefused
from settings import ROOT, get_settings, read_settings

NO_FILE = Path("no such file")


def refusal(monkeypatch: pytest.MonkeyPatch, **variables: str) -> str:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingRefused) as refused:
        read_settings(NO_FILE)
    return str(refused.value)


def test_without_variables_it_is_sqlite_in_the_products_folder() -> None:
    settings = get_settings()
    assert settings.database_url == f"sqlite:///{ROOT}/var/tracker.db"
    assert (settings.data_dir, settings.demonstration, settings.language) == (ROOT / "data", True, "zh")
    assert (str(settings.address), settings.port) == ("127.0.0.1", 8501)


def test_a_relative_file_is_the_same_from_every_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TRACKER_DATABASE_URL", "sqlite:///x.db")
    assert read_settings(NO_FILE).database_url == f"sqlite:///{ROOT}/x.db"


@pytest.mark.parametrize("url", ["postgresql://u:p@h/d", "postgres://h/d", "sqlite:////srv/t.db", "sqlite:///:memory:"])
def test_an_address_of_a_database_is_kept(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("TRACKER_DATABASE_URL", url)
    assert read_settings(NO_FILE).database_url == url


@pytest.mark.parametrize(
    ("name", "value", "right"),
    [
        ("PORT", "0", "from 1 to 65535"),
        ("PORT", "80a", "from 1 to 65535"),
        ("ADDRESS", "example.org", "the number of one of this machine"),
        ("PUBLIC_URL", "tracker.example.org", "https://HOST"),
        ("PUBLIC_URL", "https://tracker.example.org/path", "https://HOST"),
        ("PROXY", "proxy.example.org", "the number of the address"),
        ("OIDC_ISSUER", "http://id.example.org", "https:// address"),
        ("OIDC_CLAIM", "name", "preferred_username, email or sub"),
        ("LANGUAGE", "fr", "zh or en"),
        ("DEMONSTRATION", "perhaps", "true or false"),
        ("DATA_DIR", "nowhere", "existing folder"),
        ("MAP_FILE", "/srv/map.geojson", "the number of the map's review"),
        ("MAP_REVIEW_NUMBER", "GS(2026)1", "empty where not"),
        ("DATABASE_URL", "mysql://h/d", "sqlite:///FILE or postgresql://"),
        ("DATABASE_URL", "sqlite:///", "sqlite:///FILE or postgresql://"),
    ],
)
def test_an_odd_value_is_refused_with_what_would_be_right(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, right: str
) -> None:
    message = refusal(monkeypatch, **{f"TRACKER_{name}": value})
    assert f"TRACKER_{name} is " in message
    assert right in message


def test_all_that_is_wrong_is_said_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    message = refusal(monkeypatch, TRACKER_PORT="x", TRACKER_LANGUAGE="x", TRACKER_DEMONSTRATON="no")
    assert len(message.splitlines()) == 3


def test_a_misspelt_variable_is_refused_with_the_nearest(monkeypatch: pytest.MonkeyPatch) -> None:
    message = refusal(monkeypatch, TRACKER_DATABSE_URL="sqlite:///x.db")
    assert "TRACKER_DATABSE_URL is no setting" in message
    assert "did you mean TRACKER_DATABASE_URL?" in message


def test_a_refusal_does_not_repeat_a_password(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "secret" not in refusal(monkeypatch, TRACKER_DATABASE_URL="mysql://u:secret@h/d")


def test_printed_settings_do_not_show_a_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRACKER_DATABASE_URL", "postgresql://u:secret@h/d")
    assert "secret" not in repr(read_settings(NO_FILE))


def test_a_variable_wins_over_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("TRACKER_PORT=8600\nTRACKER_LANGUAGE=en\nOTHER=1\n")
    monkeypatch.setenv("TRACKER_PORT", "8700")
    settings = read_settings(file)
    assert (settings.port, settings.language) == (8700, "en")


def test_a_misspelt_line_of_the_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("TRACKER_PROT=8600\n")
    with pytest.raises(SettingRefused, match="did you mean TRACKER_PORT"):
        read_settings(file)


@pytest.mark.parametrize("content", [b"\xff\xfeT", "TRACKER_LANGUAGE=中".encode("gb18030")])
def test_a_file_that_is_no_text_is_refused_in_one_sentence(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / ".env"
    file.write_bytes(content)
    with pytest.raises(SettingRefused, match="cannot be read: save it as text in UTF-8"):
        read_settings(file)


def test_a_folder_named_too_long_for_any_disk_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "existing folder" in refusal(monkeypatch, TRACKER_DATA_DIR="a" * 5000)
