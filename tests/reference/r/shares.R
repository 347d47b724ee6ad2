# Baselines for evidencia.wilson, the exact limits at 0 and n, and the quartiles.
# Run from this folder:  Rscript shares.R
options(digits = 17)

pairs <- data.frame(
  x = c(63, 0, 5, 1, 81, 40, 3, 1),
  n = c(1257, 5, 5, 1, 81, 81, 12, 2)
)
one <- function(i, level) {
  x <- pairs$x[i]; n <- pairs$n[i]
  ci <- suppressWarnings(prop.test(x, n, conf.level = level, correct = FALSE)$conf.int)
  exact <- binom.test(x, n, conf.level = level)$conf.int
  data.frame(x = x, n = n, level = level, low = ci[1], high = ci[2],
             exact_low = exact[1], exact_high = exact[2])
}
grid <- expand.grid(i = seq_len(nrow(pairs)), level = c(0.95, 0.80))
out <- do.call(rbind, Map(one, grid$i, grid$level))
write.csv(out, "shares.csv", row.names = FALSE)

attended <- c(1, 1, 2, 3, 3, 4, 5, 8, 9, 9, 9)
q <- quantile(attended, c(0.25, 0.5, 0.75), type = 7, names = FALSE)
write.csv(
  data.frame(n = length(attended), mean = mean(attended), sd = sd(attended),
             q1 = q[1], median = q[2], q3 = q[3]),
  "spread.csv", row.names = FALSE
)
