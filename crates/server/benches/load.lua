-- For wrk, with as many threads as connections: each thread then has one request under way, and its answer's time is that of its kind.
-- Arguments: a file of lines "kind<TAB>path", and a file for the times.

local ffi = require("ffi")
ffi.cdef [[
  typedef struct { long seconds; long nanoseconds; } moment;
  int clock_gettime(int clock, moment *now);
]]
local moment = ffi.new("moment")
local function now()
  ffi.C.clock_gettime(1, moment)
  return tonumber(moment.seconds) * 1e3 + tonumber(moment.nanoseconds) / 1e6
end

local threads = {}

function setup(thread)
  thread:set("number", #threads)
  table.insert(threads, thread)
end

function init(args)
  paths, kinds, order = {}, {}, {}
  for line in io.lines(args[1]) do
    local kind, path = line:match("^(%S+)\t(.+)$")
    if not paths[kind] then
      paths[kind] = {}
      table.insert(order, kind)
    end
    table.insert(paths[kind], path)
  end
  out = args[2]
  times = {}
  -- Another row of questions in each thread, and the same in each run.
  math.randomseed(1000 + number)
  for _ = 1, 10 do math.random() end
end

-- Kinds by turns, paths of a kind by chance.
local turn = 0
local kind, begun

function request()
  turn = turn + 1
  kind = order[(turn + number) % #order + 1]
  local of = paths[kind]
  begun = now()
  return wrk.format("GET", of[math.random(#of)])
end

function response(status)
  table.insert(times, kind .. "\t" .. string.format("%.3f", now() - begun) .. "\t" .. status)
end

function done(summary, latency, requests)
  local file = io.open(threads[1]:get("out"), "w")
  for _, thread in ipairs(threads) do
    for _, line in ipairs(thread:get("times")) do file:write(line, "\n") end
  end
  file:close()
  local errors = summary.errors
  io.write(string.format("errors %d\n", errors.connect + errors.read + errors.write + errors.timeout + errors.status))
end
