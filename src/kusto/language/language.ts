import { Worker } from 'node:worker_threads';
import type { Analysis, Translation } from '../../kql/index';
import type { Schema } from '../../kql/schema';
import { programIn } from '../../engine/program';
import { REMEMBERED, type Ask, type Reply } from './protocol';

/** The language did not answer: the query took longer than its deadline, or the parser broke on it. */
export class LanguageError extends Error {
  override readonly name = 'LanguageError';
  constructor(
    readonly code: 'deadline' | 'crashed' | 'failed' | 'stopped',
    message: string,
  ) {
    super(message);
  }
}

export interface TranslateContext {
  readonly schema: Schema;
  readonly nowTicks: bigint;
  readonly answers?: ReadonlyMap<string, unknown>;
}

export interface Language {
  /** Parse, bind and advise. Rejects with LanguageError. */
  analyze(query: string, schema: Schema): Promise<Analysis>;
  /** KQL to SQL. Rejects with LanguageError. */
  translate(query: string, context: TranslateContext): Promise<Translation>;
  /** Resolves when the parser is ready to answer quickly. */
  ready(): Promise<void>;
  stop(): Promise<void>;
}

interface Waiting {
  readonly ask: (known: ReadonlySet<string>) => Ask;
  readonly schemaId: string;
  readonly deadlineMs: number;
  resolve(value: unknown): void;
  reject(error: LanguageError): void;
}

/** Starting a worker and building its grammar may take this long on a busy machine. */
const START_MS = 60_000;

/**
 * src/kql in a worker thread of its own, so that no query text, however odd, holds the event loop. Calls are answered one
 * after another; a call beyond its deadline costs the worker its life and the others only the time of a restart.
 */
export function createLanguage({ deadlineMs = 10_000 }: { readonly deadlineMs?: number } = {}): Language {
  const thread = new LanguageThread();
  const call = <T>(schema: Schema, ask: (schema: Schema | undefined) => Ask): Promise<T> =>
    new Promise<unknown>((resolve, reject) => {
      thread.enqueue({ ask: (known) => ask(known.has(schema.id) ? undefined : schema), schemaId: schema.id, deadlineMs, resolve, reject });
    }) as Promise<T>;
  return Object.freeze({
    analyze: (query: string, schema: Schema) =>
      call<Analysis>(schema, (sent) => ({ call: 'analyze', query, schemaId: schema.id, ...(sent !== undefined && { schema: sent }) })),
    translate: (query: string, { schema, nowTicks, answers }: TranslateContext) =>
      call<Translation>(schema, (sent) => ({
        call: 'translate',
        query,
        schemaId: schema.id,
        nowTicks,
        ...(sent !== undefined && { schema: sent }),
        ...(answers !== undefined && { answers }),
      })),
    ready: () => thread.warm(),
    stop: () => thread.stop(),
  });
}

/** Owns the worker: starts it, replaces it, hands it one call at a time. */
class LanguageThread {
  private worker: Worker | undefined;
  private known = new Set<string>();
  private running: Waiting | undefined;
  private readonly waiting: Waiting[] = [];
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;

  enqueue(call: Waiting): void {
    if (this.stopped) return call.reject(new LanguageError('stopped', 'the language is shutting down'));
    this.waiting.push(call);
    this.next();
  }

  warm(): Promise<void> {
    return new Promise((resolve, reject) =>
      this.enqueue({ ask: () => ({ call: 'warm' }), schemaId: '', deadlineMs: START_MS, resolve: () => resolve(), reject }),
    );
  }

  async stop(): Promise<void> {
    this.stopped = true;
    for (const call of this.waiting.splice(0)) call.reject(new LanguageError('stopped', 'the language is shutting down'));
    this.finish(new LanguageError('stopped', 'the language is shutting down'));
    await this.worker?.terminate();
  }

  private next(): void {
    if (this.running !== undefined || this.stopped) return;
    this.running = this.waiting.shift();
    if (this.running === undefined) return;
    const fresh = this.worker === undefined;
    const worker = (this.worker ??= this.start());
    worker.ref();
    this.timer = setTimeout(() => this.expire(), this.running.deadlineMs + (fresh ? START_MS : 0));
    if (!this.known.has(this.running.schemaId) && this.known.size >= REMEMBERED) this.known.clear();
    worker.postMessage(this.running.ask(this.known));
    if (this.running.schemaId !== '') this.known.add(this.running.schemaId);
  }

  private start(): Worker {
    const program = programIn(__dirname, 'worker');
    const worker = new Worker(program.file, {
      execArgv: [...program.execArgv],
      env: {},
      resourceLimits: { maxOldGenerationSizeMb: 1024, maxYoungGenerationSizeMb: 64 },
    });
    this.known = new Set();
    const lost = (error?: unknown): void => {
      if (this.worker !== worker) return;
      this.worker = undefined;
      this.finish(
        new LanguageError('crashed', `the parser ended: ${error instanceof Error ? error.message.slice(0, 200) : 'no reason given'}`),
      );
    };
    worker.on('message', (reply: Reply) => this.finish(reply));
    worker.on('error', lost);
    worker.on('exit', () => lost());
    return worker;
  }

  /** A worker that computes hears no message: only its end stops it. */
  private expire(): void {
    const worker = this.worker;
    this.worker = undefined;
    void worker?.terminate();
    this.finish(new LanguageError('deadline', 'the query took too long to analyse'));
  }

  private finish(outcome: Reply | LanguageError): void {
    clearTimeout(this.timer);
    const call = this.running;
    this.running = undefined;
    // An idle worker must not keep a finished program alive.
    this.worker?.unref();
    if (outcome instanceof LanguageError) call?.reject(outcome);
    else if ('failure' in outcome) call?.reject(new LanguageError('failed', outcome.failure));
    else call?.resolve(outcome.value);
    this.next();
  }
}
