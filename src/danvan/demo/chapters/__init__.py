"""The chapters of the year, each a list of steps that the persons of the city take."""
