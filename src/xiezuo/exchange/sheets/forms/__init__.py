"""Sheets that are filled in, not lists: labels with their values, and lists of names with facts above them."""
