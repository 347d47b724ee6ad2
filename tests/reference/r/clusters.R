# Baselines for evidencia.clusters, made once and committed; the tests only read the CSV files.
# Run from this folder:  Rscript clusters.R
# clubSandwich for CR0, CR1, CR1S, CR2 and Satterthwaite; lm on cluster means; aov for the ICC.
suppressPackageStartupMessages({library(clubSandwich)})
options(digits = 17)
set.seed(20021130)

g <- 14; size <- sample(2:9, g, replace = TRUE); size[3] <- 1
cluster <- rep(seq_len(g), size)
block <- rep(rep(1:4, c(4, 4, 3, 3)), size)
arm <- rep(c(1, 0, 1, 0, 0, 1, 1, 0, 1, 0, 0, 1, 0, 0), size)
n <- length(cluster)
age <- round(rnorm(n, 35, 9), 1)
y <- round(2 + 0.5 * arm + 0.03 * age + 0.4 * block + rnorm(g)[cluster] + rnorm(n, 0, 1.5), 4)
w <- round(runif(n, 0.4, 2.5), 3)
# Pairs: each block has one cluster in each arm, so a block leaves no residual of its mean.
pair <- rep(c(1, 1, 2, 2, 3, 4, 3, 4, 5, 5, 6, 6, 7, 7), size)
pair_arm <- rep(c(1, 0, 1, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 1), size)
data <- data.frame(cluster, block, arm, age, y, w, pair, pair_arm)
write.csv(data, "clusters_data.csv", row.names = FALSE)

fits <- list(
  plain = lm(y ~ arm + age, data), blocks = lm(y ~ arm + age + factor(block), data),
  weighted = lm(y ~ arm + age, data, weights = w),
  weighted_blocks = lm(y ~ arm + age + factor(block), data, weights = w)
)
rows <- list()
for (model in names(fits)) for (type in c("CR0", "CR1", "CR1S", "CR2")) {
  fit <- fits[[model]]
  v <- vcovCR(fit, cluster = data$cluster, type = type)
  t <- coef_test(fit, vcov = v, test = "Satterthwaite", coefs = c("arm", "age"))
  rows[[paste(model, type)]] <- data.frame(
    model, type, term = c("arm", "age"), estimate = t$beta, se = t$SE, df = t$df_Satt
  )
}
for (model in c("plain", "blocks")) { # every row its own cluster: HC2
  fit <- fits[[model]]
  t <- coef_test(fit, vcov = vcovCR(fit, cluster = seq_len(n), type = "CR2"),
                 test = "Satterthwaite", coefs = c("arm", "age"))
  rows[[paste(model, "HC2")]] <- data.frame(
    model, type = "HC2", term = c("arm", "age"), estimate = t$beta, se = t$SE, df = t$df_Satt
  )
}

fit <- lm(y ~ pair_arm + age + factor(pair), data)
t <- coef_test(fit, vcov = vcovCR(fit, cluster = data$cluster, type = "CR2"),
               test = "Satterthwaite", coefs = c("pair_arm", "age"))
rows[["pairs"]] <- data.frame(model = "pairs", type = "CR2", term = c("arm", "age"),
                              estimate = t$beta, se = t$SE, df = t$df_Satt)
write.csv(do.call(rbind, rows), "clusters_cr.csv", row.names = FALSE)

means <- aggregate(cbind(y, arm, block, age) ~ cluster, data, mean)
take <- function(model, fit) {
  s <- summary(fit)$coefficients["arm", ]; ci <- confint(fit)["arm", ]
  data.frame(model, estimate = s[1], se = s[2], df = fit$df.residual, p = s[4],
             low = ci[1], high = ci[2])
}
write.csv(rbind(
  take("plain", lm(y ~ arm, means)), take("strata", lm(y ~ arm + factor(block), means)),
  take("covariate", lm(y ~ arm + factor(block) + age, means))
), "clusters_means.csv", row.names = FALSE)

tab <- anova(aov(y ~ factor(cluster), data))
arms <- anova(aov(y ~ factor(arm) + factor(cluster), data))
sizes <- as.numeric(table(data$cluster))
n0 <- (n - sum(sizes^2) / n) / (g - 1)
by_arm <- sapply(c(0, 1), function(a) {
  s <- as.numeric(table(data$cluster[data$arm == a])); sum(s^2) / sum(s)
})
n0_arm <- (n - sum(by_arm)) / (g - 2)
icc_of <- function(model, msb, msw, k, n0) {
  f <- msb / msw; low <- f / qf(0.975, k, n - g); high <- f * qf(0.975, n - g, k)
  data.frame(model, between = (msb - msw) / n0, within = msw, n0,
             icc = (msb - msw) / (msb + (n0 - 1) * msw),
             low = (low - 1) / (low + n0 - 1), high = (high - 1) / (high + n0 - 1))
}
write.csv(rbind(
  icc_of("plain", tab[1, 3], tab[2, 3], g - 1, n0),
  icc_of("arms", arms[2, 3], arms[3, 3], g - 2, n0_arm)
), "clusters_icc.csv", row.names = FALSE)
