"""Search over everything that one person may see."""
