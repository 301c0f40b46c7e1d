#' # Political events in R
#'
#' A store of Demarche is a folder of [Delta](https://delta.io) tables on Parquet, so R reads it with `arrow` or `duckdb` and nothing of ours.
#' This shows how, with three figures that papers need: a dyad series, the shares of cooperation and conflict, and a map.
#'
#' Run it with `Rscript docs/r/vignette.R STORE FOLDER`; without a store it uses the half-year of invented news that `demarche demo` makes. Figures go to FOLDER.
#' It needs `ggplot2` and `jsonlite`, `maps` for the outlines of countries, and either `arrow`, or `duckdb` with `DBI`. Where neither is installed it asks the
#' program itself, which writes CSV.

suppressPackageStartupMessages(library(ggplot2))

arguments <- commandArgs(trailingOnly = TRUE)
program <- Sys.getenv("DEMARCHE_BIN", "demarche")
store <- if (length(arguments) > 0) arguments[[1]] else file.path(tempdir(), "demo.store")
folder <- if (length(arguments) > 1) arguments[[2]] else "."
dir.create(folder, recursive = TRUE, showWarnings = FALSE)
has_program <- nzchar(Sys.which(program)) || file.exists(program)
has_readers <- requireNamespace("arrow", quietly = TRUE) || (requireNamespace("duckdb", quietly = TRUE) && requireNamespace("DBI", quietly = TRUE))
if (!has_program && !(has_readers && dir.exists(store))) {
  stop("neither `arrow` nor `duckdb` with `DBI` is installed, nor is `", program, "` there: install.packages(c(\"duckdb\", \"DBI\")), or set DEMARCHE_BIN to the program")
}
if (!dir.exists(store)) {
  status <- system2(program, c("demo", "--store", shQuote(store)), stdout = FALSE)
  if (status != 0) stop("there is no store at ", store, ", and `", program, " demo` made none")
}

#' ## Reading a table
#'
#' A folder of a table may still hold files that were replaced when the store was compacted. What counts is in its log: the files that were added and not
#' removed. (A log that was long ago cut short begins with a checkpoint; read such a store with DuckDB's extension `delta`.)

live_files <- function(table) {
  place <- file.path(store, table)
  log <- sort(list.files(file.path(place, "_delta_log"), pattern = "^[0-9]+[.]json$", full.names = TRUE))
  if (length(log) == 0 || basename(log[[1]]) != sprintf("%020d.json", 0)) {
    stop(table, ": its log does not begin at the beginning; use DuckDB's extension `delta`")
  }
  files <- character()
  for (entry in unlist(lapply(log, readLines, warn = FALSE))) {
    action <- jsonlite::fromJSON(entry)
    if (!is.null(action$add)) files <- union(files, action$add$path)
    if (!is.null(action$remove)) files <- setdiff(files, action$remove$path)
  }
  file.path(place, vapply(files, URLdecode, character(1)))
}

has <- function(package) requireNamespace(package, quietly = TRUE)

#' An article that was coded again, or corrected by a reviewer, has rows of every run. The last run counts; `demarche query` shows no other, and nor do the views
#' that are made here.

last_run <- "WITH places AS (
    SELECT run, max(position) AS place FROM (SELECT run, position FROM runs UNION ALL SELECT run, position FROM uses) GROUP BY run
  ), ranked AS (
    SELECT c.article, c.run, row_number() OVER (PARTITION BY c.article ORDER BY p.place DESC, c.run DESC) AS nth
    FROM codings c JOIN places p ON c.run = p.run
  )
  SELECT e.* FROM %s_all e JOIN ranked r ON e.article = r.article AND e.run = r.run WHERE r.nth = 1"

#' `ask` takes SQL about the tables of the store, and gives a data frame.

ask <- function(sql, tables) {
  if (has("duckdb") && has("DBI")) {
    base <- DBI::dbConnect(duckdb::duckdb())
    on.exit(DBI::dbDisconnect(base, shutdown = TRUE))
    register <- function(name, table) {
      files <- live_files(table)
      if (length(files) == 0) {
        # Nobody made an earlier run count again.
        DBI::dbExecute(base, sprintf("CREATE VIEW %s AS SELECT '' AS run, 0 AS position WHERE false", name))
      } else {
        quoted <- paste0("'", gsub("'", "''", files), "'", collapse = ", ")
        DBI::dbExecute(base, sprintf("CREATE VIEW %s AS SELECT * FROM read_parquet([%s])", name, quoted))
      }
    }
    for (table in c("runs", "uses", "codings")) register(table, table)
    for (table in tables) {
      if (table == "articles") {
        register(table, table)
      } else {
        register(paste0(table, "_all"), table)
        DBI::dbExecute(base, sprintf("CREATE VIEW %s AS %s", table, sprintf(last_run, table)))
      }
    }
    return(DBI::dbGetQuery(base, sql))
  }
  answer <- system2(program, c("query", shQuote(sql), "--store", shQuote(store), "--format", "csv"), stdout = TRUE)
  if (!is.null(attr(answer, "status"))) stop("the program could not answer: ", sql)
  utils::read.csv(text = answer, na.strings = "", stringsAsFactors = FALSE)
}

#' With `arrow` a table is a dataset, and `dplyr` works on it without reading all of it (of all runs: filter by `run`, where articles were coded again):
#'
#' ```r
#' arrow::open_dataset(live_files("events")) |> dplyr::filter(event == "PROTEST") |> dplyr::collect()
#' ```
#'
#' ## A dyad series
#'
#' Who has most to do with whom? `dyads` has a row for each pair of an event. We count what actually happened, by month, and divide by the articles of that
#' month: else a growing press looks like a growing conflict.

