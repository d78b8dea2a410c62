"""What a snapshot holds: one file for each kind of row, with the columns of the record written beside each row.

No name, label, number, text or id of the house is in it. Whoever and whatever must be told apart has a number that was
drawn at random for this snapshot alone. Sites are public and stand with their name.
"""

import pyarrow as pa

RECORD = [
    ("on", pa.date32()),
    ("precision", pa.string()),
    ("site", pa.string()),
    ("line", pa.string()),
    ("method", pa.string()),
]
RECORDS = pa.schema(
    [
        *RECORD,
        ("series", pa.int64()),
        ("minutes", pa.int64()),
        ("case", pa.int64()),
        ("begins", pa.bool_()),
        ("home", pa.int64()),
        ("fen", pa.int64()),
    ]
)
# `who`: one number for one person, and for one nickname within its series (CNT-1); null for those counted only.
TAKINGS = pa.schema(
    [
        *RECORD,
        ("who", pa.int64()),
        ("named", pa.bool_()),
        ("helping", pa.bool_()),
        ("invented", pa.bool_()),
        ("count", pa.int64()),
        ("stated_heads", pa.int64()),
    ]
)
HELPINGS = pa.schema([*RECORD, ("who", pa.int64()), ("count", pa.int64()), ("minutes", pa.int64())])
FILES = {"records": RECORDS, "takings": TAKINGS, "helpings": HELPINGS}
