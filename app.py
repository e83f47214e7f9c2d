"""The served product: the screens, the routes beside them, and the door. It shows no number itself."""

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import plotly.graph_objects  # noqa: F401  (imported here, so that the first reader does not wait for it)
import streamlit as st
from starlette.middleware import Middleware

from api.door import OwnMachineOnly
from api.pages import KnownPages
from api.routes import routes
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


app = st.App(
    str(Path(__file__).parent / "views" / "main.py"),
    routes=routes(),
    middleware=[Middleware(OwnMachineOnly), Middleware(KnownPages, screens=SCREENS)],
    lifespan=_lifespan,
)
