"""Measuring a house: each module measures one kind of thing and gives Measures; nothing of it runs while one works."""
