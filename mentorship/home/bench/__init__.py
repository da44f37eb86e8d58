"""How quick the pages are at size, as ratios to a floor page that is measured in turn in the same run."""
