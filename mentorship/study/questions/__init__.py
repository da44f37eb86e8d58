"""Interview questions: the bank of ours as data, and practice on it."""
