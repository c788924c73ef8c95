/**
 * Words that are read as something else unless a column of that name stands in brackets, as in ['where']: those that Kusto's own
 * BracketNameIfNecessary takes, and three literals.
 */
export const reservedNames: ReadonlySet<string> = new Set(
  `
    true false null
    __crossCluster __crossDB __id __isFuzzy __noWithSource __packedColumn __sourceColumnIndex accumulate and anomalychart areachart
    as asc bagexpansion barchart between bin_legacy by cachingpolicy callout cancel card columnchart contains containscs contains_cs
    __contextual_datatable cycles dataexport datascope datatable decodeblocks desc earliest encodingpolicy endswith endswith_cs
    __executeAndCache expandoutput extent_tags_retention externaldata external_data find first flags harddelete hardretention has
    has_any has_all has_cs hasprefix hasprefix_cs hassuffix hassuffix_cs hotcache in invoke isfuzzy force_remote journal kind
    ladderchart last latest like likecs linechart materialize mdm missing nooptimization notcontains notcontainscs notlike notlikecs
    of or others pathformat piechart pivotchart print project __projectAway queries query_results relaxed restricted_view_access
    row_level_security rowstore rowstore_references rowstore_sealinfo rowstorepolicy rowstores sample scatterchart seal seals search
    set shards simple softdelete softretention sql stackedareachart startswith startswith_cs statistics storedqueryresultcontainers
    tablepurge timechart timeline timepivot title to toscalar totable treemap union unrestrictedviewers verbose viewers views where
    with_itemindex with_match_id with_source with_step_name withsource writeaheadlog boolean int8 char uint8 byte int16 uint16 int
    int32 uint uint32 long int64 ulong uint64 float real decimal double string time timespan date datetime uniqueid dynamic
  `
    .trim()
    .split(/\s+/),
);
