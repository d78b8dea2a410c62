"""Finding a person by any scrap: what is kept for it, how a scrap is understood, who comes first, and why they fit."""
