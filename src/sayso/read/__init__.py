"""Reading: an article in, a Reading out."""
