"""What twin:runensemble declares, and the process that computes its runs."""
