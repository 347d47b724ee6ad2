# Baseline for the error of an MMRM by leaving out circles or people: nlme::gls fitted again.
# Run from this folder:  Rscript mixed_jackknife.R
suppressPackageStartupMessages(library(nlme))
options(digits = 17)
fev <- read.csv("../../data/fev/fev_data.csv")
fev <- data.frame(id = as.integer(sub("PT", "", fev$USUBJID)), visit = factor(fev$VISITN), y = fev$FEV1)
fev <- fev[!is.na(fev$y), ]
control <- glsControl(tolerance = 1e-12, msTol = 1e-14, maxIter = 500, msMaxIter = 500)
change <- function(data) {
  fit <- gls(y ~ 0 + visit, data, correlation = corSymm(form = ~ as.integer(visit) | id),
             weights = varIdent(form = ~ 1 | visit), method = "REML", control = control)
  c(coef(fit)[["visit4"]] - coef(fit)[["visit1"]],
    sqrt(sum(vcov(fit)[c(1, 4), c(1, 4)] * c(1, -1, -1, 1))))
}
jackknife <- function(case, data, group) {
  all <- change(data)
  each <- vapply(unique(group), function(g) change(data[group != g, ])[1], 0)
  n <- length(each)
  data.frame(case = case, groups = n, estimate = all[1], se_model = all[2],
             se = sqrt((n - 1) / n * sum((each - mean(each))^2)))
}
few <- fev[fev$id <= 50, ]
out <- rbind(jackknife("circles", fev, fev$id %% 12), jackknife("people", few, few$id))
write.csv(out, "mixed_jackknife.csv", row.names = FALSE)
