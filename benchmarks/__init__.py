"""What is measured, by commands that anybody can repeat; results in `results/` as JSON."""
