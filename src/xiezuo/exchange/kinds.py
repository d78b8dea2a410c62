"""What an import does with each type of record."""

# Someone with a line of their own: searched for, then written down or linked.
REGISTERED = ("person", "volunteer", "case", "family_member")
# Someone whom a row of work names; named again in the same file, it is the same one.
MENTIONED = ("attendance", "service_hours", "visit")
# Rows that hang on another row and are taken in with it.
PARTS = {"attendance": "activity", "counted": "activity", "family_member": "case"}
UNTOUCHED = ("stock", "cash")
TAKEN_IN = (
    "person",
    "volunteer",
    "case",
    "family_member",
    "household",
    "activity",
    "attendance",
    "counted",
    "volunteer_hours_row",
    "service_hours",
    "visit",
    "contact",
    "aid",
)
# People first: their households hang on them, and records may name them.
ORDER = {"person": 0, "volunteer": 0, "case": 0, "family_member": 1, "household": 1}
