"""Figures over very many rows: a snapshot of what counts, in columns, and the year report computed from it.

Needs the extra `xiezuo[analytics]` (DuckDB, Ibis, pyarrow); nothing else of the house imports it when it starts.
"""
