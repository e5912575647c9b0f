"""Spelling: of names of people and places beside their characters, and of words in two ways."""
