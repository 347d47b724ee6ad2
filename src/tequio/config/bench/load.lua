-- What wrk sends. The environment says which paths; a tap gets a number of its own each time.
local paths, posting = {}, os.getenv("BENCH_POST") == "1"
for path in string.gmatch(os.getenv("BENCH_PATHS"), "[^ ]+") do paths[#paths + 1] = path end
local at = 0

local function uuid()
  return (string.gsub("xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx", "x", function()
    return string.format("%x", math.random(0, 15))
  end))
end

function init()
  math.randomseed(os.time() + tonumber(string.match(tostring({}), "0x(%x+)"), 16) % 1000000)
  wrk.headers["Cookie"] = os.getenv("BENCH_COOKIE")
  if posting then
    wrk.method = "POST"
    wrk.headers["X-CSRFToken"] = os.getenv("BENCH_TOKEN")
    wrk.headers["HX-Request"] = "true"
    wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
  end
end

local statuses = { "present", "late", "absent", "excused" }
function request()
  at = at % #paths + 1
  local path = paths[at]
  if not posting then return wrk.format(nil, path) end
  path = string.gsub(path, "UUID", uuid())
  return wrk.format(nil, path, nil, "at=1&status=" .. statuses[math.random(1, 4)])
end

local wrong = 0
function response(status) if status ~= 200 then wrong = wrong + 1 end end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    'JSON {"requests": %d, "seconds": %.3f, "p50": %.2f, "p95": %.2f, "p99": %.2f, "not_200": %d, "failed": %d}\n',
    summary.requests, summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(95) / 1e3,
    latency:percentile(99) / 1e3, errors.status, errors.connect + errors.read + errors.write + errors.timeout))
end
