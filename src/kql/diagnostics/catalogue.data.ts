import type { DiagnosticKind } from '../diagnostics';

interface Entry {
  readonly kind: DiagnosticKind;
  readonly severity: 'error' | 'warning' | 'note';
  /** {name} stands for a parameter. */
  readonly message: string;
  readonly hint?: string;
}

/**
 * Every diagnostic of ours. Codes of the official parser and binder (KS...) pass through beside these. `refused` is what an advanced
 * hunting service would not run either; `unsupported` is valid KQL that this engine does not answer.
 */
export const catalogue = {
  'query-too-long': {
    kind: 'limit',
    severity: 'error',
    message: 'The query has {length} bytes; at most {limit} are accepted.',
    hint: 'Move long lists of values into a dataset, or split the query.',
  },
  'query-too-deep': {
    kind: 'limit',
    severity: 'error',
    message: 'The query nests brackets {depth} levels deep; at most {limit} are accepted.',
  },
  'query-too-complex': {
    kind: 'limit',
    severity: 'error',
    message: 'The query is too complex to translate.',
    hint: 'Split long chains of and/or into in (...) or has_any (...).',
  },
  'parser-failed': {
    kind: 'unsupported',
    severity: 'error',
    message: 'The KQL parser stopped at this query, so it was not run.',
    hint: 'A column or a variable may be called like a part of the parser (hasOwnProperty is one): choose another name.',
  },
  'empty-query': {
    kind: 'syntax',
    severity: 'error',
    message: 'The query has no expression to run.',
    hint: 'End the query with a tabular expression, such as the name of a table.',
  },
  'several-results': {
    kind: 'refused',
    severity: 'error',
    message: 'A hunting query gives one result; this text has {count} tabular expressions.',
    hint: 'Run them one after the other, or combine them with union.',
  },
  'control-command': {
    kind: 'refused',
    severity: 'error',
    message: 'Control commands (starting with a dot) are not part of advanced hunting.',
    hint: 'Write a query: it starts with a table name, let, print, union or search.',
  },
  'other-cluster': {
    kind: 'refused',
    severity: 'error',
    message: '{name}() is not available: a hunting query reads the tables of its own tenant only.',
    hint: 'Name the table directly.',
  },
  'external-data': {
    kind: 'refused',
    severity: 'error',
    message: 'externaldata is refused by policy: this engine never fetches from the network.',
    hint: 'Paste the values into a datatable or a dynamic list.',
  },
  'remote-plugin': {
    kind: 'refused',
    severity: 'error',
    message: "The plugin '{name}' is disabled in advanced hunting.",
    hint: 'Only plugins that work on the rows of the query are available.',
  },
  'operator-unsupported': { kind: 'unsupported', severity: 'error', message: "The operator '{name}' is not supported by this engine." },
  'construct-unsupported': { kind: 'unsupported', severity: 'error', message: '{what}' },
  'function-unsupported': {
    kind: 'unsupported',
    severity: 'error',
    message: "The function '{name}' is not supported by this engine: {why}.",
  },
  'function-unknown': { kind: 'unsupported', severity: 'error', message: "The function '{name}' is not supported by this engine." },
  'plugin-unsupported': { kind: 'unsupported', severity: 'error', message: "The plugin '{name}' is not supported by this engine." },
  'name-unresolved': { kind: 'semantic', severity: 'error', message: "The name '{name}' cannot be resolved here." },
  'not-constant': { kind: 'semantic', severity: 'error', message: '{what} must be a constant.' },
  'semantic-type': { kind: 'semantic', severity: 'error', message: '{what}' },
  'take-before-where': {
    kind: 'advice',
    severity: 'warning',
    message: 'take comes before where: the filter sees only {count} arbitrary rows.',
    hint: 'Put take after the last where.',
  },
  'join-without-kind': {
    kind: 'advice',
    severity: 'warning',
    message: 'join without a kind is innerunique: rows of the left side that share a key are reduced to one.',
    hint: 'Write kind=inner to keep every pair, or kind=innerunique to say that one is enough.',
  },
  'no-time-filter': {
    kind: 'advice',
    severity: 'warning',
    message: 'No filter on a time column: the whole retention is read.',
    hint: 'Add | where Timestamp > ago(1d).',
  },
  'long-look-back': {
    kind: 'advice',
    severity: 'warning',
    message: 'The query looks back {days} days; advanced hunting keeps 30.',
    hint: 'Older rows are simply absent.',
  },
  'file-profile-limit': {
    kind: 'advice',
    severity: 'warning',
    message: 'FileProfile enriches the first {count} rows; the others keep empty values.',
    hint: 'Reduce the rows first, or pass a larger number (at most 1,000).',
  },
  'column-absent': {
    kind: 'advice',
    severity: 'warning',
    message: "The data gives no column '{name}': it is empty here.",
    hint: 'A hunting service refuses the query over such data.',
  },
  'workspace-time': {
    kind: 'advice',
    severity: 'warning',
    message: 'TimeGenerated is read as Timestamp here, and as the time of the run in a table without one.',
    hint: 'Defender knows TimeGenerated only where a Sentinel workspace is connected; Timestamp works everywhere.',
  },
  'state-time': {
    kind: 'advice',
    severity: 'warning',
    message: 'Timestamp is read as the time of the run: the documented table has none.',
    hint: 'The table holds a state, not events; a filter on time leaves nothing out of it.',
  },
  'former-column': {
    kind: 'advice',
    severity: 'warning',
    message: '{name} is the former name of a column: {to} is read.',
    hint: 'The values of the column may have changed with its name: compare with {to} by has.',
  },
  'text-as-number': {
    kind: 'advice',
    severity: 'note',
    message: '{name} is documented as text; this query reads it as a number.',
    hint: 'toreal() around it works in either form.',
  },
  'workspace-column': {
    kind: 'advice',
    severity: 'warning',
    message: '{name} is no documented column: it is read as a connected Sentinel workspace shows it.',
    hint: 'What the documented table has no data for is empty here.',
  },
  'column-without-data': {
    kind: 'advice',
    severity: 'warning',
    message: '{name} is no documented column, though published hunts read it: it is empty here.',
    hint: 'A filter on it finds nothing in this data.',
  },
  'json-as-dynamic': {
    kind: 'advice',
    severity: 'note',
    message: '{name} is documented as text that holds JSON; this query reads it as dynamic.',
    hint: 'parse_json() around it works in either form.',
  },
  'always-null': {
    kind: 'advice',
    severity: 'warning',
    message: '{name}() has no data behind it here: the answer is null for every row.',
  },
} as const satisfies Record<string, Entry>;

export type DiagnosticCode = keyof typeof catalogue;
