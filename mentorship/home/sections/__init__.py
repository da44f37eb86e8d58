"""Home, in sections: one for each thing that a person is. A person who is several of them sees them together."""
