"""How shipped studies of pseudo-patients are made from published tables; no part of the product."""
