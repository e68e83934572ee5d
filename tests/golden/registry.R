# A small SAS data set for the reader of files, written by haven 2.5 (the ReadStat library).
# run from the top of the project:  Rscript tests/golden/registry.R && gzip -9n tests/data/reading/files/registry.sas7bdat
library(haven)
d <- data.frame(PATIENT = c("A", "B", "C"), SEX = c("w", "m", "Größe"),
                OS_MONTHS = c(9.13, 12.5, NA),
                STARTED = as.Date(c("2019-03-28", "2019-04-01", NA)))
attr(d$OS_MONTHS, "label") <- "Overall survival (months)"
suppressWarnings(write_sas(d, "tests/data/reading/files/registry.sas7bdat"))
