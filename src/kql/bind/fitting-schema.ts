import { diagnose } from '../diagnostics/diagnose';
import type { Diagnostic } from '../diagnostics';
import { huntingTable } from '../hunting-schema';
import type { Column, Derived, KqlType, Schema, Table } from '../schema';
import { bindQuery, type Finding } from './bridge';
import { isError } from './findings';
import {
  formerNames,
  jsonTexts,
  numberTexts,
  unlistedColumns,
  upkeepColumns,
  workspaceColumns,
  workspaceSpellings,
} from './workspace-view.data';

/** What a query is bound against, with what the analyst should know about it. */
export interface FittingSchema {
  readonly schema: Schema;
  readonly notes: readonly Diagnostic[];
}

/** What a query sees beyond the documented tables. */
interface View {
  /** Columns beyond the documented ones. */
  readonly added: readonly string[];
  /** Columns of text that are dynamic, or a number. */
  readonly retyped: readonly string[];
  /** Whether functions of two documented shapes have the wider one. */
  readonly wide: boolean;
}

const times: readonly string[] = ['TimeGenerated', 'Timestamp'];
const perTable = new Set(
  [...Object.values(workspaceSpellings), ...Object.values(formerNames), ...Object.values(unlistedColumns)].flatMap((columns) =>
    Object.keys(columns),
  ),
);
const offered: readonly string[] = [...times, ...Object.keys({ ...workspaceColumns, ...upkeepColumns }), ...perTable];
const retypable: readonly string[] = [...jsonTexts, ...numberTexts];

/** Queries without any of these words are bound once, as documented. */
const triggers = new RegExp(`\\b(${[...offered, ...retypable, 'SeenBy'].join('|')})\\b`);

function copyOf(table: Table, original: string, name: string): readonly [Column, Derived] | undefined {
  const type = table.columns.find((column) => column.name === original)?.type;
  return type && [{ name, type }, { column: original }];
}

/** A table without a time of its own holds a state, which is as of the run. */
function timeOf(table: Table, name: string): readonly [Column, Derived] | undefined {
  const own = table.columns.find((column) => column.name === 'Timestamp');
  if (own && own.type !== 'datetime') return undefined;
  return [{ name, type: 'datetime' }, own ? { column: own.name } : 'now'];
}

/** A column that a table has beyond the documented ones. */
function addition(table: Table, name: string): readonly [Column, Derived] | undefined {
  if (table.columns.some((column) => column.name === name)) return undefined;
  if (times.includes(name)) return timeOf(table, name);
  const spelling = workspaceSpellings[table.name]?.[name] ?? formerNames[table.name]?.[name];
  if (spelling !== undefined) return copyOf(table, spelling, name);
  const unlisted = unlistedColumns[table.name]?.[name] ?? upkeepColumns[name];
  if (unlisted) return [{ name, type: unlisted }, 'nothing'];
  const derived = workspaceColumns[name]?.(table.name);
  return derived && [{ name, type: 'string' }, derived];
}

const readType = (name: string): KqlType => (numberTexts.has(name) ? 'real' : 'dynamic');

function seen(table: Table, view: View): Table {
  if (!huntingTable(table.name)) return table;
  const added = view.added.flatMap((name) => {
    const found = addition(table, name);
    return found ? [found] : [];
  });
  const read = table.columns.filter((column) => column.type === 'string' && view.retyped.includes(column.name));
  if (added.length + read.length === 0) return table;
  const retyped = read.map(({ name }) => [name, numberTexts.has(name) ? { number: name } : { json: name }] as const);
  return {
    name: table.name,
    columns: [
      ...table.columns.map((column): Column => (read.includes(column) ? { name: column.name, type: readType(column.name) } : column)),
      ...added.map(([column]) => column),
    ],
    derived: { ...table.derived, ...Object.fromEntries([...added.map(([{ name }, derived]) => [name, derived] as const), ...retyped]) },
  };
}

const keyOf = ({ added, retyped, wide }: View): string => [...added, '', ...retyped, wide ? 'wide' : ''].join('+');

