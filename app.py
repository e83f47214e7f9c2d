"""The served product: the screens, the routes beside them, and the door. It shows no number itself."""

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import plotly.graph_objects  # noqa: F401  (imported here, so that the first reader does not wait for it)
import streamlit as st
from starlette.middleware import Middleware

from accounts.sessions import seen, whoami
from api.auth import auth_routes
from api.door import Door
from api.guard import Guard
from api.pages import KnownPages
from api.routes import routes
from models.people import Person
from settings import get_settings
from storage.engine import shared_engine
from storage.migrate import require_current
from views.screens import SCREENS


@asynccontextmanager
async def _lifespan(app: object) -> AsyncIterator[None]:
    """Refuses a database of another version before anybody is served; keeps full collections off the readers."""
    require_current(shared_engine(get_settings().database_url))
    gc.collect()
    gc.freeze()
    yield


def _whoami(token: str | None) -> Person | None:
    """Whose token this is, by the database of the settings; that it is in use is written down."""
    engine = shared_engine(get_settings().database_url)
    seen(engine, token)
    return whoami(engine, token)


app = st.App(
    str(Path(__file__).parent / "views" / "main.py"),
    routes=[*auth_routes(SCREENS), *routes()],
    middleware=[
        Middleware(Door, public=get_settings().public_url),
        Middleware(Guard, whoami=_whoami),
        Middleware(KnownPages, screens=SCREENS),
    ],
    lifespan=_lifespan,
)
