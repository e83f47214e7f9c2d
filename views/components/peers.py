"""Whether the zones of a region see each other's approved figures, and the button that changes it."""

from html import escape

import streamlit as st

from accounts.peers import set_peers
from tracking.phrases import named
from views.components.acting import step_button, typed
from views.components.page import section, show
from views.person import person
from views.state import Reader

WORDS = "peers_words"


def peers(look: Reader, region: str) -> None:
    """For the reviewer of the region, who may change it with a reason."""
    opened = region in look.snapshot.peers_open
    name = named(look.snapshot.places[region], look.language)
    section(look.say("peers.title"))
    show(f"<p>{escape(look.say('peers.open' if opened else 'peers.closed', region=name))}</p>")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(look.say("peers.words"), key=WORDS, width=420)
        step_button(
            look.say("peers.do.close" if opened else "peers.do.open"),
            lambda session: set_peers(session, person(), region, typed(WORDS), opened=not opened),
            "peers.shut" if opened else "peers.opened",
            key="peers_change",
        )
