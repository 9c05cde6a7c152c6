"""This room is not open yet."""
