# Baselines for evidencia.mixed: nlme::gls, lme4, lmerTest, pbkrtest, lm.
# Run from this folder:  Rscript mixed.R
suppressPackageStartupMessages({
  library(nlme); library(lme4); library(lmerTest); library(pbkrtest)
})
options(digits = 17)
save <- function(x, file) write.csv(x, file, row.names = FALSE, na = "")

# --- MMRM: arm x visit, baseline x visit -----------------------------------------------------
fev <- read.csv("../../data/fev/fev_data.csv")
fev <- data.frame(id = fev$USUBJID, visit = factor(fev$VISITN), arm = as.numeric(fev$ARMCD == "TRT"),
                  base = fev$FEV1_BL, extra = as.numeric(fev$SEX == "Female"), y = fev$FEV1)
dep <- read.csv("../../data/antidepressant/antidepressant_data.csv")
dep <- data.frame(id = dep$PATIENT, visit = factor(dep$VISIT - 3), arm = as.numeric(dep$THERAPY == "DRUG"),
                  base = dep$BASVAL, extra = as.numeric(dep$GENDER == "F"), y = dep$CHANGE)
shapes <- list(
  unstructured = list(corSymm(form = ~ as.integer(visit) | id), varIdent(form = ~ 1 | visit)),
  ar1h = list(corAR1(form = ~ as.integer(visit) | id), varIdent(form = ~ 1 | visit)),
  ar1 = list(corAR1(form = ~ as.integer(visit) | id), NULL),
  compound_symmetry = list(corCompSymm(form = ~ 1 | id), NULL)
)
control <- glsControl(tolerance = 1e-12, msTol = 1e-14, maxIter = 500, msMaxIter = 500)
one_gls <- function(name, data, shape) {
  data <- data[!is.na(data$y), ]
  fit <- gls(y ~ 0 + visit + visit:arm + visit:base + extra, data, correlation = shapes[[shape]][[1]],
             weights = shapes[[shape]][[2]], method = "REML", control = control)
  b <- coef(fit); at <- grep(":arm", names(b))
  data.frame(data = name, covariance = shape, visit = seq_along(at), estimate = b[at],
             se = sqrt(diag(vcov(fit)))[at], loglik = as.numeric(logLik(fit)))
}
out <- NULL
for (shape in names(shapes)) {
  out <- rbind(out, one_gls("fev", fev, shape), one_gls("antidepressant", dep, shape))
}
save(out, "mixed_gls.csv")

# --- Nested random intercepts: man in group in site, unbalanced -------------------------------
set.seed(20261121)
site <- rep(1:9, times = c(2, 3, 2, 4, 3, 2, 3, 3, 2))
groups <- data.frame(site = site, group = seq_along(site))
men <- groups[rep(seq_len(nrow(groups)), sample(3:7, nrow(groups), TRUE)), ]
men$man <- seq_len(nrow(men))
men$treated <- as.numeric(men$group %% 2 == 0)
men$age <- round(rnorm(nrow(men), 35, 9))
rows <- men[rep(seq_len(nrow(men)), sample(1:4, nrow(men), TRUE)), ]
rows$time <- ave(rows$man, rows$man, FUN = seq_along) - 1
rows$y <- with(rows, 12 - 1.5 * treated - 0.8 * time + 0.05 * age + rnorm(9, 0, 1.2)[site] +
  rnorm(nrow(groups), 0, 1)[group] + rnorm(nrow(men), 0, 2.5)[man] + rnorm(nrow(rows), 0, 2))
save(rows, "mixed_nested_data.csv")

