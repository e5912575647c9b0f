"""Findings that were looked at and accepted, each with its reason, in a file for people."""
