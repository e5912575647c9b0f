"""Make the copies of the sample texts in other formats."""
