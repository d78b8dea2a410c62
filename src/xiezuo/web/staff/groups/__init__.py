"""Pages of group work."""
