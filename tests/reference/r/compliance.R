# Baselines for evidencia.compliance, made once and committed; the tests only read the CSV files.
# Run from this folder:  Rscript compliance.R
# AER::ivreg for two-stage least squares, sandwich for variances; the Anderson-Rubin set by
# looking for the effects that lm does not reject, on a fine grid and then with uniroot.
suppressPackageStartupMessages({
  library(AER)
  library(sandwich)
})
options(digits = 17)
set.seed(77034)
make <- function(n, clusters, lift) {
  cluster <- rep(seq_len(clusters), length.out = n)
  block <- (cluster - 1) %/% 4
  assigned <- as.integer(cluster %% 2)
  before <- round(rnorm(n), 3)
  keen <- rnorm(n) + 0.5 * before
  uptake <- as.integer(keen + lift * assigned > 0.8)
  outcome <- round(2 + before + 0.7 * keen - 0.9 * uptake + rnorm(clusters, sd = 0.4)[cluster] +
    rnorm(n), 3)
  data.frame(cluster, block, assigned, before, uptake, outcome)
}
cases <- list(strong = make(480, 40, 1.6), middling = make(200, 20, 1.1), weak = make(120, 20, 0.1),
  faint = make(140, 20, 0.3))
out <- list()
add <- function(case, model, quantity, value) {
  out[[length(out) + 1]] <<- data.frame(
    case = case, model = model, quantity = quantity, value = as.numeric(value)
  )
}
models <- list(
  plain = list(rhs = "1", clustered = FALSE), adjusted = list(rhs = "before", clustered = FALSE),
  clustered = list(rhs = "1", clustered = TRUE),
  blocked = list(rhs = "before + factor(block)", clustered = TRUE)
)
for (case in names(cases)) {
  d <- cases[[case]]
  g <- length(unique(d$cluster))
  for (model in names(models)) {
    m <- models[[model]]
    variance <- function(fit) {
      if (m$clustered) vcovCL(fit, cluster = d$cluster, type = "HC1") else vcovHC(fit, "HC1")
    }
    t_of <- function(fit, name) coef(fit)[[name]] / sqrt(variance(fit)[name, name])
    iv <- ivreg(as.formula(sprintf("outcome ~ uptake + %s | assigned + %s", m$rhs, m$rhs)), data = d)
    first <- lm(as.formula(sprintf("uptake ~ assigned + %s", m$rhs)), d)
    itt <- lm(as.formula(sprintf("outcome ~ assigned + %s", m$rhs)), d)
    naive <- lm(as.formula(sprintf("outcome ~ uptake + %s", m$rhs)), d)
    ivse <- if (m$clustered) vcovCL(iv, cluster = d$cluster, type = "HC1") else
      sandwich(iv) * nrow(d) / df.residual(iv)
    df <- if (m$clustered) g - 1 else df.residual(first)
    add(case, model, "estimate", coef(iv)[["uptake"]])
    add(case, model, "se", sqrt(ivse["uptake", "uptake"]))
    add(case, model, "first", coef(first)[["assigned"]])
    add(case, model, "first_se", sqrt(variance(first)["assigned", "assigned"]))
    add(case, model, "itt", coef(itt)[["assigned"]])
    add(case, model, "itt_se", sqrt(variance(itt)["assigned", "assigned"]))
    add(case, model, "slope", coef(naive)[["uptake"]])
    add(case, model, "slope_se", sqrt(variance(naive)["uptake", "uptake"]))
    add(case, model, "f", t_of(first, "assigned")^2)
    excess <- function(beta) {
      d$gap <- d$outcome - beta * d$uptake
      fit <- lm(as.formula(sprintf("gap ~ assigned + %s", m$rhs)), d)
      t_of(fit, "assigned")^2 - qt(0.975, df)^2
    }
    grid <- sinh(seq(-7, 7, length.out = 281))
    at <- sapply(grid, excess)
    flips <- which(diff(sign(at)) != 0)
    roots <- sapply(flips, function(i) uniroot(excess, grid[i + 0:1], tol = 1e-12)$root)
    add(case, model, "inside_far_left", at[1] < 0)
    for (root in roots) add(case, model, "limit", root)
  }
}
rows <- do.call(rbind, lapply(names(cases), function(case) cbind(case = case, cases[[case]])))
write.csv(rows, "compliance_data.csv", row.names = FALSE)
write.csv(do.call(rbind, out), "compliance.csv", row.names = FALSE)
