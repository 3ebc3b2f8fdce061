"""Application scenarios: a question, its data, its chain of algorithms and the decision it serves, as documents."""
