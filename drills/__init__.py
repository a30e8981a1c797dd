"""Practice: a debtor who answers what the trainee says, eight formats, grading, and when to practise again."""
