"""What leaves Temple as a file: tables, scorecards on paper. Rights are settled by who calls."""
