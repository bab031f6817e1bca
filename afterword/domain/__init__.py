"""What is true of following up after an interview: no clock, no input or output, frozen data only."""
