"""A table as it is seen, to take along: as XLSX and as CSV, made when it is asked for."""

from collections.abc import Callable

import streamlit as st

from exchange.comparison_table import Table, write_csv, write_xlsx
from reports.formats import FORMATS


def table_files(made: Callable[[], Table], sheet: str, name: str, key: str) -> None:
    """Two buttons; `name` is the file's without its ending, `key` tells this pair from another on the same screen."""
    writers: dict[str, Callable[[], bytes]] = {
        "xlsx": lambda: write_xlsx(made(), sheet),
        "csv": lambda: write_csv(made()),
    }
    with st.container(horizontal=True):
        for ending, write in writers.items():
            st.download_button(
                ending.upper(), write, f"{name}.{ending}", FORMATS[ending].media_type, key=f"{key}_{ending}",
                on_click="ignore",
            )  # fmt: skip
