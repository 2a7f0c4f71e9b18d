"""Django's PostgreSQL backend, with moments and days that Python cannot hold read as `Unreadable`; see base.py."""
