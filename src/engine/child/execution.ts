import type { DuckDBConnection } from '@duckdb/node-api';
import { EngineError } from '../engine-error';
import { WINDOW } from '../messages';

/** One running task as seen by what may stop or slow it: the parent's interrupt and the reader's credit. */
export class Execution {
  private interrupted = false;
  private credits = WINDOW;
  private wake: (() => void) | undefined;
  private hammer: NodeJS.Timeout | undefined;

  constructor(
    readonly id: number,
    private readonly connection: DuckDBConnection,
  ) {}

  /** An interrupt between two statements is lost in DuckDB, so it is repeated until the task has ended. */
  interrupt(): void {
    if (this.interrupted) return;
    this.interrupted = true;
    this.connection.interrupt();
    this.hammer = setInterval(() => this.connection.interrupt(), 20);
    this.wake?.();
  }

  credit(): void {
    this.credits += 1;
    this.wake?.();
  }

  /** Called between steps. */
  check(): void {
    if (this.interrupted) throw new EngineError('cancelled', 'interrupted');
  }

  /** Waits until the reader wants another batch. */
  async mayAnswer(): Promise<void> {
    while (this.credits === 0 && !this.interrupted) {
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
      this.wake = undefined;
    }
    this.check();
    this.credits -= 1;
  }

  end(): void {
    clearInterval(this.hammer);
  }
}
