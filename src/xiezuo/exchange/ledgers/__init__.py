"""Ledgers and returns in the asker's own layout, written as workbooks. A layout is a pack of kind "ledger"."""
