"""The tables of schools, a workspace's own rubrics, and reviews with their ratings, evidence and goals."""

from sqlalchemy import Column, Date, ForeignKeyConstraint, Index, Integer, String, Table, Text, text

from storage.tables.base import Moment, belongs_to, id_column, metadata, workspace_column

schools = Table(
    "schools",
    metadata,
    workspace_column(),
    id_column(),
    Column("code", String, nullable=False),
    # The code as it is matched: without regard to case.
    Column("code_key", String, nullable=False),
    Column("name", String, nullable=False, server_default=""),
    # An IANA name; null means the zone of LEVERS_TIME_ZONE.
    Column("time_zone", String),
    Column("network", String, nullable=False, server_default=""),
    Index("uq_schools_workspace_code_key", "workspace", "code_key", unique=True),
)

# Rubrics that come with Levers are global and live in its package, not here.
rubrics = Table(
    "rubrics",
    metadata,
    workspace_column(),
    id_column(),
    Column("rubric_id", String, nullable=False),
    Column("version", String, nullable=False),
    # The file as it was added: a published version is never edited.
    Column("source", Text, nullable=False),
    Column("added_at", Moment, nullable=False),
    Index("uq_rubrics_workspace_rubric_id_version", "workspace", "rubric_id", "version", unique=True),
)

reviews = Table(
    "reviews",
    metadata,
    workspace_column(),
    id_column(),
    Column("school_id", String, nullable=False),
    Column("date", Date, nullable=False),
    Column("rubric_id", String, nullable=False),
    Column("rubric_version", String, nullable=False),
    Column("label", String, nullable=False, server_default=""),
    Column("digest", String, nullable=False),
    Column("imported_at", Moment, nullable=False),
    # Held until somebody releases it.
    Column("released_at", Moment),
    Column("released_by", String),
    Column("replaced_at", Moment),
    Column("replaced_by", String),
    belongs_to("schools", "school_id"),
    belongs_to("reviews", "replaced_by"),
    Index(
        "uq_reviews_current",
        "workspace",
        "school_id",
        "date",
        "rubric_id",
        unique=True,
        sqlite_where=text("replaced_at IS NULL"),
        postgresql_where=text("replaced_at IS NULL"),
    ),
    Index("ix_reviews_workspace_school_id", "workspace", "school_id"),
)

ratings = Table(
    "ratings",
    metadata,
    Column("workspace", String, primary_key=True),
    Column("review_id", String, primary_key=True),
    # The rating's place in the review, whose ratings stand in rubric order.
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("domain", String, nullable=False),
    Column("indicator", String, nullable=False),
    Column("level", String, nullable=False),
    Column("summary", Text, nullable=False, server_default=""),
    belongs_to("reviews", "review_id", ondelete="CASCADE"),
    sqlite_with_rowid=False,
)

evidence = Table(
    "evidence",
    metadata,
    Column("workspace", String, primary_key=True),
    Column("review_id", String, primary_key=True),
    # The position of the rating that the statement stands under.
    Column("rating", Integer, primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("source", String, nullable=False),
    Column("statement", Text, nullable=False),
    Column("audience", String, nullable=False),
    ForeignKeyConstraint(
        ["workspace", "review_id", "rating"],
        ["ratings.workspace", "ratings.review_id", "ratings.position"],
        ondelete="CASCADE",
    ),
    sqlite_with_rowid=False,
)

goals = Table(
    "goals",
    metadata,
    Column("workspace", String, primary_key=True),
    Column("review_id", String, primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("text", Text, nullable=False),
    Column("result", String, nullable=False),
    belongs_to("reviews", "review_id", ondelete="CASCADE"),
    sqlite_with_rowid=False,
)
