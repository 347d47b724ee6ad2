# Baselines for evidencia.planning: power of means and shares, and of a stepped wedge by the full
# weighted least squares of Hussey and Hughes (2007, section 3.2), not by their closed formula.
# Run from this folder:  Rscript planning.R
options(digits = 17)

means <- expand.grid(n = c(2, 5, 20, 64, 200), delta = c(0.1, 0.5, 1.2), sd = c(1, 2.5),
                     alpha = c(0.05, 0.01))
means$two <- mapply(function(n, d, s, a) power.t.test(n = n, delta = d, sd = s, sig.level = a,
  strict = TRUE)$power, means$n, means$delta, means$sd, means$alpha)
means$paired <- mapply(function(n, d, s, a) power.t.test(n = n, delta = d, sd = s, sig.level = a,
  type = "paired", strict = TRUE)$power, means$n, means$delta, means$sd, means$alpha)
means$detectable <- mapply(function(n, s, a) power.t.test(n = n, power = 0.8, sd = s,
  sig.level = a, strict = TRUE, tol = 1e-12)$delta, means$n, means$sd, means$alpha)
write.csv(means, "planning_means.csv", row.names = FALSE)

shares <- expand.grid(n = c(20, 97, 500), p0 = c(0.2, 0.6, 0.85), p1 = c(0.1, 0.4, 0.8),
                      alpha = c(0.05, 0.01))
shares <- shares[shares$p0 != shares$p1, ]
shares$power <- mapply(function(n, p, q, a) power.prop.test(n = n, p1 = p, p2 = q, sig.level = a,
  strict = TRUE)$power, shares$n, shares$p0, shares$p1, shares$alpha)
shares$needed <- mapply(function(p, q, a) ceiling(power.prop.test(p1 = p, p2 = q, power = 0.8,
  sig.level = a, strict = TRUE, tol = 1e-10)$n), shares$p0, shares$p1, shares$alpha)
write.csv(shares, "planning_shares.csv", row.names = FALSE)

wedge <- function(clusters, steps, n, sd, icc) {
  moves <- 1 + sort((seq_len(clusters) - 1) %% steps)
  waves <- steps + 1
  v <- diag(sd^2 * (1 - icc) / n, waves) + sd^2 * icc
  information <- matrix(0, waves + 1, waves + 1)
  for (m in moves) {
    x <- cbind(as.numeric(seq_len(waves) - 1 >= m), diag(waves))
    information <- information + t(x) %*% solve(v, x)
  }
  sqrt(solve(information)[1, 1])
}
wedges <- data.frame(clusters = c(24, 6, 8, 12, 10), steps = c(4, 3, 4, 6, 4),
                     n = c(100, 10, 25, 7, 30), sd = c(1, 1, 2, 10, 1),
                     icc = c(0.05, 0.1, 0.01, 0.2, 0))
wedges$se <- do.call(mapply, c(list(wedge), unname(as.list(wedges))))
write.csv(wedges, "planning_wedges.csv", row.names = FALSE)
