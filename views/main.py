"""What every screen shares: the menu, the switches for data, year and language, the style, the foot."""

import logging
from pathlib import Path

import streamlit as st

from models.enums import DataSet, Language
from views.components.choice import choose, switch
from views.components.page import behaviour, capital, empty, heading, style
from views.screens import SCREENS
from views.state import Reader, offers_demonstration, read_reader, years_offered

ICON = Path(__file__).parent / "components" / "icon.svg"


def menu(reader: Reader) -> st.Page:
    """The pages in the reader's language; returns the one that the address names."""
    pages = [
        st.Page(file, title=reader.say(f"screen.{key}"), url_path=path or None, default=not path)
        for key, file, path in SCREENS
    ]
    return st.navigation(pages, position="top")


def switches(reader: Reader) -> None:
    """Data set, year and language in one row. Each change goes into the address."""
    offered = list(DataSet) if offers_demonstration(reader.snapshot) else [DataSet.REAL]
    with st.container(horizontal=True, vertical_alignment="center", key="switches"):
        switch(
            reader.say("switch.data"),
            offered,
            reader.data_set,
            # The year of the other data set means nothing in this one.
            lambda chosen: {"data": chosen.value, "year": None},
            key="switch_data",
            words=lambda each: capital(reader.say(f"data_set.{each.value}")),
            label_visibility="collapsed",
        )
        choose(
            reader.say("switch.year"),
            years_offered(reader.snapshot),
            reader.year,
            lambda chosen: {"year": str(chosen)},
            key="switch_year",
            words=lambda each: reader.say("switch.as_of", year=each),
            label_visibility="collapsed",
            filter_mode=None,
            width=150,
        )
        st.space("stretch")
        switch(
            reader.say("switch.language"),
            Language,
            reader.language,
            lambda chosen: {"lang": chosen.value},
            key="switch_lang",
            words=lambda each: reader.say(f"language.{each.value}"),
            label_visibility="collapsed",
        )


def show_page(reader: Reader, page: st.Page) -> None:
    """Runs the screen. A fault of ours goes to the log; the reader gets a sentence instead of a traceback."""
    try:
        page.run()
    except Exception:
        logging.getLogger(__name__).exception("The screen %r failed", page.url_path)
        heading(reader.say("fault.title"))
        empty(reader, "fault.words")


st.set_page_config(layout="wide", page_icon=str(ICON))
reader = read_reader()
page = menu(reader)
st.set_page_config(page_title=reader.say("product.title", screen=page.title))
style(reader)
behaviour(reader)
switches(reader)
if reader.data_set is DataSet.DEMONSTRATION:
    st.html(f'<div class="t-demo" role="note">{reader.say("demonstration.banner")}</div>')
show_page(reader, page)
st.html(f'<footer class="t-foot">{reader.say("foot.local")}</footer>')
