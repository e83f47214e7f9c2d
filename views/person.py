"""Who looks at a screen."""

import streamlit as st

from accounts.sessions import COOKIE, seen, whoami
from models.errors import SignedOut
from models.people import Person
from settings import get_settings
from storage.engine import shared_engine
from tracking.sight import NOBODY


def person() -> Person:
    """The person in front of the screen, asked of the database anew each time. Raises SignedOut."""
    found = current()
    if found is None:
        raise SignedOut("You are signed out: sign in again.")
    return found


def current() -> Person | None:
    """What `person` asks; tests put somebody else here."""
    return whoami(shared_engine(get_settings().database_url), token())


def whoever() -> Person:
    """The person in front of the screen, or nobody in particular, who sees nothing."""
    return current() or NOBODY


def is_here() -> None:
    """Writes down, now and then, that somebody is still in front of the screen."""
    seen(shared_engine(get_settings().database_url), token())


def token() -> str:
    """What the browser was given at the sign-in, as it was when this page was opened."""
    return str(st.context.cookies.get(COOKIE, ""))
