"""What a funder is shown for a project: figures with their rules, people without their names, photos that may be shown."""
