-- One telephone after another: the same answers, each with a number of its own.
local mark = "----tequio"
local xml = os.getenv("BENCH_XML")
local head = "--" .. mark .. "\r\nContent-Disposition: form-data; name=\"xml_submission_file\"; " ..
  "filename=\"submission.xml\"\r\nContent-Type: text/xml; charset=utf-8\r\n\r\n"

local function uuid()
  return (string.gsub("xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx", "x", function()
    return string.format("%x", math.random(0, 15))
  end))
end

function init()
  math.randomseed(os.time() + tonumber(string.match(tostring({}), "0x(%x+)"), 16) % 1000000)
  wrk.method = "POST"
  wrk.headers["Content-Type"] = "multipart/form-data; boundary=" .. mark
  wrk.headers["X-OpenRosa-Version"] = "1.0"
end

function request()
  local body = head .. string.gsub(xml, "NUMBER", "uuid:" .. uuid()) .. "\r\n--" .. mark .. "--\r\n"
  return wrk.format(nil, os.getenv("BENCH_PATH"), nil, body)
end

local wrong = 0
function response(status) if status ~= 201 then wrong = wrong + 1 end end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    'JSON {"requests": %d, "seconds": %.3f, "p50": %.2f, "p95": %.2f, "wrong": %d, "failed": %d}\n',
    summary.requests, summary.duration / 1e6, latency:percentile(50) / 1e3,
    latency:percentile(95) / 1e3, errors.status,
    errors.connect + errors.read + errors.write + errors.timeout))
end
