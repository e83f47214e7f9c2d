"""The environment as typed settings: every TRACKER_* variable, read once, odd values refused at the start."""

import os
from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache
from ipaddress import IPv4Address
from pathlib import Path
from typing import Literal

from dotenv import dotenv_values
from pydantic import Field, IPvAnyAddress, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from models.errors import SettingRefused

ROOT = Path(__file__).parent
ENV_FILE = ROOT / ".env"
PREFIX = "TRACKER_"
SQLITE = "sqlite:///"
OIDC_ISSUER = r"^(https://[^\s?#]+|http://(127\.0\.0\.1|localhost)(:[0-9]+)?(/[^\s?#]*)?)?$"
SCHEMES = (SQLITE, "postgresql://", "postgres://", "postgresql+psycopg://")


class Settings(BaseSettings):
    """What can be set from outside. docs/settings.md describes each for the person who runs the product."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="ignore", frozen=True, env_file_encoding="utf-8")

    database_url: str = Field(default=f"{SQLITE}var/tracker.db", repr=False, validate_default=True)
    data_dir: Path = Field(default=ROOT / "data", validate_default=True)
    demonstration: bool = True
    language: Literal["zh", "en"] = "zh"
    address: IPvAnyAddress = Field(default=IPv4Address("127.0.0.1"))
    port: int = Field(default=8501, ge=1, le=65535)
    public_url: str = Field(default="", pattern=r"^(https?://[a-zA-Z0-9.-]+(:[0-9]{1,5})?/?)?$")
    proxy: IPvAnyAddress | Literal[""] = ""
    oidc_issuer: str = Field(default="", pattern=OIDC_ISSUER)
    oidc_client: str = ""
    oidc_secret: str = Field(default="", repr=False)
    oidc_claim: Literal["preferred_username", "email", "sub"] = "preferred_username"
    smtp_host: str = Field(default="", pattern=r"^([a-zA-Z0-9.-]+)?$")
    smtp_port: int = Field(default=587, ge=1, le=65535)
    smtp_security: Literal["starttls", "tls", "none"] = "starttls"
    smtp_from: str = Field(default="", pattern=r"^([^\s@<>,;:]+@[^\s@<>,;:]+)?$")
    smtp_user: str = ""
    smtp_password: str = Field(default="", repr=False)
    map_file: Path | Literal[""] = ""
    map_review_number: str = Field(default="", validate_default=True, max_length=40)
    model_url: str = Field(default="", repr=False, pattern=r"^(https?://[^\s]+)?$")
    model_name: str = ""
    model_key: str = Field(default="", repr=False)

    @property
    def own_url(self) -> str:
        """What is typed to reach the product, without a slash at the end."""
        here = "127.0.0.1" if self.address.is_unspecified or self.address.is_loopback else str(self.address)
        return self.public_url.rstrip("/") or f"http://{here}:{self.port}"

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, url: str) -> str:
        if not url.startswith(SCHEMES):
            raise ValueError("unknown database")
        file = url.removeprefix(SQLITE)
        if not file:
            raise ValueError("no file named")
        if file == url or file == ":memory:" or Path(file).is_absolute():
            return url
        # A relative file belongs to the product's folder, so that a command started elsewhere finds the same one.
        return f"{SQLITE}{ROOT / file}"

    @field_validator("map_review_number")
    @classmethod
    def _map_with_its_number(cls, number: str, info: ValidationInfo) -> str:
        if bool(number.strip()) != bool(info.data.get("map_file")):
            raise ValueError("a map and its number go together")
        return number.strip()

    @field_validator("data_dir")
    @classmethod
    def _existing_folder(cls, folder: Path) -> Path:
        folder = ROOT / folder
        if not os.path.isdir(folder):
            raise ValueError("no such folder")
        return folder


REMEDIES = {
    "database_url": "must be sqlite:///FILE or postgresql://USER:PASSWORD@HOST/DATABASE",
    "data_dir": "must be an existing folder with the founding data",
    "demonstration": "must be true or false",
    "language": "must be zh or en",
    "address": "must be the number of one of this machine's addresses, 127.0.0.1 or 0.0.0.0 (all of them)",
    "port": "must be a whole number from 1 to 65535",
    "public_url": "must be what readers type, https://HOST (with :PORT where it has one), or empty",
    "proxy": "must be the number of the address that the proxy asks from, or empty",
    "oidc_issuer": "must be the https:// address of an OpenID Connect provider (http:// on this machine), or empty",
    "oidc_client": "must be the id under which the provider knows this product",
    "oidc_secret": "must be the secret that goes with it",
    "oidc_claim": "must be preferred_username, email or sub",
    "smtp_host": "must be the name of a mail server, or empty",
    "smtp_port": "must be a whole number from 1 to 65535",
    "smtp_security": "must be starttls, tls or none",
    "smtp_from": "must be the address that mails come from, name@example.org, or empty",
    "smtp_user": "must be the login at the mail server, or empty",
    "smtp_password": "must be the password that goes with it, or empty",
    "map_file": "must be a GeoJSON file of reviewed outlines, or empty",
    "map_review_number": "must be the number of the map's review where TRACKER_MAP_FILE is set, and empty where not",
    "model_url": "must be the base address of an OpenAI-compatible endpoint (https://HOST/v1), or empty",
    "model_name": "must be the name of the model that the endpoint serves",
    "model_key": "must be the key of the endpoint, or empty",
}
"""What would be right, one line a setting, for the message of SettingRefused."""


@lru_cache(maxsize=1)
def get_settings() -> Settings:
    """The settings of this process, read once. Raises SettingRefused naming every odd variable at once."""
    return read_settings(ENV_FILE)


def read_settings(env_file: Path) -> Settings:
    """Settings from the environment and from a `.env` file where there is one (a variable wins over the file).

    Raises SettingRefused naming every unknown or unusable variable at once, and what would be right.
    """
    problems = _unknown({*os.environ, *_names_in(env_file)})
    try:
        settings = Settings(_env_file=env_file)
    except ValidationError as error:
        problems += [_problem(str(entry["loc"][0]), entry["input"]) for entry in error.errors()]
    if problems:
        raise SettingRefused("\n".join(problems))
    return settings


def _names_in(env_file: Path) -> Iterable[str]:
    """The names that a `.env` file sets. Raises SettingRefused where it cannot be read."""
    if not env_file.is_file():
        return ()
    try:
        return dotenv_values(env_file, encoding="utf-8").keys()
    except (OSError, UnicodeDecodeError):
        raise SettingRefused(f"{env_file} cannot be read: save it as text in UTF-8, one NAME=value a line.") from None


def _unknown(variables: Iterable[str]) -> list[str]:
    known = [name.upper() for name in Settings.model_fields]
    problems = []
    for variable in sorted(variables):
        name = variable.upper().removeprefix(PREFIX)
        if variable.upper().startswith(PREFIX) and name not in known:
            near = get_close_matches(name, known, n=1)
            hint = f"did you mean {PREFIX}{near[0]}?" if near else f"known are {', '.join(PREFIX + k for k in known)}."
            problems.append(f"{variable} is no setting of this product; {hint}")
    return problems


def _problem(name: str, value: object) -> str:
    # An address may hold a password: only the part before it is repeated.
    scheme = str(value).split("://")[0]
    shown = {
        "database_url": scheme,
        "model_url": scheme,
        "model_key": "…",
        "oidc_secret": "…",
        "smtp_password": "…",
    }.get(name, value)
    return f"{PREFIX}{name.upper()} is {shown!r}; it {REMEDIES[name]}."
