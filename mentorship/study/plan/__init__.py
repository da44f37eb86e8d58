"""What somebody means to do: goals with rest days, and the slots of a week; against what they did."""
