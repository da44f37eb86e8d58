"""A timer for study: a row in the database, so that it goes on while every page is closed."""
