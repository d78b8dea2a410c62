"""Pages for anyone who was given an address: signing up, signing in, saying what it was like."""
