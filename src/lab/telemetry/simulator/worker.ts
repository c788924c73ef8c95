import { parentPort, workerData } from 'node:worker_threads';
import type { Tenant } from '../../directory/tenants.data';
import { simulate } from './simulate';
import { createSink } from './sink';
import type { AnswerKey } from './stories/answer-key';
import { createWindow } from './window';

/** What the thread is given, and what it sends when it has written everything. */
export interface SimulationOrder {
  readonly tenant: Tenant;
  readonly seed: string;
  readonly events: number;
  readonly now: Date;
  readonly scratch: string;
}

export interface SimulationDone {
  readonly keys: readonly AnswerKey[];
  readonly tables: ReadonlyMap<string, { readonly rows: number; readonly fields: ReadonlySet<string> }>;
}

const order = workerData as SimulationOrder;
const sink = createSink(order.scratch);
const keys = simulate({ tenant: order.tenant, seed: order.seed, events: order.events, window: createWindow(order.now), sink });
sink.close();
const tables = new Map([...sink.tables].map(([name, { rows, fields }]) => [name, { rows, fields }]));
parentPort?.postMessage({ keys, tables } satisfies SimulationDone);
