# Baselines for evidencia.measures, made once and committed; the tests only read the CSV files.
# Run from this folder:  Rscript measures.R
# psych for kappa, alpha and intraclass correlations, lavaan for one factor, metafor for several
# studies. bcg: Colditz et al. (1994), in metafor. sf: the four judges of Shrout & Fleiss (1979).
suppressPackageStartupMessages({
  library(psych)
  library(lavaan)
  library(metafor)
})
options(digits = 17)
out <- list()
add <- function(case, quantity, name, value) {
  out[[length(out) + 1]] <<- data.frame(
    case = case, quantity = quantity, name = as.character(name), value = as.numeric(value)
  )
}
tables <- list()
keep <- function(case, x) {
  for (j in seq_len(ncol(x))) {
    tables[[length(tables) + 1]] <<- data.frame(
      case = case, row = seq_len(nrow(x)), column = j, value = as.numeric(x[, j])
    )
  }
}

# Agreement: two informants, two answers; and five ordered answers.
set.seed(4410)
truth <- rbinom(180, 1, 0.35)
man <- rbinom(180, 1, ifelse(truth == 1, 0.5, 0.03))
woman <- rbinom(180, 1, ifelse(truth == 1, 0.8, 0.06))
ordered_truth <- sample(0:4, 150, replace = TRUE, prob = c(5, 3, 2, 2, 1))
shift <- function() pmin(4, pmax(0, ordered_truth + sample(-1:1, 150, TRUE, c(2, 5, 2))))
pairs <- list(binary = cbind(man, woman), ordered = cbind(shift(), shift()))
for (case in names(pairs)) {
  x <- pairs[[case]]
  keep(case, x)
  k <- max(x) + 1
  steps <- abs(outer(seq_len(k), seq_len(k), "-"))
  for (kind in c("linear", "quadratic")) {
    w <- if (kind == "linear") 1 - steps / (k - 1) else 1 - (steps / (k - 1))^2
    fit <- cohen.kappa(x, w = w)
    add(case, kind, "kappa", fit$kappa)
    add(case, kind, "weighted", fit$weighted.kappa)
    add(case, kind, "se", sqrt(fit$var.kappa))
    # psych 2.2.9 gives a variance of 0 for quadratic weights; the delta method by differences.
    of <- function(p) {
      chance <- sum(w * outer(rowSums(p), colSums(p)))
      (sum(w * p) - chance) / (1 - chance)
    }
    p <- table(factor(x[, 1], 0:(k - 1)), factor(x[, 2], 0:(k - 1))) / nrow(x)
    slope <- sapply(seq_along(p), function(i) {
      up <- down <- p
      up[i] <- up[i] + 1e-5
      down[i] <- down[i] - 1e-5
      (of(up) - of(down)) / 2e-5
    })
    add(case, kind, "weighted_se", sqrt((sum(p * slope^2) - sum(p * slope)^2) / nrow(x)))
  }
}
test <- table(man, woman)
add("binary", "mcnemar", "p", binom.test(test[1, 2], test[1, 2] + test[2, 1])$p.value)

