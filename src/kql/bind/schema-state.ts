import type { KqlType, Schema, Table } from '../schema';
import { huntingFunctions } from './hunting-functions.data';
import { load, type Foreign } from './language-service';

/** The library's state for a schema, with a cache of its own that grows with the queries bound. */
interface KeptState {
  readonly bare: Foreign;
  cached: Foreign;
  uses: number;
}

const states = new Map<string, KeptState>();
/** Queries after which a state's cache is begun anew. */
const cacheLife = 256;

/** The library's own names of KQL's types. */
const scalarTypes: Readonly<Record<KqlType, string>> = {
  bool: 'Bool',
  int: 'Int',
  long: 'Long',
  real: 'Real',
  decimal: 'Decimal',
  string: 'String',
  datetime: 'DateTime',
  timespan: 'TimeSpan',
  guid: 'Guid',
  dynamic: 'Dynamic',
};

export const isKqlType = (name: string): name is KqlType => Object.hasOwn(scalarTypes, name);

const tableSymbols = new WeakMap<Table, Foreign>();

/** Built from its columns: the library would take ten times as long to read them from the text of a schema. */
function tableSymbol(table: Table): Foreign {
  const known = tableSymbols.get(table);
  if (known) return known;
  const { symbols } = load();
  const columns = table.columns.map(({ name, type }) => new symbols.ColumnSymbol.ctor(name, symbols.ScalarTypes[scalarTypes[type]]));
  const made = new symbols.TableSymbol.$ctor4(table.name, columns);
  tableSymbols.set(table, made);
  return made;
}

/** The library's state for a schema, kept, a few at a time. */
export function stateOf(schema: Schema): Foreign {
  const known = states.get(schema.id) ?? keepState(schema);
  known.uses += 1;
  if (known.uses % cacheLife === 0) known.cached = known.bare.WithCache();
  return known.cached;
}

function keepState(schema: Schema): KeptState {
  const { language, symbols } = load();
  const functions = huntingFunctions.map(
    (row) => new symbols.FunctionSymbol.$ctor16(row.name, row.parameters, (schema.wideFunctions && row.wideBody) || row.body, row.about),
  );
  const members = [...schema.tables.map(tableSymbol), ...functions];
  const state = language.GlobalState.Default.WithDatabase(new symbols.DatabaseSymbol.$ctor2('hunting', null, members));
  // What the library would otherwise add to a copy of the state, and with it of all its look-up tables, for each query.
  const bare = state.WithParseOptions(state.ParseOptions.WithAlwaysProduceEndTokens(true));
  const kept: KeptState = { bare, cached: bare.WithCache(), uses: 0 };
  if (states.size >= 16) states.delete([...states.keys()][0] as string);
  states.set(schema.id, kept);
  return kept;
}
