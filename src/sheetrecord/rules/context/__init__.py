"""Rules about the Context sheet: questions, people, answers and when they were learned."""
