"""Cohorts in numbers: what every app knows of them, on one page a cohort and on one for all."""
