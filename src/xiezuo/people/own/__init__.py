"""What is recorded about someone, for themselves."""
