"""Addresses of packages, each group covered by a test of its own."""

ROWS = []
COVERED = {
    "admin:": "tests/access/test_django_admin.py",
    "account_": "tests/people/",
    "mfa_": "tests/people/",
    "usersessions_": "tests/people/",
    "socialaccount_": "tests/people/",
    "social/": "tests/people/",
    "github_": "tests/people/",
    "google_": "tests/people/",
}
