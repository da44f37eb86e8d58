"""Posts sent on to other places: one small interface (`destination`), and one module for each place."""
