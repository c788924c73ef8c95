import { diagnose } from '../diagnostics/diagnose';
import type { Diagnostic } from '../diagnostics';
import { huntingTable } from '../hunting-schema';
import type { Column, Derived, Schema, Table } from '../schema';
import { bindQuery, type Finding } from './bridge';
import { isError } from './findings';
import { jsonTexts, unlistedColumns, workspaceColumns, workspaceSpellings } from './workspace-view.data';

/** What a query is bound against, with what the analyst should know about it. */
export interface FittingSchema {
  readonly schema: Schema;
  readonly notes: readonly Diagnostic[];
}

/** What a query sees beyond the documented tables. */
interface View {
  /** Columns beyond the documented ones. */
  readonly added: readonly string[];
  /** Columns of JSON text that are dynamic. */
  readonly dynamic: readonly string[];
  /** Whether functions of two documented shapes have the wider one. */
  readonly wide: boolean;
}

const perTable = new Set(
  [...Object.values(workspaceSpellings), ...Object.values(unlistedColumns)].flatMap((columns) => Object.keys(columns)),
);
const offered: readonly string[] = [...Object.keys(workspaceColumns), ...perTable];

/** Queries without any of these words are bound once, as documented. */
const triggers = new RegExp(`\\b(${[...offered, ...jsonTexts, 'SeenBy'].join('|')})\\b`);

function copyOf(table: Table, original: string, name: string): readonly [Column, Derived] | undefined {
  const type = table.columns.find((column) => column.name === original)?.type;
  return type && (name !== 'TimeGenerated' || type === 'datetime') ? [{ name, type }, { column: original }] : undefined;
}

/** A column that a table has beyond the documented ones. */
function addition(table: Table, name: string): readonly [Column, Derived] | undefined {
  if (table.columns.some((column) => column.name === name)) return undefined;
  const spelling = workspaceSpellings[table.name]?.[name];
  if (spelling !== undefined) return copyOf(table, spelling, name);
  const unlisted = unlistedColumns[table.name]?.[name];
  if (unlisted) return [{ name, type: unlisted }, 'nothing'];
  const derived = workspaceColumns[name]?.(table.name);
  if (derived === undefined) return undefined;
  return typeof derived === 'object' && 'column' in derived ? copyOf(table, derived.column, name) : [{ name, type: 'string' }, derived];
}

function seen(table: Table, view: View): Table {
  if (!huntingTable(table.name)) return table;
  const added = view.added.flatMap((name) => {
    const found = addition(table, name);
    return found ? [found] : [];
  });
  const parsed = table.columns.filter((column) => column.type === 'string' && view.dynamic.includes(column.name));
  if (added.length + parsed.length === 0) return table;
  const json = parsed.map(({ name }) => [name, { json: name }] as const);
  return {
    name: table.name,
    columns: [
      ...table.columns.map((column): Column => (parsed.includes(column) ? { name: column.name, type: 'dynamic' } : column)),
      ...added.map(([column]) => column),
    ],
    derived: { ...table.derived, ...Object.fromEntries([...added.map(([{ name }, derived]) => [name, derived] as const), ...json]) },
  };
}

const keyOf = ({ added, dynamic, wide }: View): string => [...added, '', ...dynamic, wide ? 'wide' : ''].join('+');

function schemaOf(schema: Schema, view: View): Schema {
  const tables = schema.tables.map((table) => seen(table, view));
  if (!view.wide && tables.every((table, index) => table === schema.tables[index])) return schema;
  return { id: `${schema.id}+${keyOf(view)}`, tables, wideFunctions: view.wide };
}

function errorsOf(query: string, schema: Schema): readonly Finding[] {
  return (bindQuery(query, schema)?.findings ?? []).filter((finding) => isError(finding, query));
}

const unlisted = new Set(Object.values(unlistedColumns).flatMap((columns) => Object.keys(columns)));

function noteOn(name: string): Diagnostic {
  if (name === 'TimeGenerated') return diagnose('workspace-time', {});
  return diagnose(unlisted.has(name) ? 'column-without-data' : 'workspace-column', { name });
}

const notesOn = ({ added, dynamic }: View): Diagnostic[] => [
  ...added.map(noteOn),
  ...dynamic.map((name) => diagnose('json-as-dynamic', { name })),
];

/** The views to try, the nearest to the documented tables first. */
function viewsFor(query: string, errors: readonly Finding[]): View[] {
  const missing = new Set(errors.flatMap(({ code, message }) => (code === 'KS142' ? (/'([^']+)'/.exec(message)?.slice(1) ?? []) : [])));
  const added = offered.filter((name) => missing.has(name));
  const dynamic = [...jsonTexts].filter((name) => new RegExp(`\\b${name}\\b`).test(query));
  const wide = /\binvoke\s+SeenBy\b/.test(query);
  const views: View[] = [
    { added, dynamic: [], wide },
    { added, dynamic, wide },
  ];
  // One column alone, where a query uses another as text in a way that dynamic values do not allow.
  return dynamic.length > 1 ? [...views, ...dynamic.map((name): View => ({ added, dynamic: [name], wide }))] : views;
}

/**
 * Tables of advanced hunting as a connected workspace streams them: with columns of its own, and with JSON as dynamic where the documented
 * type is string. Published queries are written for either form. A query that cannot be bound as documented, but can in this form, is bound
 * in it; every other query sees the tables as documented.
 */
export function schemaFor(query: string, schema: Schema): FittingSchema {
  if (!triggers.test(query)) return { schema, notes: [] };
  const errors = errorsOf(query, schema);
  let best: { readonly schema: Schema; readonly errors: number; readonly view?: View } = { schema, errors: errors.length };
  for (const view of errors.length === 0 ? [] : viewsFor(query, errors)) {
    if (best.errors === 0) break;
    const candidate = schemaOf(schema, view);
    const left = candidate === schema ? errors.length : errorsOf(query, candidate).length;
    if (left < best.errors) best = { schema: candidate, errors: left, view };
  }
  return { schema: best.schema, notes: best.view ? notesOn(best.view) : [] };
}
