"""Pictures drawn on the server as SVG: no script, readable in black and white, each with its figures beside it."""
