"""What aid is reckoned by: its way, who may approve it, what is left of a gift, and what a donor is told."""
