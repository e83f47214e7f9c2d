"""The first tables"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from storage.migrations.append_only import allow_changes, refuse_changes

revision: str = "0001"
down_revision: str | None = None
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


APPEND_ONLY = ("observation", "submissionevent")
"""Tables whose rows are never changed or deleted, whoever asks: by the product or by hand."""


def upgrade() -> None:
    op.create_table(
        "dataversion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "edit",
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("severity", sa.String(length=40), nullable=False),
        sa.Column("relation", sa.String(), nullable=False),
        sa.Column("message_zh", sa.String(), nullable=False),
        sa.Column("message_en", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("code"),
    )
    op.create_table(
        "gapreport",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("as_of", sa.Integer(), nullable=False),
        sa.Column("data_set", sa.String(length=40), nullable=False),
        sa.Column("method", sa.String(length=40), nullable=False),
        sa.Column("language", sa.String(length=40), nullable=False),
        sa.Column("last_observation_id", sa.Integer(), nullable=True),
        sa.Column("content_sha256", sa.String(length=64), nullable=False),
        sa.Column("code_version", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "place",
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("zh", sa.String(), nullable=False),
        sa.Column("en", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("code"),
    )
    op.create_table(
        "source",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("published_on", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "unit",
        sa.Column("symbol", sa.String(length=20), nullable=False),
        sa.Column("dimension", sa.String(), nullable=False),
        sa.Column("factor", sa.String(length=60), nullable=False),
        sa.Column("zh", sa.String(), nullable=False),
        sa.Column("en", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("symbol"),
    )
    op.create_table(
        "region",
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("parent_code", sa.String(length=60), nullable=True),
        sa.Column("register_complete_from", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["code"],
            ["place.code"],
        ),
        sa.ForeignKeyConstraint(
            ["parent_code"],
            ["region.code"],
        ),
        sa.PrimaryKeyConstraint("code"),
    )
    op.create_table(
        "statistic",
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("section", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("zh", sa.String(), nullable=False),
        sa.Column("en", sa.String(), nullable=False),
        sa.Column("unit", sa.String(length=20), nullable=False),
        sa.Column("display_unit", sa.String(length=20), nullable=False),
        sa.Column("type", sa.String(length=40), nullable=False),
        sa.Column("value_type", sa.String(length=40), nullable=False),
        sa.Column("may_be_negative", sa.Boolean(), nullable=False),
        sa.Column("zone_level", sa.Boolean(), nullable=False),
        sa.Column("definition_zh", sa.String(), nullable=False),
        sa.Column("definition_en", sa.String(), nullable=False),
        sa.Column("synonyms", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["display_unit"],
            ["unit.symbol"],
        ),
        sa.ForeignKeyConstraint(
            ["unit"],
            ["unit.symbol"],
        ),
        sa.PrimaryKeyConstraint("code"),
    )
    op.create_table(
        "zone",
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("aliases", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["code"],
            ["place.code"],
        ),
        sa.PrimaryKeyConstraint("code"),
    )
    op.create_table(
        "indicator",
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("zh", sa.String(), nullable=False),
        sa.Column("en", sa.String(), nullable=False),
        sa.Column("unit", sa.String(length=20), nullable=False),
        sa.Column("aggregation", sa.String(length=40), nullable=False),
        sa.Column("numerator", sa.String(length=60), nullable=True),
        sa.Column("denominator", sa.String(length=60), nullable=True),
        sa.Column("factor", sa.String(length=60), nullable=False),
        sa.Column("threshold", sa.String(length=60), nullable=True),
        sa.Column("threshold_unit", sa.String(length=20), nullable=True),
        sa.Column("threshold_strict", sa.Boolean(), nullable=False),
        sa.Column("better", sa.Integer(), nullable=False),
        sa.Column("nominal", sa.Boolean(), nullable=False),
        sa.Column("definition_zh", sa.String(), nullable=False),
        sa.Column("definition_en", sa.String(), nullable=False),
        sa.Column("synonyms", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["denominator"],
            ["statistic.code"],
        ),
        sa.ForeignKeyConstraint(
            ["numerator"],
            ["statistic.code"],
        ),
        sa.ForeignKeyConstraint(
            ["threshold_unit"],
            ["unit.symbol"],
        ),
        sa.ForeignKeyConstraint(
            ["unit"],
            ["unit.symbol"],
        ),
        sa.PrimaryKeyConstraint("code"),
    )
    op.create_table(
        "policydocument",
        sa.Column("id", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("title_en", sa.String(), nullable=False),
        sa.Column("issuer", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("region_code", sa.String(length=60), nullable=False),
        sa.Column("issued", sa.Integer(), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("period_start", sa.Integer(), nullable=True),
        sa.Column("period_end", sa.Integer(), nullable=True),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("encoding", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("original", sa.LargeBinary(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["region_code"],
            ["region.code"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "seriesbreak",
        sa.Column("statistic_code", sa.String(length=60), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("note_zh", sa.String(), nullable=False),
        sa.Column("note_en", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["statistic_code"],
            ["statistic.code"],
        ),
        sa.PrimaryKeyConstraint("statistic_code", "year"),
    )
    op.create_table(
        "submission",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("zone_code", sa.String(length=60), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["zone_code"],
            ["zone.code"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("zone_code", "year", name="submission_of_zone_and_year"),
    )
    op.create_table(
        "zonegroup",
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("region_code", sa.String(length=60), nullable=False),
        sa.Column("level", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(
            ["code"],
            ["place.code"],
        ),
        sa.ForeignKeyConstraint(
            ["region_code"],
            ["region.code"],
        ),
        sa.PrimaryKeyConstraint("code"),
    )
    op.create_table(
        "zonestanding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("zone_code", sa.String(length=60), nullable=False),
        sa.Column("valid_from", sa.Integer(), nullable=True),
        sa.Column("level", sa.String(length=40), nullable=False),
        sa.Column("city_code", sa.String(length=60), nullable=False),
        sa.Column("source_id", sa.String(length=80), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["city_code"],
            ["region.code"],
        ),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["source.id"],
        ),
        sa.ForeignKeyConstraint(
            ["zone_code"],
            ["zone.code"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("zonestanding", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_zonestanding_zone_code"), ["zone_code"], unique=False)

    op.create_table(
        "indicatormember",
        sa.Column("indicator_code", sa.String(length=60), nullable=False),
        sa.Column("member_code", sa.String(length=60), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["indicator_code"],
            ["indicator.code"],
        ),
        sa.ForeignKeyConstraint(
            ["member_code"],
            ["indicator.code"],
        ),
        sa.PrimaryKeyConstraint("indicator_code", "member_code"),
    )
    op.create_table(
        "observation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("statistic_code", sa.String(length=60), nullable=True),
        sa.Column("indicator_code", sa.String(length=60), nullable=True),
        sa.Column("place_code", sa.String(length=60), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("value", sa.String(length=60), nullable=True),
        sa.Column("printed", sa.String(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("origin", sa.String(length=40), nullable=False),
        sa.Column("source_id", sa.String(length=80), nullable=True),
        sa.Column("submission_id", sa.Integer(), nullable=True),
        sa.Column("supersedes_id", sa.Integer(), nullable=True),
        sa.Column("note_zh", sa.String(), nullable=False),
        sa.Column("note_en", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(value IS NULL) = (state = 'withdrawn')", name="observation_has_value"),
        sa.CheckConstraint("(statistic_code IS NULL) <> (indicator_code IS NULL)", name="observation_of_one_series"),
        sa.ForeignKeyConstraint(
            ["indicator_code"],
            ["indicator.code"],
        ),
        sa.ForeignKeyConstraint(
            ["place_code"],
            ["place.code"],
        ),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["source.id"],
        ),
        sa.ForeignKeyConstraint(
            ["statistic_code"],
            ["statistic.code"],
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"],
            ["submission.id"],
        ),
        sa.ForeignKeyConstraint(
            ["supersedes_id"],
            ["observation.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("observation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_observation_origin"), ["origin"], unique=False)
        batch_op.create_index(batch_op.f("ix_observation_place_code"), ["place_code"], unique=False)

    op.create_table(
        "submissionevent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("to_state", sa.String(length=40), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("changes", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["submission_id"],
            ["submission.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("submissionevent", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_submissionevent_submission_id"), ["submission_id"], unique=False)

    op.create_table(
        "submissionvalue",
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("statistic_code", sa.String(length=60), nullable=False),
        sa.Column("typed", sa.String(), nullable=False),
        sa.Column("unit", sa.String(length=20), nullable=False),
        sa.Column("value", sa.String(length=60), nullable=True),
        sa.Column("explanation", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["statistic_code"],
            ["statistic.code"],
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"],
            ["submission.id"],
        ),
        sa.ForeignKeyConstraint(
            ["unit"],
            ["unit.symbol"],
        ),
        sa.PrimaryKeyConstraint("submission_id", "statistic_code"),
    )
    op.create_table(
        "target",
        sa.Column("id", sa.String(length=120), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("policy_id", sa.String(length=60), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("quote", sa.String(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("anchor_start", sa.Integer(), nullable=False),
        sa.Column("anchor_end", sa.Integer(), nullable=False),
        sa.Column("title_zh", sa.String(), nullable=False),
        sa.Column("title_en", sa.String(), nullable=False),
        sa.Column("scope_text", sa.String(), nullable=False),
        sa.Column("indicator_code", sa.String(length=60), nullable=False),
        sa.Column("place_code", sa.String(length=60), nullable=False),
        sa.Column("per_zone", sa.Boolean(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("measure", sa.String(length=40), nullable=False),
        sa.Column("comparator", sa.String(length=40), nullable=False),
        sa.Column("value", sa.String(length=60), nullable=False),
        sa.Column("value_high", sa.String(length=60), nullable=True),
        sa.Column("unit", sa.String(length=20), nullable=False),
        sa.Column("direction", sa.Integer(), nullable=True),
        sa.Column("deadline", sa.Integer(), nullable=True),
        sa.Column("baseline_year", sa.Integer(), nullable=True),
        sa.Column("period_start", sa.Integer(), nullable=True),
        sa.Column("reference_code", sa.String(length=60), nullable=True),
        sa.Column("reference_place", sa.String(length=60), nullable=True),
        sa.Column("nature", sa.String(length=40), nullable=False),
        sa.Column("strength", sa.String(length=40), nullable=False),
        sa.Column("note_zh", sa.String(), nullable=False),
        sa.Column("note_en", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["indicator_code"],
            ["indicator.code"],
        ),
        sa.ForeignKeyConstraint(
            ["place_code"],
            ["place.code"],
        ),
        sa.ForeignKeyConstraint(
            ["policy_id"],
            ["policydocument.id"],
        ),
        sa.ForeignKeyConstraint(
            ["reference_code"],
            ["indicator.code"],
        ),
        sa.ForeignKeyConstraint(
            ["reference_place"],
            ["place.code"],
        ),
        sa.ForeignKeyConstraint(
            ["unit"],
            ["unit.symbol"],
        ),
        sa.PrimaryKeyConstraint("id", "version"),
    )
    with op.batch_alter_table("target", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_target_current"), ["current"], unique=False)
        batch_op.create_index(batch_op.f("ix_target_policy_id"), ["policy_id"], unique=False)
    for table in APPEND_ONLY:
        refuse_changes(table)


def downgrade() -> None:
    for table in APPEND_ONLY:
        allow_changes(table)
    with op.batch_alter_table("target", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_target_policy_id"))
        batch_op.drop_index(batch_op.f("ix_target_current"))

    op.drop_table("target")
    op.drop_table("submissionvalue")
    with op.batch_alter_table("submissionevent", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_submissionevent_submission_id"))

    op.drop_table("submissionevent")
    with op.batch_alter_table("observation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_observation_place_code"))
        batch_op.drop_index(batch_op.f("ix_observation_origin"))

    op.drop_table("observation")
    op.drop_table("indicatormember")
    with op.batch_alter_table("zonestanding", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_zonestanding_zone_code"))

    op.drop_table("zonestanding")
    op.drop_table("zonegroup")
    op.drop_table("submission")
    op.drop_table("seriesbreak")
    op.drop_table("policydocument")
    op.drop_table("indicator")
    op.drop_table("zone")
    op.drop_table("statistic")
    op.drop_table("region")
    op.drop_table("unit")
    op.drop_table("source")
    op.drop_table("place")
    op.drop_table("gapreport")
    op.drop_table("edit")
    op.drop_table("dataversion")
