"""Demo people with five weeks behind them, made with the program's own verbs, so that no page is empty."""
