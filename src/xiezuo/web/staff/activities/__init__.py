"""Pages of activities and of the youth hub's own groups."""
