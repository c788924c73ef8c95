import type { Engine } from '../../engine/engine';
import { keptRelation } from './kept-rows';
import type { KeptRows } from './view';
import type { Bindings } from './bindings';

/** Who asks, and how the asking ends early. */
export interface Asking {
  readonly signal?: AbortSignal | undefined;
  readonly owner?: string;
}

/** One SELECT over the relation `kept`. */
export interface ViewSelect {
  readonly rows: KeptRows;
  readonly sql: string;
  readonly bindings: Bindings;
}

/** Runs a view's SELECT in the lane that stays quick and gives all its texts; views are small by construction. */
export async function texts(engine: Pick<Engine, 'rows'>, { rows, sql, bindings }: ViewSelect, asking: Asking): Promise<string[]> {
  const found: string[] = [];
  const stream = engine.rows({ relations: [keptRelation(rows)], sql, parameters: bindings.parameters, lane: 'page', ...asking });
  for await (const batch of stream) found.push(...batch);
  return found;
}
