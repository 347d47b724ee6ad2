# Baselines for evidencia.counts, made once and committed; the tests only read the CSV files.
# Run from this folder:  Rscript counts.R
# geepack::geeglm for estimates and plain sandwich; clubSandwich's CR3 for Mancl & DeRouen under
# independence; both corrections by their formulas with full matrices, written here; ordinal::clm
# with a sandwich of its scores; Firth by brute force (logistf was not at hand): the penalised
# likelihood maximised by optim and its profile inverted by uniroot; fisher.test.
suppressPackageStartupMessages({
  library(geepack); library(ordinal); library(sandwich); library(clubSandwich)
})
options(digits = 17)
set.seed(19860101)

g <- 26; waves <- 4
person <- rep(seq_len(g), each = waves); wave <- rep(seq_len(waves), g)
arm <- rep(rbinom(g, 1, 0.5), each = waves); age <- rep(round(rnorm(g, 35, 9)), each = waves)
u <- rep(rnorm(g), each = waves)
binary <- rbinom(g * waves, 1, plogis(-0.3 - 0.6 * arm + 0.03 * (age - 35) + 0.9 * u))
count <- rpois(g * waves, exp(0.5 - 0.4 * arm + 0.01 * (age - 35) + 0.5 * u))
graded <- cut(-0.5 * arm + 0.02 * (age - 35) + u + rlogis(g * waves), c(-Inf, -1, 0.4, 1.6, Inf),
              labels = FALSE) - 1
exposure <- sample(1:6, g * waves, replace = TRUE)
w <- round(runif(g * waves, 0.5, 2), 3)
data <- data.frame(person, wave, arm, age, binary, count, graded, exposure, w)
data <- data[sort(sample(nrow(data), 88)), ] # unequal clusters with gaps
write.csv(data, "counts_data.csv", row.names = FALSE)

