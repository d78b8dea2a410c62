"""Pages of measures: what may be asked, asking it, goals, and the order of need."""
