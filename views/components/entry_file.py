"""The form as a workbook, down and up: always a dry run first, then one confirmation."""

from html import escape

import streamlit as st

from exchange.template import Form
from exchange.template_read import DryRun, read_template
from exchange.template_xlsx import write_template
from models.enums import Severity
from models.errors import TemplateRefused
from submissions.edits import Ranges, Values
from submissions.record import Draft, Entry
from views.components.entry_state import save_file
from views.components.page import show, table
from views.state import Reader

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook(look: Reader, form: Form, draft: Draft, last_year: Values, ranges: Ranges, *, editable: bool) -> None:
    """Download of the form; upload of a filled one, with what it would change and what is wrong in it by cell."""
    st.download_button(
        look.say("entry.download"),
        lambda: write_template(form, last_year),
        file_name=f"{getattr(form.zone, look.language.value)}-{form.year}.xlsx",
        mime=XLSX,
        on_click="ignore",
    )
    if not editable:
        return
    st.html(f"<style>:root{{--t-choose:'{look.say('entry.choose_file')}'}}</style>")
    given = st.file_uploader(look.say("entry.upload"), key=f"entry_upload|{draft.zone}|{draft.year}")
    if given is None:
        return
    try:
        run = read_template(given.getvalue(), given.name, form, last_year, ranges)
    except TemplateRefused as refused:
        words = look.say(f"template.refused.{refused.kind}", **refused.values)
        show(f'<p class="t-wrong" role="alert">{escape(words)}</p>')
        return
    _dry_run(look, draft, run)


def _dry_run(look: Reader, draft: Draft, run: DryRun) -> None:
    changes = {
        each.statistic: Entry(each.typed, each.unit, each.note)
        for each in run.cells
        if (each.typed or each.note)
        and Entry(each.typed, each.unit, each.note) != draft.entries.get(each.statistic, Entry())
    }
    hard = sum(each.severity is Severity.HARD for each in run.problems)
    counted = {"cells": len(changes), "hard": hard, "soft": len(run.problems) - hard}
    show(f"<p>{escape(look.say('entry.dry_run', **counted))}</p>")
    if run.problems:
        heads = [look.say(f"entry.problem.{each}") for each in ("cell", "kind", "words")]
        table(
            heads,
            [
                (each.cell, escape(look.say(f"severity.{each.severity.value}")), escape(each.words(look.language)))
                for each in run.problems
            ],
        )
    if changes:
        st.button(
            look.say("entry.take_over", cells=len(changes)),
            key="entry_take",
            type="primary",
            on_click=save_file,
            args=(draft, changes),
        )
