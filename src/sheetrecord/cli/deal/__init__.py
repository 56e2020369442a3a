"""Commands about deals: closed, handed over, briefed, compared, found."""
