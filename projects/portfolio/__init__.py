"""What goes on a portfolio beside its rows: the score and its tables, the social cards, forms and pages."""
