# Baselines for evidencia.hazards, made once and committed; the tests only read the CSV files.
# Run from this folder:  Rscript hazards.R
# veteran: Kalbfleisch & Prentice (1980), in R's survival. ovarian: Edmonson et al. (1979), ditto.
# rounds: simulated here; whole times (many ties), strata, clusters, late entry.
suppressPackageStartupMessages({
  library(survival)
  library(sandwich)
})
options(digits = 17)

set.seed(20240611)
n <- 240
cluster <- rep(1:24, each = 10)
arm <- as.integer(cluster %% 2)
score <- round(rnorm(n), 3)
site <- sample(c("a", "b", "c"), n, replace = TRUE)
hazard <- 0.12 * exp(-0.5 * arm + 0.3 * score + rnorm(24, sd = 0.3)[cluster])
last <- rgeom(n, pmin(hazard, 0.9)) + 1
limit <- sample(4:12, n, replace = TRUE)
join <- pmin(sample(0:3, n, replace = TRUE), pmin(last, limit) - 1)
rounds <- data.frame(
  time = pmin(last, limit), event = as.integer(last <= limit), entry = join, arm = arm,
  score = score, stratum = site, cluster = cluster
)
vet <- data.frame(
  time = veteran$time, event = veteran$status, entry = NA, arm = veteran$trt - 1,
  score = veteran$karno / 10, stratum = as.character(veteran$celltype), cluster = NA
)
ov <- data.frame(
  time = ovarian$futime, event = ovarian$fustat, entry = NA, arm = ovarian$rx - 1,
  score = ovarian$age, stratum = as.character(ovarian$ecog.ps), cluster = NA
)
data <- list(veteran = vet, ovarian = ov, rounds = rounds)
out <- list()
add <- function(case, model, quantity, name, value) {
  out[[length(out) + 1]] <<- data.frame(
    case = case, model = model, quantity = quantity, name = name, value = as.numeric(value)
  )
}
control <- coxph.control(eps = 1e-13, toler.chol = 1e-14, iter.max = 50)
add_cox <- function(case, model, fit) {
  add(case, model, "coefficient", names(coef(fit)), coef(fit))
  add(case, model, "se", names(coef(fit)), sqrt(diag(vcov(fit))))
  add(case, model, "log_likelihood", c("null", "fitted"), fit$loglik)
  for (transform in c("km", "identity", "rank", "log")) {
    z <- cox.zph(fit, transform = transform)$table
    add(case, model, paste0("zph_", transform), rownames(z), z[, "chisq"])
  }
}
for (case in names(data)) {
  d <- data[[case]]
  y <- Surv(d$time, d$event)
  add_cox(case, "plain", coxph(y ~ arm + score, d, ties = "efron", control = control))
  add_cox(case, "strata", coxph(y ~ arm + score + strata(stratum), d, control = control))
  for (model in c("plain", "strata")) {
    form <- if (model == "plain") y ~ arm else y ~ arm + strata(stratum)
    test <- survdiff(form, d)
    total <- function(x) if (is.matrix(x)) rowSums(x) else x
    add(case, model, "observed", c("0", "1"), total(test$obs))
    add(case, model, "expected", c("0", "1"), total(test$exp))
    add(case, model, "log_rank", "chi2", test$chisq)
  }
  three <- survdiff(y ~ stratum, d)
  add(case, "by_stratum", "log_rank", "chi2", three$chisq)
  for (who in 0:1) {
    part <- d[d$arm == who, ]
    tau <- quantile(d$time, 0.6, type = 1)
    s <- summary(survfit(Surv(time, event) ~ 1, part), rmean = tau)$table
    add(case, "rmst", "horizon", "tau", tau)
    add(case, "rmst", "mean", as.character(who), s[["rmean"]])
    add(case, "rmst", "se", as.character(who), s[["se(rmean)"]])
  }
}
add_cox("rounds", "entry", coxph(Surv(entry, time, event) ~ arm + score + strata(stratum),
  rounds, control = control))
robust <- coxph(Surv(time, event) ~ arm + score, rounds, cluster = cluster, control = control)
add("rounds", "cluster", "coefficient", names(coef(robust)), coef(robust))
add("rounds", "cluster", "se", names(coef(robust)), sqrt(diag(vcov(robust))))
late <- coxph(Surv(entry, time, event) ~ arm + score + strata(stratum), rounds,
  cluster = cluster, control = control)
add("rounds", "late_cluster", "se", names(coef(late)), sqrt(diag(vcov(late))))

long <- rounds[rep(seq_len(n), rounds$time), ]
long$period <- sequence(rounds$time)
long$happened <- as.integer(long$event == 1 & long$period == long$time)
for (link in c("cloglog", "logit")) {
  fit <- glm(happened ~ 0 + factor(period) + arm + score, binomial(link), long,
    control = list(epsilon = 1e-14, maxit = 100))
  b <- coef(fit)[c("arm", "score")]
  add("rounds", link, "coefficient", names(b), b)
  add("rounds", link, "se", names(b), sqrt(diag(vcov(fit)))[names(b)])
  robust <- vcovCL(fit, cluster = long$cluster, type = "HC0", cadj = TRUE)
  add("rounds", link, "se_cluster", names(b), sqrt(diag(robust))[names(b)])
  add("rounds", link, "log_likelihood", "fitted", logLik(fit))
  h <- predict(fit, data.frame(period = 1:3, arm = 0, score = 0), type = "response")
  add("rounds", link, "baseline", as.character(1:3), h)
}
rows <- do.call(rbind, lapply(names(data), function(case) cbind(case = case, data[[case]])))
write.csv(rows, "hazards_data.csv", row.names = FALSE, na = "")
write.csv(do.call(rbind, out), "hazards.csv", row.names = FALSE, na = "")
