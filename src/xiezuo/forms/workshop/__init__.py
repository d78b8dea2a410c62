"""The workshop of packs: versions written, read, published and replaced in this house, and files that come and go."""
