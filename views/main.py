"""What every screen shares: the menu, the switches for language, data and year, the style, the foot."""

import streamlit as st

from models.enums import DataSet, Language
from views.components.page import style
from views.state import Reader, offers_demonstration, read_reader, years_offered

SCREENS = (
    ("overview", "overview.py", ""),
    ("target", "target.py", "target"),
    ("zone", "zone.py", "zone"),
    ("policies", "policies.py", "policies"),
    ("reports", "reports.py", "reports"),
)
"""Key, file and path of each screen. The first one is the start page, so it has no path of its own."""


def menu(reader: Reader) -> st.Page:
    """The pages in the reader's language; returns the one that the address names."""
    pages = [
        st.Page(file, title=reader.say(f"screen.{key}"), url_path=path or None, default=not path)
        for key, file, path in SCREENS
    ]
    return st.navigation(pages, position="top")


def switches(reader: Reader) -> None:
    """Language, data set and year. Each change goes into the address."""
    data, year, language = st.columns([5, 2, 2], vertical_alignment="bottom")
    with data:
        _data_switch(reader)
    with year:
        st.selectbox(
            reader.say("switch.year"),
            years_offered(reader.snapshot),
            index=years_offered(reader.snapshot).index(reader.year),
            key="switch_year",
            on_change=_take,
            args=("year", "switch_year"),
        )
    with language:
        st.segmented_control(
            reader.say("switch.language"),
            list(Language),
            default=reader.language,
            format_func=lambda each: reader.say(f"language.{each.value}"),
            key="switch_lang",
            on_change=_take,
            args=("lang", "switch_lang"),
        )


def _data_switch(reader: Reader) -> None:
    offered = list(DataSet) if offers_demonstration(reader.snapshot) else [DataSet.REAL]
    st.segmented_control(
        reader.say("switch.data"),
        offered,
        default=reader.data_set,
        format_func=lambda each: reader.say(f"data_set.{each.value}"),
        key="switch_data",
        on_change=_take,
        args=("data", "switch_data"),
        help=reader.say("switch.data.help"),
    )


def _take(name: str, key: str) -> None:
    """A switch was moved: the address follows. A segment that was clicked off stays as it was."""
    value = st.session_state[key]
    if value is None:
        st.session_state[key] = type_of(name)(st.query_params[name])
        return
    st.query_params[name] = str(getattr(value, "value", value))
    if name == "data":
        st.query_params.pop("year", None)
        st.session_state.pop("kept_year", None)
        st.session_state.pop("switch_year", None)


def type_of(name: str) -> type[Language] | type[DataSet]:
    """The vocabulary behind a switch."""
    return Language if name == "lang" else DataSet


st.set_page_config(page_title="高新区政策目标跟踪 · Policy targets of high-tech zones", layout="wide")
reader = read_reader()
page = menu(reader)
style(reader)
switches(reader)
if reader.data_set is DataSet.DEMONSTRATION:
    st.html(f'<div class="t-demo" role="note">{reader.say("demonstration.banner")}</div>')
page.run()
st.html(f'<footer class="t-foot">{reader.say("foot.local")}</footer>')
