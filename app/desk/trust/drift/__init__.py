"""The page Special tokens: do scores drift when one stands in a step as plain text?"""
