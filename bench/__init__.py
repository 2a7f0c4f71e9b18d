"""Measures Handhold on this machine against what the machine can do: `make bench`. Never imported by the site."""
