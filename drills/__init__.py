"""Practice: a debtor who answers what is said, eight formats, grading, and when to practise again."""
