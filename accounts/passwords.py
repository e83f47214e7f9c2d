"""Passwords: which are taken, and how they are kept. Argon2id with the parameters of the package, never the words."""

import unicodedata
from functools import cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from models.errors import AccountRefused

SHORTEST, LONGEST = 10, 200
FEWEST_CHARACTERS = 5
"""So many different characters a password must have: `aaaaaaaaaa` and `1212121212` are guessed first."""

_hasher = PasswordHasher()
_room = BoundedSemaphore(4)
"""Each hash takes 64 MB; more at once would let a crowd of strangers fill the memory."""


def hashed(password: str, login: str) -> str:
    """What is kept of a password. Raises AccountRefused where it is too easy to guess."""
    words = _normal(password)
    if not SHORTEST <= len(words) <= LONGEST:
        raise AccountRefused(
            "password_length",
            f"A password has {SHORTEST} to {LONGEST} characters: a short sentence is easy to keep in mind.",
        )
    if len(set(words)) < FEWEST_CHARACTERS or (login and login.casefold() in words.casefold()):
        raise AccountRefused(
            "password_easy",
            f"This password is guessed easily: it holds the login, or fewer than {FEWEST_CHARACTERS} different "
            "characters. Choose another one.",
        )
    with _room:
        return _hasher.hash(words)


def matches(password: str, kept: str | None) -> bool:
    """Whether a password is the one whose hash is kept. Takes as long for an account without one."""
    if len(password) > LONGEST:
        password = ""
    with _room:
        try:
            return _hasher.verify(kept or _nobodys(), _normal(password)) and kept is not None
        except (VerificationError, InvalidHashError):
            return False


def outdated(kept: str) -> bool:
    """Whether a hash was made with weaker parameters than those of today."""
    return _hasher.check_needs_rehash(kept)


@cache
def _nobodys() -> str:
    """A hash that is verified where there is no account, so that the answer does not tell by its time."""
    return _hasher.hash("nobody's password")


def _normal(password: str) -> str:
    """An input method may type full-width characters where another one does not."""
    return unicodedata.normalize("NFKC", password)