tight <- geese.control(epsilon = 1e-12, maxit = 500)
fit_gee <- function(formula, family, corstr, ...) {
  geeglm(formula, family = family, data = data, id = person, waves = wave, corstr = corstr,
         scale.fix = FALSE, control = tight, ...)
}
# Corrections from the definitions, one cluster at a time, with the working V of the fit.
corrected <- function(fit, family, corstr, alpha, power) {
  x <- model.matrix(fit); mu <- as.numeric(fitted(fit)); y <- fit$y
  eta <- as.numeric(fit$linear.predictors)
  d <- x * family$mu.eta(eta); v <- family$variance(mu)
  parts <- lapply(split(seq_along(y), data$person), function(i) {
    lag <- abs(outer(data$wave[i], data$wave[i], "-"))
    r <- switch(corstr, independence = diag(length(i)),
                exchangeable = ifelse(lag == 0, 1, alpha), ar1 = alpha^lag)
    list(d = d[i, , drop = FALSE], vi = solve(diag(sqrt(v[i]), length(i)) %*% r %*%
         diag(sqrt(v[i]), length(i))), e = y[i] - mu[i])
  })
  m <- solve(Reduce(`+`, lapply(parts, function(p) t(p$d) %*% p$vi %*% p$d)))
  meat <- Reduce(`+`, lapply(parts, function(p) {
    h <- p$d %*% m %*% t(p$d) %*% p$vi
    ev <- eigen(diag(nrow(h)) - h)
    root <- Re(ev$vectors %*% diag(ev$values^power, nrow(h)) %*% solve(ev$vectors))
    s <- t(p$d) %*% p$vi %*% root %*% p$e
    s %*% t(s)
  }))
  sqrt(diag(m %*% meat %*% m))
}
cases <- list(
  binary_logit = list(binary ~ arm + age, binomial("logit")),
  binary_log = list(binary ~ arm, binomial("log")),
  binary_identity = list(binary ~ arm, binomial("identity")),
  count_log = list(count ~ arm + age, poisson("log")),
  count_offset = list(count ~ arm + age + offset(log(exposure)), poisson("log"))
)
rows <- list(); marginal <- list()
for (case in names(cases)) for (corstr in c("independence", "exchangeable", "ar1")) {
  family <- cases[[case]][[2]]
  fit <- fit_gee(cases[[case]][[1]], family, corstr)
  s <- summary(fit)
  alpha <- if (corstr == "independence") 0 else s$corr[1, 1]
  rows[[paste(case, corstr)]] <- data.frame(
    case, corstr, term = names(coef(fit)), estimate = coef(fit), se = s$coefficients[, 2],
    md = corrected(fit, family, corstr, alpha, -1), kc = corrected(fit, family, corstr, alpha, -0.5),
    cr3 = if (corstr == "independence" && case != "count_offset") sqrt(diag(vcovCR(glm(
      cases[[case]][[1]], family, data, epsilon = 1e-14, start = coef(fit)),
      cluster = data$person, type = "CR3"))) else NA,
    alpha, phi = s$dispersion[1, 1]
  )
  if (case %in% c("binary_logit", "count_log")) {
    x1 <- x0 <- model.matrix(fit); x1[, "arm"] <- 1; x0[, "arm"] <- 0
    measure <- function(b) {
      m1 <- mean(family$linkinv(x1 %*% b)); m0 <- mean(family$linkinv(x0 %*% b))
      c(difference = m1 - m0, ratio = log(m1 / m0))
    }
    b <- coef(fit); step <- 1e-5
    jacobian <- sapply(seq_along(b), function(j) {
      h <- replace(numeric(length(b)), j, step)
      (measure(b + h) - measure(b - h)) / (2 * step)
    })
    se <- sqrt(diag(jacobian %*% fit$geese$vbeta %*% t(jacobian)))
    marginal[[paste(case, corstr)]] <- data.frame(
      case, corstr, measure = names(measure(b)), estimate = measure(b), se
    )
  }
}
# Weights, independence.
fit <- glm(binary ~ arm + age, quasibinomial, data, weights = w, epsilon = 1e-14)
rows[["weighted"]] <- data.frame(
  case = "binary_weighted", corstr = "independence", term = names(coef(fit)), estimate = coef(fit),
  se = sqrt(diag(vcovCL(fit, data$person, type = "HC0", cadjust = FALSE))), md = NA, kc = NA,
  cr3 = NA, alpha = 0, phi = NA
)
write.csv(do.call(rbind, rows), "counts_gee.csv", row.names = FALSE, na = "")
write.csv(do.call(rbind, marginal), "counts_marginal.csv", row.names = FALSE)

# Ordinal: clm (polr for the scores), clustered sandwich without any adjustment.
fit <- clm(factor(graded) ~ arm + age, data = data, control = clm.control(gradTol = 1e-12))
polr_fit <- MASS::polr(factor(graded) ~ arm + age, data, Hess = TRUE, start = c(
  coef(fit)[c("arm", "age")], fit$alpha), control = list(reltol = 1e-15, maxit = 1000))
p <- diff(c(0, 1)) # scores by hand: numeric derivative of each row's log likelihood
theta <- c(fit$alpha, coef(fit)[c("arm", "age")])
row_loglik <- function(b) {
  a <- c(-Inf, b[1:3], Inf); eta <- b[4] * data$arm + b[5] * data$age; k <- data$graded + 1
  log(plogis(a[k + 1] - eta) - plogis(a[k] - eta))
}
step <- 1e-5
scores <- sapply(1:5, function(j) {
  h <- replace(numeric(5), j, step); (row_loglik(theta + h) - row_loglik(theta - h)) / (2 * step)
})
by_person <- rowsum(scores, data$person)
# The expected information, as in Fisher scoring.
information <- Reduce(`+`, lapply(seq_len(nrow(data)), function(i) {
  pr <- function(b) diff(plogis(c(-Inf, b[1:3], Inf) - b[4] * data$arm[i] - b[5] * data$age[i]))
  dp <- sapply(1:5, function(j) {
    h <- replace(numeric(5), j, step); (pr(theta + h) - pr(theta - h)) / (2 * step)
  })
  t(dp) %*% diag(1 / pr(theta)) %*% dp
}))
m <- solve(information)
se <- sqrt(diag(m %*% (t(by_person) %*% by_person) %*% m))
write.csv(data.frame(term = c("a1", "a2", "a3", "arm", "age"), estimate = theta, se),
          "counts_ordinal.csv", row.names = FALSE)

