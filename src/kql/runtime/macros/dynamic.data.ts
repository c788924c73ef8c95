/** Dynamic values are JSON text; SQL NULL is dynamic(null). */
export const dynamicMacros: readonly string[] = [
  `CREATE MACRO kql_is_array(j) AS (json_type(j) = 'ARRAY')`,
  `CREATE MACRO kql_array_length(j) AS CASE json_type(j) WHEN 'ARRAY' THEN json_array_length(j)::BIGINT END`,
  `CREATE MACRO kql_items(j) AS json_extract(j, '$[*]')`,
  // The elements as tostring() gives them; what is no array is its own one element.
  `CREATE MACRO kql_texts_of_json(j) AS CASE json_type(j) WHEN 'ARRAY' THEN json_extract_string(j, '$[*]') ELSE [json_extract_string(j, '$')] END`,
  `CREATE MACRO kql_bag_keys(j) AS CASE json_type(j) WHEN 'OBJECT' THEN to_json(json_keys(j)) END`,
];
