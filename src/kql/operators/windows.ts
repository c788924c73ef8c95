import type { Expression } from '../translate/expression';
import type { Relation } from '../translate/relation';
import type { Scope, Translation, WindowHost } from '../translate/translation';

interface Helper {
  readonly name: string;
  readonly sql: string;
  readonly level: number;
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
  return {
    helpers,
    partition,
    add,
    position: () => {
      shuffled = true;
      return (order ??= add('row_number() OVER ()', 'long'));
    },
    shuffles: () => shuffled,
  };
}

export interface Windowed {
  readonly from: string;
  /** Appended to a SELECT over `from` to bring the rows back into their order. */
  readonly tail: string;
}

/** Writes the steps of the collected windows, lowest level first, over the relation. */
export function windowSteps(host: ReturnType<typeof createWindowHost>, relation: Relation, translation: Translation): Windowed {
  const levels = [...new Set(host.helpers.map((helper) => helper.level))].sort((a, b) => a - b);
  const from = levels.reduce((source, level) => {
    const list = host.helpers.filter((helper) => helper.level === level).map((helper) => `${helper.sql} AS ${helper.name}`);
    return translation.step(`SELECT *, ${list.join(', ')} FROM ${source}`, relation.columns).from;
  }, relation.from);
  const position = host.helpers.find((helper) => helper.sql === 'row_number() OVER ()');
  return { from, tail: host.shuffles() && position ? `ORDER BY ${position.name}` : '' };
}

/** A scope in which window functions find a host. */
export function hosting(scope: Scope): { scope: Scope; host: ReturnType<typeof createWindowHost> } {
  const host = createWindowHost(scope.translation, scope.row?.partition);
  return { host, scope: { ...scope, windows: host } };
}