# Firth: a separated set and a mild one.
firth_sets <- list(
  separated = data.frame(y = c(0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 0, 1),
                         arm = c(0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1),
                         z = c(1.2, -0.4, 0.3, 2.2, 0.8, -1.1, 0.5, 1.9, -0.2, 0.6, 1.4, -0.9)),
  mild = data.frame(y = data$binary[1:40], arm = data$arm[1:40], z = (data$age[1:40] - 35) / 10)
)
firth_rows <- list(); firth_data <- list()
for (name in names(firth_sets)) {
  set <- firth_sets[[name]]; x <- cbind(1, set$arm, set$z); y <- set$y
  pen <- function(b) {
    q <- plogis(x %*% b); i <- t(x) %*% (x * as.numeric(q * (1 - q)))
    sum(y * log(q) + (1 - y) * log(1 - q)) + 0.5 * as.numeric(determinant(i)$modulus)
  }
  climb <- function(f, start) {
    best <- optim(start, f, control = list(fnscale = -1, reltol = 1e-15, maxit = 20000))
    for (k in 1:6) best <- optim(best$par, f, method = if (k %% 2) "BFGS" else "Nelder-Mead",
                                 control = list(fnscale = -1, reltol = 1e-16, maxit = 20000))
    best
  }
  best <- climb(pen, c(0, 0, 0)); b <- best$par
  q <- as.numeric(plogis(x %*% b)); se <- sqrt(diag(solve(t(x) %*% (x * q * (1 - q)))))
  for (j in 2:3) {
    profile <- function(v) climb(function(r) pen(append(r, v, j - 1)), b[-j])$value
    drop <- function(v) 2 * (best$value - profile(v)) - qchisq(0.95, 1)
    firth_rows[[paste(name, j)]] <- data.frame(
      set = name, term = c("", "arm", "z")[j], intercept = b[1], estimate = b[j], se = se[j],
      low = uniroot(drop, c(b[j] - 8 * se[j], b[j]), tol = 1e-9)$root,
      high = uniroot(drop, c(b[j], b[j] + 12 * se[j]), tol = 1e-9)$root,
      p = pchisq(2 * (best$value - profile(0)), 1, lower.tail = FALSE)
    )
  }
  firth_data[[name]] <- data.frame(set = name, set)
}
write.csv(do.call(rbind, firth_rows), "counts_firth.csv", row.names = FALSE)
write.csv(do.call(rbind, firth_data), "counts_firth_data.csv", row.names = FALSE)

# Two proportions: Newcombe's method 10 from Wilson's limits, and fisher.test.
tables <- rbind(c(7, 12, 3, 14), c(0, 9, 4, 11), c(5, 5, 2, 8), c(1, 2, 0, 2), c(30, 60, 21, 64))
exact <- t(apply(tables, 1, function(r) {
  w1 <- suppressWarnings(prop.test(r[1], r[2], correct = FALSE)$conf.int)
  w0 <- suppressWarnings(prop.test(r[3], r[4], correct = FALSE)$conf.int)
  p1 <- r[1] / r[2]; p0 <- r[3] / r[4]; d <- p1 - p0
  c(d, d - sqrt((p1 - w1[1])^2 + (w0[2] - p0)^2), d + sqrt((w1[2] - p1)^2 + (p0 - w0[1])^2),
    fisher.test(matrix(c(r[1], r[2] - r[1], r[3], r[4] - r[3]), 2))$p.value)
}))
write.csv(setNames(data.frame(tables, exact), c("x1", "n1", "x0", "n0", "difference", "low", "high",
                                                "p")), "counts_tables.csv", row.names = FALSE)
