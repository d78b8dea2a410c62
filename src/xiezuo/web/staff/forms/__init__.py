"""Forms of the packs on the screen: chosen, filled in, shown, corrected, decided about."""
