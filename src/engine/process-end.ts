import type { Task } from './messages';

/** Why we ended an engine process ourselves. */
export type KillReason =
  | 'memory' // it grew beyond its ceiling
  | 'hung' // it did not stop what it was asked to stop
  | 'worn' // it has served enough requests
  | 'idle' // nobody needed it
  | 'stopping'; // the engine shuts down

/** How an engine process ended: for a log, without anything of what it worked on. */
export interface ProcessEnd {
  readonly pid: number | undefined;
  readonly code: number | null;
  readonly signal: string | null;
  /** undefined: it ended by itself, or something else ended it. */
  readonly wanted: KillReason | undefined;
  /** The kind of task it was at. */
  readonly work: Task['kind'] | undefined;
  /** Requests it had been given. */
  readonly served: number;
  /** Resident when it was last looked at, within a request. */
  readonly memoryMb: number;
}
