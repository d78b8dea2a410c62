"""Lists that leave the house: for what, which columns, which rows, and the file."""
