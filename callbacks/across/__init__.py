"""The numbers of a view in every data set that fits a publication equally well."""