# Items of a scale.
set.seed(5511)
factor_score <- rnorm(220)
items <- sapply(c(0.9, 0.7, 1.1, 0.5, 0.8, 0.6), function(l) {
  round(2 + l * factor_score + rnorm(220), 1)
})
keep("items", items)
keep("three", items[1:60, 1:3])
for (case in c("items", "three")) {
  x <- if (case == "items") items else items[1:60, 1:3]
  k <- ncol(x)
  a <- alpha(as.data.frame(x), warnings = FALSE)
  add(case, "alpha", c("raw", "standardised"), unlist(a$total[c("raw_alpha", "std.alpha")]))
  add(case, "feldt", c("low", "high"),
    unlist(alpha.ci(a$total$raw_alpha, nrow(x), k, digits = 12)[c("lower.ci", "upper.ci")]))
  add(case, "item_rest", seq_len(k), a$item.stats$r.drop)
  add(case, "if_dropped", seq_len(k), a$alpha.drop$raw_alpha)
  d <- as.data.frame(x)
  names(d) <- paste0("y", seq_len(k))
  loads <- paste0("l", seq_len(k), "*", names(d), collapse = " + ")
  own <- paste0(names(d), " ~~ u", seq_len(k), "*", names(d), collapse = "\n")
  up <- paste0("l", seq_len(k), collapse = "+")
  left <- paste0("u", seq_len(k), collapse = "+")
  model <- sprintf("f =~ %s\n%s\nomega := (%s)^2 / ((%s)^2 + %s)", loads, own, up, up, left)
  fit <- cfa(model, d, std.lv = TRUE)
  e <- parameterEstimates(fit)
  add(case, "omega", c("estimate", "se"), unlist(e[e$lhs == "omega", c("est", "se")]))
  add(case, "loading", seq_len(k), e$est[e$op == "=~"])
  add(case, "uniqueness", seq_len(k), e$est[e$op == "~~" & e$lhs != "f"])
  add(case, "chi2", "chi2", fitMeasures(fit, "chisq"))
}

# Occasions.
sf <- matrix(c(9, 2, 5, 8, 6, 1, 3, 2, 8, 4, 6, 8, 7, 1, 2, 6, 10, 5, 6, 9, 6, 2, 4, 7),
  ncol = 4, byrow = TRUE)
set.seed(6612)
twice <- round(cbind(rnorm(80, 20, 5), 0))
twice[, 2] <- round(twice[, 1] + rnorm(80, 0.8, 2.5))
for (case in c("sf", "twice")) {
  x <- get(case)
  keep(case, x)
  fit <- ICC(x, lmer = FALSE)$results
  for (type in c("ICC2", "ICC3")) {
    row <- fit[fit$type == type, ]
    add(case, type, c("estimate", "low", "high"), row[c("ICC", "lower bound", "upper bound")])
  }
}
change <- t.test(twice[, 2], twice[, 1], paired = TRUE)
add("twice", "change", c("low", "high"), change$conf.int)

# Several studies.
set.seed(7713)
bcg <- escalc("RR", ai = tpos, bi = tneg, ci = cpos, di = cneg, data = dat.bcg)
alike <- data.frame(yi = round(rnorm(6, 0.2, 0.05), 3), vi = round(runif(6, 0.02, 0.1), 3))
few <- data.frame(yi = c(-0.9, -0.1, 0.35), vi = c(0.04, 0.09, 0.05))
for (case in c("bcg", "alike", "few")) {
  d <- get(case)
  keep(case, cbind(d$yi, sqrt(d$vi)))
  for (method in c("REML", "PM")) {
    tight <- list(threshold = 1e-14, tol = 1e-14, maxiter = 1000)
    fit <- rma(yi, vi, data = d, method = method, test = "adhoc", control = tight)
    knha <- rma(yi, vi, data = d, method = method, test = "knha", control = tight)
    plain <- rma(yi, vi, data = d, method = method, control = tight)
    ci <- confint(fit, control = list(tol = 1e-12))$random["tau^2", ]
    k <- fit$k
    p <- predict(fit)
    add(case, method, "mean", fit$beta)
    add(case, method, "se", fit$se)
    add(case, method, "knapp_se", knha$se)
    add(case, method, "plain_se", plain$se)
    add(case, method, "p", fit$pval)
    add(case, method, "tau2", fit$tau2)
    add(case, method, "tau2_low", ci[["ci.lb"]])
    add(case, method, "tau2_high", ci[["ci.ub"]])
    add(case, method, "i2", fit$I2 / 100)
    add(case, method, "q", fit$QE)
    half <- (p$pi.ub - p$pred) / qt(0.975, k - 1) * qt(0.975, k - 2)
    add(case, method, "prediction_half", half)
  }
}
write.csv(do.call(rbind, tables), "measures_data.csv", row.names = FALSE)
write.csv(do.call(rbind, out), "measures.csv", row.names = FALSE)
