"""The trained parts: a character encoder and token-classification heads, in thinc."""