tight <- lmerControl(optimizer = "bobyqa", optCtrl = list(rhoend = 1e-12, maxfun = 1e6))
coefficients_of <- function(case, fit) {
  kr <- vcovAdj(fit); names <- names(fixef(fit))
  satterthwaite <- summary(fit, ddf = "Satterthwaite")$coefficients
  df <- vapply(seq_along(names), function(i) {
    l <- matrix(0, 1, length(names)); l[i] <- 1
    Lb_ddf(l, vcov(fit), kr)
  }, 0)
  data.frame(case = case, name = names, estimate = fixef(fit), se = sqrt(diag(as.matrix(vcov(fit)))),
             df_satterthwaite = satterthwaite[, "df"], se_kr = sqrt(diag(as.matrix(kr))), df_kr = df)
}
variances_of <- function(case, fit) {
  v <- as.data.frame(VarCorr(fit))
  data.frame(case = case, level = v$grp, variance = v$vcov, loglik = as.numeric(logLik(fit)))
}
fits <- list(
  three_levels = lmerTest::lmer(y ~ treated + time + age + (1 | site) + (1 | group) + (1 | man), rows, control = tight),
  two_levels = lmerTest::lmer(y ~ treated + time + age + (1 | group) + (1 | man), rows, control = tight),
  one_level = lmerTest::lmer(y ~ treated + time + age + (1 | man), rows, control = tight)
)

# --- Stepped wedge: 8 clusters, 5 periods, 2 cross each period --------------------------------
wedge <- expand.grid(person = 1:6, period = 1:5, cluster = 1:8)
wedge <- wedge[runif(nrow(wedge)) < 0.85, ]
wedge$treated <- as.numeric(wedge$period > (wedge$cluster + 1) %/% 2)
wedge$y <- with(wedge, 20 - 0.6 * period - 1.2 * treated + rnorm(8, 0, 1.1)[cluster] +
  rnorm(40, 0, 0.9)[(cluster - 1) * 5 + period] + rnorm(nrow(wedge), 0, 3))
save(wedge, "mixed_wedge_data.csv")
fits$wedge_exchangeable <- lmerTest::lmer(y ~ 0 + factor(period) + treated + (1 | cluster), wedge, control = tight)
fits$wedge_nested <- lmerTest::lmer(
  y ~ 0 + factor(period) + treated + (1 | cluster) + (1 | cluster:period), wedge, control = tight)
# --- The same people asked again: person, cluster and its periods, crossed --------------------
cohort <- expand.grid(person = 1:6, period = 1:5, cluster = 1:8)
cohort$unit <- cohort$cluster * 100 + cohort$person
cohort$treated <- as.numeric(cohort$period > (cohort$cluster + 1) %/% 2)
cohort$y <- with(cohort, 20 - 0.6 * period - 1.2 * treated + rnorm(8, 0, 1.1)[cluster] +
  rnorm(40, 0, 1)[(cluster - 1) * 5 + period] + rnorm(48, 0, 2)[as.integer(factor(unit))] +
  rnorm(nrow(cohort), 0, 1.5))
cohort <- cohort[runif(nrow(cohort)) < 0.8 & !(cohort$cluster == 3 & cohort$period == 5), ]
save(cohort, "mixed_cohort_data.csv")
fits$wedge_cohort <- lmerTest::lmer(
  y ~ 0 + factor(period) + treated + (1 | unit) + (1 | cluster:period) + (1 | cluster), cohort, control = tight)
save(do.call(rbind, Map(coefficients_of, names(fits), fits)), "mixed_lmer.csv")
save(do.call(rbind, Map(variances_of, names(fits), fits)), "mixed_variances.csv")

# --- Analysis of covariance at the last visit, with HC3 ---------------------------------------
last <- dep[dep$visit == 4, ]
fit <- lm(y ~ arm + base + extra, last)
x <- model.matrix(fit); bread <- solve(crossprod(x))
meat <- crossprod(x * (resid(fit) / (1 - hatvalues(fit))))
save(data.frame(estimate = coef(fit)["arm"], se = sqrt(vcov(fit)["arm", "arm"]), df = fit$df.residual,
                se_hc3 = sqrt((bread %*% meat %*% bread)["arm", "arm"])), "mixed_ancova.csv")
