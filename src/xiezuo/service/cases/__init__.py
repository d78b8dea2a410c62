"""The way of a case: which form moves it where, what is missing for the next step, and what a page tells of it."""
