"""What `make` runs. What comes before the virtual environment exists uses the standard library only."""
