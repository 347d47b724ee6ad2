# The same data in R. One line of JSON per case: name, seconds (shortest of the runs), value.
folder <- commandArgs(trailingOnly = TRUE)[1]
read <- function(name) read.csv(file.path(folder, paste0(name, ".csv")))
has <- function(...) all(sapply(c(...), function(p) suppressWarnings(suppressMessages(require(
  p, character.only = TRUE, quietly = TRUE)))))
timed <- function(name, work, runs = 3) {
  best <- Inf
  for (i in seq_len(runs)) {
    gc()
    spent <- system.time(value <- work())[["elapsed"]]
    best <- min(best, spent)
  }
  cat(sprintf('{"name": "%s", "seconds": %.6f, "value": %.10g}\n', name, best, value))
}

repeated <- function(name) {
  d <- read(name)
  d$visit <- factor(d$visit)
  d$arm <- factor(d$arm)
  last <- levels(d$visit)[nlevels(d$visit)]
  timed(paste0("gls_", name), function() {
    fit <- gls(y ~ visit * arm + visit * baseline, data = d, na.action = na.omit, method = "REML",
               correlation = corSymm(form = ~ as.integer(visit) | person),
               weights = varIdent(form = ~ 1 | visit))
    b <- coef(fit)
    unname(b["arm1"] + b[paste0("visit", last, ":arm1")])
  }, runs = 1)
}
if (has("nlme")) repeated("trial_small")
if (has("lme4")) {
  d <- read("programme")
  timed("lmer", function() unname(fixef(lmer(
    y ~ treated + wave + (1 | man) + (1 | group) + (1 | site), data = d))["treated"]))
}
if (has("survival")) {
  d <- read("leaving")
  timed("coxph", function() unname(coef(coxph(
    Surv(time, event) ~ x1 + x2 + x3 + x4, data = d, ties = "efron"))[1]))
}
if (has("geepack")) {
  d <- read("programme")
  timed("geeglm", function() unname(coef(geeglm(
    violent ~ treated + wave, id = man, data = d, family = binomial, corstr = "exchangeable"
  ))["treated"]))
}
if (has("clubSandwich")) {
  d <- read("programme")
  timed("clubSandwich", function() {
    fit <- lm(y ~ treated, data = d)
    sqrt(vcovCR(fit, cluster = d$group, type = "CR2")["treated", "treated"])
  })
}
# A lottery of whole groups within sites, one fit per draw: 200 draws, scaled to all of them.
d <- read("programme")
set.seed(1)
timed("lm_lottery_200", function() {
  arm <- tapply(d$treated, d$group, function(v) v[1])
  site <- tapply(d$site, d$group, function(v) v[1])
  seen <- coef(lm(y ~ treated + factor(site), data = d))["treated"]
  far <- 0
  for (i in 1:200) {
    other <- ave(arm, site, FUN = function(v) v[sample.int(length(v))])
    d$drawn <- other[match(d$group, as.integer(names(arm)))]
    b <- coef(lm(y ~ drawn + factor(site), data = d))["drawn"]
    far <- far + (abs(b) >= abs(seen))
  }
  unname((far + 1) / 201)
}, runs = 1)
if (has("mice")) {
  d <- read("wide")
  d$arm <- factor(d$arm)
  last <- names(d)[ncol(d)]
  timed("mice_20", function() {
    filled <- mice(d, m = 20, method = "norm", maxit = 10, printFlag = FALSE, seed = 1)
    fit <- with(filled, lm(as.formula(paste(last, "~ arm + baseline"))))
    s <- summary(pool(fit))
    s$estimate[s$term == "arm1"]
  }, runs = 1)
}
