"""Pages of figures added up: breakdowns, the year report, ledgers, targets, what left the house."""
