"""What is wrong with an item, told to who keeps the curriculum: a link that is broken, a text that is unclear."""
