import type { Expression } from '../translate/expression';
import type { Relation } from '../translate/relation';
import type { Scope, Translation, WindowHost } from '../translate/translation';

interface Helper {
  readonly name: string;
  readonly sql: string;
  readonly level: number;
  /** The SQL is an aggregate that gives a list, an element a row, in the order of this column. */
  readonly by?: string;
}

/** Collects window expressions while an operator's expressions are translated; SQL does not nest them, so each level is a step. */
export function createWindowHost(
  translation: Translation,
  partition: string | undefined,
): WindowHost & { readonly helpers: readonly Helper[]; readonly shuffles: () => boolean } {
  const helpers: Helper[] = [];
  let order: Expression | undefined;
  let shuffled = false;
  const add: WindowHost['add'] = (sql, type) => {
    const below = helpers.filter((helper) => sql.includes(helper.name)).map((helper) => helper.level);
    const name = translation.fresh('w');
    helpers.push({ name, sql, level: Math.max(0, ...below) + 1 });
    return { sql: name, type };
  };
  const position = (): Expression => {
    shuffled = true;
    return (order ??= add('row_number() OVER ()', 'long'));
  };
  return {
    helpers,
    partition,
    add,
    fold: (sql, type) => {
      const by = position().sql;
      const value = add(sql(by), type);
      helpers.push({ ...(helpers.pop() as Helper), by });
      return value;
    },
    position,
    shuffles: () => shuffled,
  };
}

export interface Windowed {
  readonly from: string;
  /** Appended to a SELECT over `from` to bring the rows back into their order. */
  readonly tail: string;
}

/** Puts the list that a fold gives for each sub-table back beside its rows. */
function folded(
  { name, sql, by = '' }: Helper,
  rows: string,
  parts: { host: WindowHost; relation: Relation; translation: Translation },
): string {
  const group = parts.host.partition === undefined ? '' : ` GROUP BY ${parts.host.partition}`;
  const lists = `SELECT unnest(list(${by} ORDER BY ${by})) AS _at, unnest(${sql}) AS ${name} FROM ${rows}${group}`;
  const joined = `SELECT _b.*, _f.${name} FROM ${rows} AS _b JOIN (${lists}) AS _f ON _b.${by} = _f._at`;
  return parts.translation.step(joined, parts.relation.columns).from;
}

/** Writes the steps of the collected windows, lowest level first, over the relation. */
export function windowSteps(host: ReturnType<typeof createWindowHost>, relation: Relation, translation: Translation): Windowed {
  const levels = [...new Set(host.helpers.map((helper) => helper.level))].sort((a, b) => a - b);
  const from = levels.reduce((source, level) => {
    const helpers = host.helpers.filter((helper) => helper.level === level);
    const list = helpers.filter(({ by }) => by === undefined).map((helper) => `${helper.sql} AS ${helper.name}`);
    const windowed = list.length === 0 ? source : translation.step(`SELECT *, ${list.join(', ')} FROM ${source}`, relation.columns).from;
    return helpers
      .filter(({ by }) => by !== undefined)
      .reduce((rows, helper) => folded(helper, rows, { host, relation, translation }), windowed);
  }, relation.from);
  const position = host.helpers.find((helper) => helper.sql === 'row_number() OVER ()');
  return { from, tail: host.shuffles() && position ? `ORDER BY ${position.name}` : '' };
}

/** A scope in which window functions find a host. */
export function hosting(scope: Scope): { scope: Scope; host: ReturnType<typeof createWindowHost> } {
  const host = createWindowHost(scope.translation, scope.row?.partition);
  return { host, scope: { ...scope, windows: host } };
}
