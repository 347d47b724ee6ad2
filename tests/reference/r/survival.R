# Baselines for evidencia.kaplan_meier, made once and committed; the tests only read the CSV files.
# Run from this folder:  Rscript survival.R
# survfit with conf.type = "log-log" (Kalbfleisch & Prentice), Greenwood's variance, and the
# quantile method of Brookmeyer & Crowley.
suppressPackageStartupMessages(library(survival))
options(digits = 17)

six_mp <- list( # Freireich et al. (1963), remission in weeks, 6-mercaptopurine
  time = c(6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35),
  event = c(1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0)
)
placebo <- list( # the same trial: nobody censored, the curve reaches 0
  time = c(1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23),
  event = rep(1, 21)
)

set.seed(20101257)
ties_n <- 60 # meetings 0..12: many ties, some never came, much censoring
last <- pmin(rgeom(ties_n, 0.12), 12)
limit <- sample(3:12, ties_n, replace = TRUE)
ties <- list(time = pmin(last, limit), event = as.integer(last <= limit))

late_n <- 50 # people who join groups that have already begun
join <- sample(0:5, late_n, replace = TRUE)
leave <- join + 1 + rgeom(late_n, 0.15)
stop_at <- join + sample(2:10, late_n, replace = TRUE)
late <- list(
  entry = join, time = pmin(leave, stop_at), event = as.integer(leave <= stop_at)
)
four <- list(time = c(2, 3, 3, 5), event = c(1, 0, 1, 0))

cases <- list(
  aml = list(time = aml$time, event = aml$status),
  six_mp = six_mp, placebo = placebo, ties = ties, late = late, four = four
)
levels <- c(0.95, 0.80)

rows <- list(); curves <- list(); medians <- list()
for (name in names(cases)) {
  x <- cases[[name]]
  entry <- if (is.null(x$entry)) rep(NA, length(x$time)) else x$entry
  rows[[name]] <- data.frame(case = name, entry = entry, time = x$time, event = x$event)
  y <- if (is.null(x$entry)) Surv(x$time, x$event) else Surv(x$entry, x$time, x$event)
  for (level in levels) {
    fit <- survfit(y ~ 1, conf.type = "log-log", conf.int = level)
    s <- summary(fit, censored = TRUE)
    curves[[paste(name, level)]] <- data.frame(
      case = name, level = level, time = s$time, n_risk = s$n.risk, n_event = s$n.event,
      n_censor = s$n.censor, survival = s$surv, se = s$std.err, low = s$lower, high = s$upper
    )
    q <- quantile(fit, 0.5)
    medians[[paste(name, level)]] <- data.frame(
      case = name, level = level, median = unname(q$quantile), low = unname(q$lower),
      high = unname(q$upper)
    )
  }
}
save_csv <- function(x, file) write.csv(do.call(rbind, x), file, row.names = FALSE, na = "")
save_csv(rows, "cases.csv")
save_csv(curves, "curves.csv")
save_csv(medians, "medians.csv")
