"""The chart and the wall sheets of a plan."""
