"""Papers made of what is recorded: forms with their answers, and whole files of people and households."""
