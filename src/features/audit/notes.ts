import type { AuditEvent } from './audit-event';
import type { Writer } from './writer';

export interface NotesOptions {
  readonly writer: Pick<Writer, 'append'>;
  readonly clock: () => number;
  readonly report: (event: string, error: unknown, facts?: Readonly<Record<string, number>>) => void;
  readonly againAfterMs?: number;
}

interface Waiting {
  readonly events: readonly AuditEvent[];
  readonly at: number;
}

/** Beyond so many the oldest are given up; the log has them. */
const mostWaiting = 10_000;

/** Records of what has happened already: where the database does not take them now, they are kept here and tried again. */
export const createNotes = ({ writer, clock, report, againAfterMs = 2_000 }: NotesOptions) => {
  const waiting: Waiting[] = [];
  let timer: NodeJS.Timeout | undefined;

  const keep = (job: Waiting, error: unknown): void => {
    if (waiting.length === 0) report('audit-records-wait', error);
    waiting.push(job);
    if (waiting.length > mostWaiting) report('audit-records-lost', error, { records: waiting.shift()!.events.length });
    timer ??= setTimeout(() => void retry(), againAfterMs).unref();
  };

  const retry = async (): Promise<void> => {
    timer = undefined;
    const jobs = waiting.splice(0);
    await Promise.all(jobs.map((job) => tell(job)));
  };

  const tell = async (job: Waiting): Promise<void> => {
    try {
      await writer.append(job.events, job.at);
    } catch (error) {
      keep(job, error);
    }
  };

  return Object.freeze({
    /** Resolves once they are durable, or once they wait to be tried again; never rejects. Their time is now. */
    note: (events: readonly AuditEvent[]): Promise<void> => tell({ events, at: clock() }),
    /** One last try; what the database still refuses is lost but for the log. */
    close: async (): Promise<void> => {
      clearTimeout(timer);
      await retry();
      clearTimeout(timer);
      const records = waiting.reduce((sum, { events }) => sum + events.length, 0);
      if (records > 0) report('audit-records-lost', undefined, { records });
    },
  });
};

export type Notes = ReturnType<typeof createNotes>;
