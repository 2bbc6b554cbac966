"""What is measured, on made-up articles in a temporary database: `make bench`."""
