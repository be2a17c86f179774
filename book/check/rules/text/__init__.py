"""Rules over what readers meet as text: words, flow, structure, links, sources, safety, statements, signs."""
