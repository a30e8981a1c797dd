"""The screens: one file each; they ask, call `coach` once, and draw."""
