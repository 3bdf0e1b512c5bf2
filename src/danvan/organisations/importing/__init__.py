"""Tables this context takes in through kernel.imports: units, people in posts."""