# What two do to each other, whoever begins: an event that goes both ways has two rows, and counts once.
between <- "SELECT least(actor, recipient) AS one, greatest(actor, recipient) AS other, quad_code, count(DISTINCT event) AS events
            FROM dyads WHERE recipient IS NOT NULL AND actor <> recipient AND status = 'actual' GROUP BY 1, 2, 3"
busiest <- ask(between, "dyads")
busiest$pair <- paste(busiest$one, busiest$other, sep = " \u2013 ")
totals <- sort(tapply(busiest$events, busiest$pair, sum), decreasing = TRUE)
first <- busiest[busiest$pair == names(totals)[[1]], ]
one <- first$one[[1]]
other <- first$other[[1]]
quads <- c("verbal cooperation", "material cooperation", "verbal conflict", "material conflict")
# Okabe and Ito's colours, which all eyes tell apart.
colours <- setNames(c("#56B4E9", "#0072B2", "#E69F00", "#D55E00"), quads)

events <- ask(sprintf(
  "SELECT DISTINCT event, date, quad_code, event_scale FROM dyads WHERE status = 'actual' AND date IS NOT NULL AND
   (actor = '%s' AND recipient = '%s' OR actor = '%s' AND recipient = '%s')", one, other, other, one), "dyads")
events$month <- as.Date(format(as.Date(events$date), "%Y-%m-01"))
events$quad <- factor(quads[events$quad_code], levels = quads)
published <- ask("SELECT published FROM articles WHERE published IS NOT NULL", "articles")
published$month <- as.Date(format(as.Date(published$published), "%Y-%m-01"))
articles <- as.data.frame(table(month = published$month), responseName = "articles", stringsAsFactors = FALSE)
counts <- as.data.frame(table(month = events$month, quad = events$quad), responseName = "events", stringsAsFactors = FALSE)
counts <- merge(counts, articles, by = "month")
counts$month <- as.Date(counts$month)
counts$quad <- factor(counts$quad, levels = quads)
counts$rate <- 100 * counts$events / counts$articles

series <- ggplot(counts, aes(month, rate, fill = quad)) +
  geom_col(width = 25) +
  scale_fill_manual(values = colours, name = NULL) +
  labs(title = sprintf("%s and %s", one, other), x = NULL, y = "events per 100 articles published") +
  theme_minimal(base_size = 12) +
  theme(legend.position = "bottom")

#' ## Shares of cooperation and conflict
#'
#' The same pairs side by side: the five busiest.

busiest <- busiest[busiest$pair %in% names(totals)[seq_len(min(5, length(totals)))], ]
busiest$pair <- factor(busiest$pair, levels = rev(names(totals)))
busiest$quad <- factor(quads[busiest$quad_code], levels = quads)

shares <- ggplot(busiest, aes(pair, events, fill = quad)) +
  geom_col(position = position_fill(reverse = TRUE)) +
  coord_flip() +
  scale_y_continuous(labels = function(share) paste0(100 * share, " %")) +
  scale_fill_manual(values = colours, name = NULL) +
  labs(title = "Cooperation and conflict of the busiest pairs", x = NULL, y = "share of events") +
  guides(fill = guide_legend(nrow = 2, byrow = TRUE)) +
  theme_minimal(base_size = 12) +
  theme(legend.position = "bottom")

#' ## A map
#'
#' Places have a precision: a town is a point, a country is not. Only what is as exact as a town is drawn, and the figure says how much is not.

places <- ask(sprintf(
  "SELECT lat, lon, quad_code, place_precision FROM events WHERE status = 'actual' AND id IN
   (SELECT event FROM dyads WHERE actor = '%s' AND recipient = '%s' OR actor = '%s' AND recipient = '%s')", one, other, other, one), c("events", "dyads"))
exact <- places[!is.na(places$lat) & places$place_precision %in% c("point", "city"), ]
exact$quad <- factor(quads[exact$quad_code], levels = quads)
drawn <- stats::aggregate(list(events = exact$lat), by = exact[c("lat", "lon", "quad")], FUN = length)

map <- ggplot(drawn, aes(lon, lat))
if (has("maps")) {
  map <- map + geom_polygon(data = map_data("world"), aes(long, lat, group = group), fill = "grey92", colour = "white", linewidth = 0.2)
}
map <- map +
  geom_point(aes(size = events, colour = quad), alpha = 0.7) +
  scale_colour_manual(values = colours, name = NULL) +
  scale_size_area(max_size = 8, name = "events") +
  coord_quickmap(xlim = range(drawn$lon) + c(-10, 10), ylim = range(drawn$lat) + c(-6, 6)) +
  labs(title = sprintf("%s and %s: where it happened", one, other), subtitle = sprintf("%d of %d events have a town or a point", nrow(exact), nrow(places)), x = NULL, y = NULL) +
  theme_minimal(base_size = 12) +
  guides(colour = guide_legend(nrow = 2, byrow = TRUE)) +
  theme(legend.position = "bottom", legend.box = "vertical")

#' ## Writing the figures

figures <- list(series = series, shares = shares, map = map)
for (name in names(figures)) {
  ggsave(file.path(folder, paste0(name, ".png")), figures[[name]], width = 7, height = if (name == "map") 6 else 4.5, dpi = 110, bg = "white")
}
stopifnot(nrow(events) > 0, nrow(drawn) > 0)
cat(sprintf("%s and %s: %d events; figures of %d pairs and %d places in %s\n", one, other, nrow(events), length(totals), nrow(drawn), folder))
