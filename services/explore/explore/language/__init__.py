"""Words of products, once for each published version: lemmas, mentioned names and related products."""