function schemaOf(schema: Schema, view: View): Schema {
  const tables = schema.tables.map((table) => seen(table, view));
  if (!view.wide && tables.every((table, index) => table === schema.tables[index])) return schema;
  return { id: `${schema.id}+${keyOf(view)}`, tables, wideFunctions: view.wide };
}

interface Bound {
  readonly errors: readonly Finding[];
  /** How badly the query fits: first its errors, then what the engine would let pass although it makes little sense of text. */
  readonly misfit: number;
}

function boundTo(query: string, schema: Schema): Bound {
  const findings = bindQuery(query, schema)?.findings ?? [];
  const errors = findings.filter((finding) => isError(finding, query));
  return { errors, misfit: errors.length * 1000 + findings.filter(({ code }) => code === 'KS234' || code === 'KS235').length };
}

const unlisted = new Set([...Object.values(unlistedColumns), upkeepColumns].flatMap((columns) => Object.keys(columns)));
const renamed: Readonly<Record<string, string>> = Object.assign({}, ...Object.values(formerNames)) as Record<string, string>;

function noteOn(name: string): Diagnostic {
  if (name === 'TimeGenerated') return diagnose('workspace-time', {});
  if (name === 'Timestamp') return diagnose('state-time', {});
  const to = renamed[name];
  if (to !== undefined) return diagnose('former-column', { name, to });
  return diagnose(unlisted.has(name) ? 'column-without-data' : 'workspace-column', { name });
}

const notesOn = ({ added, retyped }: View): Diagnostic[] => [
  ...added.map(noteOn),
  ...retyped.map((name) => diagnose(numberTexts.has(name) ? 'text-as-number' : 'json-as-dynamic', { name })),
];

/** Below a plugin that makes columns of a bag any name stands for one of them; this one is a column of the table. */
const isUnpackedTime = (query: string): boolean => /\bbag_unpack\b/.test(query) && /\bTimeGenerated\b/.test(query);

/** The views to try, the nearest to the documented tables first. */
function viewsFor(query: string, errors: readonly Finding[]): View[] {
  const missing = new Set(errors.flatMap(({ code, message }) => (code === 'KS142' ? (/'([^']+)'/.exec(message)?.slice(1) ?? []) : [])));
  const added = offered.filter((name) => missing.has(name) || (name === 'TimeGenerated' && isUnpackedTime(query)));
  const retyped = retypable.filter((name) => new RegExp(`\\b${name}\\b`).test(query));
  const wide = /\binvoke\s+SeenBy\b/.test(query);
  const views: View[] = [
    { added, retyped: [], wide },
    { added, retyped, wide },
  ];
  // One column alone, where a query uses another as text in a way that dynamic values do not allow.
  return retyped.length > 1 ? [...views, ...retyped.map((name): View => ({ added, retyped: [name], wide }))] : views;
}

interface Attempt {
  readonly schema: Schema;
  readonly misfit: number;
  readonly view?: View;
}

/** The first view that fits, else the one that fits best. */
function fittest(query: string, schema: Schema, { errors, misfit }: Bound): Attempt {
  let best: Attempt = { schema, misfit };
  const hidden = isUnpackedTime(query);
  for (const view of viewsFor(query, errors)) {
    const candidate = schemaOf(schema, view);
    if (candidate === schema) continue;
    const left = boundTo(query, candidate).misfit;
    if (left < best.misfit || (hidden && left === 0)) best = { schema: candidate, misfit: left, view };
    if (best.view && best.misfit === 0) break;
  }
  return best;
}

/**
 * Tables of advanced hunting as a connected workspace streams them: with columns of its own, and with JSON as dynamic where the documented
 * type is string. Published queries are written for either form. A query that cannot be bound as documented, but can in this form, is bound
 * in it; every other query sees the tables as documented.
 */
export function schemaFor(query: string, schema: Schema): FittingSchema {
  if (!triggers.test(query)) return { schema, notes: [] };
  const bound = boundTo(query, schema);
  if (bound.misfit === 0 && !isUnpackedTime(query)) return { schema, notes: [] };
  const best = fittest(query, schema, bound);
  return { schema: best.schema, notes: best.view ? notesOn(best.view) : [] };
}
