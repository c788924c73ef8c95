import type { EngineErrorCode } from './engine-error';
import type { FileFormat, IndexRequest, LoadColumn, LookRequest, Parameter, Relation } from './requests';

/** What a child is asked to do, one task at a time. */
export type Task =
  | { readonly kind: 'rows'; readonly query: Query; readonly separator: string; readonly maxRows?: number }
  | { readonly kind: 'write'; readonly query: Query; readonly to: string; readonly format: FileFormat }
  | { readonly kind: 'load'; readonly from: readonly string[]; readonly columns: readonly LoadColumn[]; readonly to: string }
  | ({ readonly kind: 'index' } & Pick<IndexRequest, 'relation' | 'counts' | 'column' | 'number' | 'to'>)
  | ({ readonly kind: 'look' } & Pick<LookRequest, 'folder' | 'rows' | 'question'>);

export interface Query {
  readonly relations: readonly Relation[];
  readonly sql: string;
  readonly parameters: readonly Parameter[];
}

export interface Resources {
  readonly memoryMb: number;
  readonly threads: number;
}

/** Settings of a child for its whole life. */
export interface ChildSettings extends Resources {
  readonly temporaryFolder: string;
  readonly temporaryMb: number;
  readonly nice: number;
  /** A module that exports `prelude`: macros and functions every query may use. */
  readonly preludeModule?: string;
}

export type ToChild =
  | { readonly type: 'task'; readonly id: number; readonly task: Task; readonly resources: Resources }
  | { readonly type: 'credit'; readonly id: number }
  | { readonly type: 'interrupt'; readonly id: number };

export type FromChild =
  | { readonly type: 'idle' }
  | { readonly type: 'batch'; readonly id: number; readonly text: string; readonly rows: number }
  | {
      readonly type: 'done';
      readonly id: number;
      readonly rows: number;
      readonly bytes: number;
      readonly cut: boolean;
      readonly misfits: Readonly<Record<string, number>>;
    }
  | { readonly type: 'failed'; readonly id: number; readonly code: EngineErrorCode; readonly message: string };

/** Batches a child may send ahead of its reader. */
export const WINDOW = 4;

/** Where a file grows until it is whole; a reader never sees half a file under its name. */
export const growing = (path: string): string => `${path}.part`;
