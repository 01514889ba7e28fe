"""Question to Answer: which words of which article are said. Knows no Discord."""
