"""救助: asked for, assessed, approved by two, handed over, told to the donor."""
