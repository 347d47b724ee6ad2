# Baselines for evidencia.missing, made once and committed; the tests only read the CSV files.
# Run from this folder:  Rscript missing.R   (about two minutes: 400 imputations per method)
suppressPackageStartupMessages(library(mice))
options(digits = 17)

# --- A made-up trial: 300 people, 4 waves, people leave and some miss one wave ------------------
set.seed(20101257)
n <- 300
arm <- rep(0:1, length.out = n)
base <- rnorm(n, 20, 4)
level <- rnorm(n, 0, 3)
y <- sapply(1:4, function(t) 5 + 0.7 * base + level - 0.8 * t * arm + rnorm(n, 0, 3))
gone <- rep(FALSE, n)
for (t in 2:4) { # leaving depends on the answer before
  gone <- gone | runif(n) < plogis(-3.5 + 0.1 * y[, t - 1])
  y[gone, t] <- NA
}
hole <- which(!is.na(y[, 4]) & runif(n) < 0.1)
y[hole, 2] <- NA
better <- ifelse(is.na(y[, 4]), NA, as.integer(y[, 4] < 17))
trial <- data.frame(arm, base, y1 = y[, 1], y2 = y[, 2], y3 = y[, 3], y4 = y[, 4], better)
write.csv(trial, "missing_trial.csv", row.names = FALSE, na = "")

# --- Rubin's rules, exactly: six imputations analysed one by one, and mice::pool ----------------
made <- mice(trial[, 1:6], m = 6, maxit = 5, method = "norm", seed = 1, printFlag = FALSE)
fits <- with(made, lm(y4 ~ arm + base))
single <- do.call(rbind, lapply(seq_along(fits$analyses), function(i) {
  fit <- summary(fits$analyses[[i]])$coefficients
  data.frame(imputation = i, term = rownames(fit), estimate = fit[, 1], variance = fit[, 2]^2)
}))
write.csv(single, "missing_rubin_single.csv", row.names = FALSE)
pooled <- pool(fits)$pooled
both <- summary(pool(fits), conf.int = TRUE)
pooled <- cbind(
  pooled[, c("term", "m", "estimate", "ubar", "b", "t", "dfcom", "df", "riv", "lambda", "fmi")],
  se = both$std.error, low = both$`2.5 %`, high = both$`97.5 %`, p = both$p.value
)
write.csv(pooled, "missing_rubin_pooled.csv", row.names = FALSE)

# --- Chained equations: 400 imputations a method, ANCOVA at the last wave -----------------------
M <- 400
one <- function(name, data, methods, formula) {
  made <- mice(data, m = M, maxit = 10, method = methods, seed = 7, printFlag = FALSE)
  row <- subset(pool(with(made, eval(parse(text = formula))))$pooled, term == "arm")
  data.frame(method = name, m = M, row[, c("estimate", "ubar", "b", "t", "df", "fmi")])
}
waves <- trial[, 1:6]
binary <- trial[, c("arm", "base", "y1", "y2", "y3", "better")]
chained <- rbind(
  one("normal", waves, c("", "", "", "norm", "norm", "norm"), "lm(y4 ~ arm + base)"),
  one("pmm", waves, c("", "", "", "pmm", "pmm", "pmm"), "lm(y4 ~ arm + base)"),
  one("logistic", binary, c("", "", "", "norm", "norm", "logreg"), "lm(better ~ arm + base)")
)
write.csv(chained, "missing_mice.csv", row.names = FALSE)

# --- Weighting: glm, lm(weights =), and the stacked estimating equations differentiated ---------
seen <- !is.na(trial$y4)
r <- as.integer(seen)
y4 <- ifelse(seen, trial$y4, 0)
z <- cbind(1, arm, base, trial$y1)
d <- cbind(1, arm, base)
staying <- glm(r ~ arm + base + y1, data = trial, family = binomial,
               control = list(epsilon = 1e-14, maxit = 100))
share <- tapply(r, arm, mean)
weight <- share[as.character(arm)] / fitted(staying)
outcome <- lm(y4 ~ arm + base, data = trial, weights = weight, subset = seen)
equations <- function(theta) { # one row a person
  p <- plogis(drop(z %*% theta[1:4]))
  s <- ifelse(arm == 1, theta[6], theta[5])
  w <- r * s / p
  cbind(z * (r - p), (arm == 0) * (r - theta[5]), (arm == 1) * (r - theta[6]),
        d * (w * (y4 - drop(d %*% theta[7:9]))))
}
theta <- c(coef(staying), share, coef(outcome))
slope <- sapply(seq_along(theta), function(j) {
  h <- 1e-5 * max(1, abs(theta[j]))
  up <- down <- theta
  up[j] <- up[j] + h
  down[j] <- down[j] - h
  (colSums(equations(up)) - colSums(equations(down))) / (2 * h)
})
influence <- -solve(slope, t(equations(theta)))[8, ]
k <- 3
write.csv(data.frame(
  estimate = coef(outcome)["arm"],
  se = sqrt(sum(influence^2) * sum(r) / (sum(r) - k)),
  clustered = sqrt(sum(tapply(influence, (seq_len(n) - 1) %/% 15, sum)^2) * 20 / 19),
  effective = sum(weight[seen])^2 / sum(weight[seen]^2),
  largest = max(weight[seen])
), "missing_ipw.csv", row.names = FALSE)
