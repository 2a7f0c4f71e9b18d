"""Handhold's server. Read docs/where-things-are.md for the way through it."""
