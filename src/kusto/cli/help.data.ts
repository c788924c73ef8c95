export const help = `Ask a KQL query of tables in files.

  npm run --silent kql -- 'DeviceProcessEvents | summarize count() by FileName | top 5 by count_'
  npm run --silent kql -- --data FOLDER 'Table | take 10'
  npm run --silent kql -- < query.kql
  npm run --silent kql -- --batch < queries.ndjson > answers.ndjson

Tables
  Without --data: the lab's own telemetry (DATA_DIR/lab, made when the lab first starts).
  -d, --data FOLDER     a folder of Parquet, CSV and NDJSON files, one table a file, named as the file
  -t, --tenant NAME     which organization of the lab: contoso (default) or fabrikam

Answer
  -f, --format FORMAT   table (default), csv, json or ndjson
      --max-rows N      stop after N rows and say so (a table on a terminal stops after 1000)
      --explain         show the SQL instead of running it
      --now TIME        what now() and ago() count from; default: the present
      --timeout SECONDS give up after this time of work; default 180

Batch
  --batch reads {"id","kql"} lines from standard input and writes one line for each, in order:
  {"id","columns":[{"name","type"}],"rows":[[...]]} or {"id","error":{"code","message","line","column"}}

Exit code: 0 answered, 1 the query is wrong, refused or ran into a limit, 2 the command line or the data is wrong.
`;
