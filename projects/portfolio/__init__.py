"""What goes on a portfolio beside its rows: the score and its tables, forms and pages."""
