"""Getting ready for interviews: practice, reviews and mock interviews in one picture."""
