"""What use cases return, as the JSON of the contract: one function an answer, for every face."""
