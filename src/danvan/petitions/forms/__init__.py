"""What is typed about petitions: taking in, classifying, each further act."""
