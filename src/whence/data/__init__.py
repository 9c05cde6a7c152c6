"""Tables that belong to no language."""
