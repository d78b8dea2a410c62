"""The year report over very many rows, in columns: rows are invented straight into Parquet."""

import tempfile
import time
from importlib.util import find_spec
from pathlib import Path

from xiezuo.config.cli.measuring.measure import Measure
from xiezuo.config.cli.words import _

YEAR = 2025
# Eighteen years of rows for the services, a tenth of them helpers and a tenth records; people come back.
HEAD = """
    SELECT DATE '2008-01-01' + CAST(hash(i) % 6574 AS INTEGER) AS "on", 'day' AS precision,
    'site ' || (hash(i + 1) % 8) AS site, ['care', 'rights', 'capacity', ''][1 + CAST(hash(i + 2) % 4 AS BIGINT)] AS line,
    ['activity', 'group', 'visit', 'course', 'checkin'][1 + CAST(hash(i + 3) % 5 AS BIGINT)] AS method
"""
ROWS = {
    "takings": """, CASE WHEN hash(i + 4) % 12 = 0 THEN NULL ELSE CAST(hash(i + 5) % {people} AS BIGINT) END AS who,
        hash(i + 4) % 12 > 0 AS named, hash(i + 6) % 50 = 0 AS helping, false AS invented,
        CAST(CASE WHEN hash(i + 4) % 12 = 0 THEN 5 ELSE 1 END AS BIGINT) AS count, CAST(NULL AS BIGINT) AS stated_heads
        FROM range({rows}) t(i)""",
    "helpings": """, CAST(hash(i + 7) % {people} AS BIGINT) AS who, CAST(1 AS BIGINT) AS count, CAST(90 AS BIGINT) AS minutes
        FROM range({rows} // 10) t(i)""",
    "records": """, CAST(hash(i + 8) % 500 AS BIGINT) AS series, CAST(60 AS BIGINT) AS minutes
        FROM range({rows} // 10) t(i)""",
}


def measure(rows: int) -> list[Measure]:
    """Every indicator of one year, for the whole and by month, by site and by line."""
    if not rows or find_spec("duckdb") is None or find_spec("ibis") is None:
        return []
    import duckdb

    from xiezuo.insight.analytics.figures import Snapshot

    with tempfile.TemporaryDirectory(prefix="xiezuo-columns-") as folder:
        for name, what in ROWS.items():
            select = (HEAD + what).format(rows=rows, people=max(rows // 25, 1))
            duckdb.sql(f"COPY ({select}) TO '{Path(folder, name)}.parquet' (FORMAT parquet)")
        began = time.perf_counter()
        snapshot = Snapshot(Path(folder))
        whole = snapshot.year(YEAR)
        told = time.perf_counter() - began
        for by in ("month", "site", "line"):
            snapshot.year(YEAR, by)
        everything = time.perf_counter() - began
    words = _("the year report from %(n)s rows in columns")
    return [
        Measure(words % {"n": f"{rows:,}"}, told, 5, "s"),
        Measure(_("the same, also by month, site and line"), everything, None, "s"),
        Measure(_("different people in it"), float(whole["headcount"][""]), None, ""),
    ]
