"""The ledger's tables, as the newest migration leaves them (a test holds the two together).

Rows are only ever added: a re-reading adds a reading with its claims, and listings show the latest; a decision
supersedes the one before. The single column that is ever set later is ``decision.superseded_at``. ``decided`` and the
tables of linking, at the end, are the exception: they say what readings and decisions, taken together, come to, change
as these arrive, and can be made again from them at any time.

``key`` columns number rows in the order in which they were stored. The ids that people see (``article.id``,
``claim.id``) come from the input alone, so an id may occur once for each version or reading.
``*_folded`` columns hold case-folded copies, so that names match in the same way in every database.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

HEAD = "0006"
"""The newest migration. Numbers only: a greater one means that a newer Sayso wrote the ledger."""

tables = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# Which Sayso brought the ledger to which schema; it also tells a ledger from another program's database.
upgrade = Table(
    "sayso_upgrade",
    tables,
    Column("key", Integer, primary_key=True),
    Column("schema", Text, nullable=False),
    Column("sayso", Text, nullable=False),
    Column("at", Text, nullable=False),
)

# The bytes as they were received, zlib-compressed, each kept once.
snapshot = Table(
    "snapshot",
    tables,
    Column("sha256", Text, primary_key=True),
    Column("data", LargeBinary, nullable=False),
)

# An article as it was read. A later reading of the same bytes may extract or date it otherwise: that adds a version.
article = Table(
    "article",
    tables,
    Column("key", Integer, primary_key=True),
    Column("id", Text, nullable=False),
    Column("sha256", Text, ForeignKey("snapshot.sha256"), nullable=False),
    Column("location", Text, nullable=False),
    Column("outlet", Text),
    Column("outlet_folded", Text),
    Column("title", Text),
    Column("published", Text),
    Column("url", Text),
    Column("language", Text),
    Column("words", Integer, nullable=False),
    Column("text", LargeBinary, nullable=False),  # zlib-compressed UTF-8
    Column("stored_at", Text, nullable=False),
    Column("text_sha256", Text),  # of the UTF-8; this and the next are null where a Sayso before schema 5 stored it
    Column("extraction", Text),  # JSON: the tool that made the text from the bytes, its version and settings
    Index(None, "id", "key"),
)

# One reading of one version of an article. ``body`` is the reading's JSON without its article, zlib-compressed;
# ``embeddings`` are those of its attributions, 384 float16 each.
reading = Table(
    "reading",
    tables,
    Column("key", Integer, primary_key=True),
    Column("article_id", Text, nullable=False),
    Column("article_key", Integer, ForeignKey("article.key"), nullable=False),
    Column("sayso", Text, nullable=False),
    Column("model", Text, nullable=False),
    Column("reader", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("embeddings", LargeBinary),
    Column("read_at", Text, nullable=False),
    UniqueConstraint("article_id", "sayso", "model", "reader"),
)

# ``chain``, ``spans``, ``figures`` and ``evidence`` are JSON, as in the row that the commands print.
claim = Table(
    "claim",
    tables,
    Column("key", Integer, primary_key=True),
    Column("id", Text, nullable=False),
    Column("reading_key", Integer, ForeignKey("reading.key"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("claimant", Text),
    Column("claimant_id", Text),
    Column("chain", Text, nullable=False),
    Column("stance", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("spans", Text, nullable=False),
    Column("event_type", Text),
    Column("certainty", Text),
    Column("place", Text),
    Column("place_folded", Text),
    Column("lat", Float),
    Column("lon", Float),
    Column("date", Text),
    Column("figures", Text, nullable=False),
    Column("evidence", Text, nullable=False),
    Column("confidence", Float, nullable=False),
    UniqueConstraint("reading_key", "position"),
    Index(None, "id"),
    Index(None, "claimant_id"),
)

# Each party named in a claim's chain: place 0 is the outlet, the last one is the claimant.
mention = Table(
    "mention",
    tables,
    Column("claim_key", Integer, ForeignKey("claim.key"), primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("claimant_id", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("name_folded", Text, nullable=False),
    Index(None, "claimant_id"),
)

# What a person says: of a claim, known by its id, so that it outlives a re-reading that finds the same claim; of two
# claims; or of two claimants, known by theirs. Of two, ``about`` is the lesser id. ``detail`` is JSON: what a claim's
# row has that was not read so, or the two names.
decision = Table(
    "decision",
    tables,
    Column("key", Integer, primary_key=True),
    Column("verdict", Text, nullable=False),
    Column("about", Text, nullable=False),
    Column("other", Text),
    Column("detail", Text),
    Column("note", Text),
    Column("user", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("superseded_at", Text),
    Index(None, "about"),
)

# What decisions make of a claim: the verdict that holds, and its row as it then stands. Like the tables of linking, it
# can be made again at any time, from decisions and readings.
decided = Table(
    "decided",
    tables,
    Column("claim_key", Integer, ForeignKey("claim.key"), primary_key=True),
    Column("verdict", Text, nullable=False),
    Column("claimant", Text),
    Column("claimant_id", Text),
    Column("claimant_folded", Text),
    Column("chain", Text, nullable=False),
    Column("stance", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("spans", Text, nullable=False),
    Column("figures", Text, nullable=False),
    Index(None, "claimant_id"),
)

quarantine = Table(
    "quarantine",
    tables,
    Column("key", Integer, primary_key=True),
    Column("location", Text, nullable=False),
    Column("sha256", Text),
    Column("reason", Text, nullable=False),
    Column("at", Text, nullable=False),
    Index(None, "location"),
)

# What happens to articles, claims and decisions, in order, the first with key 1 and none left out. ``hash`` is the
# SHA-256 of the entry and of the hash before it; ``detail`` is JSON.
log = Table(
    "log",
    tables,
    Column("key", Integer, primary_key=True, autoincrement=False),
    Column("at", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("subject", Text),
    Column("detail", Text, nullable=False),
    Column("hash", Text, nullable=False),
    Index(None, "subject"),
)

# How far the log goes, kept a second time: one row, the only one in the ledger's evidence that changes.
log_head = Table(
    "log_head",
    tables,
    Column("key", Integer, primary_key=True, autoincrement=False),
    Column("entries", Integer, nullable=False),
    Column("hash", Text, nullable=False),
)

# Time stamps of RFC 3161: that an entry's hash existed then, on the word of an authority.
stamp = Table(
    "stamp",
    tables,
    Column("key", Integer, primary_key=True),
    Column("log_key", Integer, ForeignKey("log.key"), nullable=False),
    Column("authority", Text, nullable=False),
    Column("token", LargeBinary, nullable=False),
)

# What was asked of a server, and what it answered: ``sha256`` is that of the WARC records that hold it, kept as a
# snapshot; ``payload_sha256`` that of the page itself, by which articles have it.
exchange = Table(
    "exchange",
    tables,
    Column("key", Integer, primary_key=True),
    Column("url", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("status", Integer, nullable=False),
    Column("sha256", Text, ForeignKey("snapshot.sha256"), nullable=False),
    Column("payload_sha256", Text),
    Column("etag", Text),
    Column("last_modified", Text),
    Index(None, "url"),
    Index(None, "payload_sha256"),
)

# Pictures and videos, each set of bytes once. Small ones are kept as snapshots with the same hash.
medium = Table(
    "medium",
    tables,
    Column("key", Integer, primary_key=True),
    Column("sha256", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    UniqueConstraint("sha256"),
)

# What was found in one, by the tools and settings in ``made_with``; the latest look is shown. ``says`` (what the file
# says of itself) and ``credentials`` (its C2PA manifest) are JSON; ``thumbnail`` is a small JPEG, drawn anew.
look = Table(
    "look",
    tables,
    Column("key", Integer, primary_key=True),
    Column("medium_key", Integer, ForeignKey("medium.key"), nullable=False),
    Column("at", Text, nullable=False),
    Column("made_with", Text, nullable=False),
    Column("width", Integer),
    Column("height", Integer),
    Column("seconds", Float),
    Column("says", Text, nullable=False),
    Column("credentials", Text),
    Column("thumbnail", LargeBinary),
    Column("problem", Text),
    Index(None, "medium_key"),
)

# The pictures in it that were hashed: one, or those of a video. ``pdq`` is 64 hexadecimal digits.
frame = Table(
    "frame",
    tables,
    Column("look_key", Integer, ForeignKey("look.key"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("seconds", Float),
    Column("pdq", Text, nullable=False),
    Column("quality", Integer, nullable=False),
)

# Where like hashes are looked up: each in 16 pieces of 16 bits; ``piece`` is the piece's number times 65,536, plus
# its bits.
piece = Table(
    "piece",
    tables,
    Column("piece", Integer, primary_key=True, autoincrement=False),
    Column("look_key", Integer, primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

# Where a picture or video was seen: in an article, with a claim, under an address; and who gave which file.
sighting = Table(
    "sighting",
    tables,
    Column("key", Integer, primary_key=True),
    Column("medium_key", Integer, ForeignKey("medium.key"), nullable=False),
    Column("article_id", Text),
    Column("claim_id", Text),
    Column("url", Text),
    Column("location", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("at", Text, nullable=False),
    Index(None, "medium_key"),
    Index(None, "article_id"),
    Index(None, "url"),
)

# The addresses of pictures and videos that the pages of articles show; and which pages were gone through for them.
cited = Table(
    "cited",
    tables,
    Column("article_id", Text, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("what", Text, nullable=False),
    Column("url", Text, nullable=False),
    Index(None, "url"),
)

gone_through = Table(
    "gone_through",
    tables,
    Column("article_id", Text, primary_key=True),
    Column("at", Text, nullable=False),
)

# What linking makes of the readings.

# An article as it was linked: by its latest reading then. ``episodes`` are ``sayso.types.Episode``s, packed;
# ``attributed`` has for each claim the number of its attribution, or null, as JSON.
linked = Table(
    "linked",
    tables,
    Column("key", Integer, primary_key=True),
    Column("article_id", Text, nullable=False),
    Column("reading_key", Integer, ForeignKey("reading.key"), nullable=False),
    Column("published", Text),
    Column("outlet", Text),
    Column("wire", Text),
    Column("episodes", LargeBinary, nullable=False),
    Column("attributed", Text, nullable=False),
    UniqueConstraint("article_id"),
    Index(None, "reading_key"),
)

# Where what may be alike is looked up: ``under`` is a 63-bit hash, ``number`` that of an episode or claim in it.
filed = Table(
    "filed",
    tables,
    Column("kind", Integer, primary_key=True, autoincrement=False),
    Column("under", BigInteger, primary_key=True, autoincrement=False),
    Column("linked_key", Integer, primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Index(None, "linked_key"),
    sqlite_with_rowid=False,
)

# What was found to be alike, each pair in both directions: articles that copy (``score`` is the share of ``a``'s text
# that is ``b``'s), and episodes of one event.
alike = Table(
    "alike",
    tables,
    Column("kind", Integer, primary_key=True, autoincrement=False),
    Column("a", Integer, primary_key=True, autoincrement=False),
    Column("a_number", Integer, primary_key=True, autoincrement=False),
    Column("b", Integer, primary_key=True, autoincrement=False),
    Column("b_number", Integer, primary_key=True, autoincrement=False),
    Column("score", Float, nullable=False),
    sqlite_with_rowid=False,
)

echo = Table(
    "echo",
    tables,
    Column("article_id", Text, primary_key=True),
    Column("origin_id", Text, nullable=False),
    Column("share", Float, nullable=False),
    Column("wire", Text),
    Index(None, "origin_id"),
)

# ``body`` is the story's row as JSON.
story = Table(
    "story",
    tables,
    Column("id", Text, primary_key=True),
    Column("first", Text),
    Column("last", Text),
    Column("place_folded", Text),
    Column("body", Text, nullable=False),
    Index(None, "last"),
)

# Which episode of which linked article belongs to which story.
part = Table(
    "part",
    tables,
    Column("linked_key", Integer, primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("story_id", Text, nullable=False),
    Index(None, "story_id"),
)

# The story that a claim tells of, the earlier claim that it only repeats, and how many stand with it and against it.
told = Table(
    "told",
    tables,
    Column("claim_id", Text, primary_key=True),
    Column("story_id", Text, nullable=False),
    Column("echo_of", Text),
    Column("origins_for", Integer),
    Column("claimants_for", Integer),
    Column("origins_against", Integer),
    Column("claimants_against", Integer),
    Index(None, "story_id"),
)

link = Table(
    "link",
    tables,
    Column("from_id", Text, primary_key=True),
    Column("to_id", Text, primary_key=True),
    Column("relation", Text, primary_key=True),
    Column("why", Text, nullable=False),
    Column("score", Float, nullable=False),
    Index(None, "to_id"),
)

# ``body`` is the warning's row as JSON.
warning = Table(
    "warning",
    tables,
    Column("claim_id", Text, primary_key=True),
    Column("body", Text, nullable=False),
)

# The bodies whose word the user calls findings.
finder = Table(
    "finder",
    tables,
    Column("name_folded", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("at", Text, nullable=False),
)
