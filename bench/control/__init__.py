"""What most would build: Django REST framework as its tutorial shows it, one table, one token, one task a log."""
