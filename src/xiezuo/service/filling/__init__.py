"""What a form of the packs means for the work: whom it is about, the service it records, what it may name."""
