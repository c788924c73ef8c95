import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { RequestHandler } from 'express';

/** Upper bounds of the duration histogram, in seconds. */
const bounds = [0.01, 0.05, 0.1, 0.5, 1, 5, 30];

const createDurations = () => {
  const counts = new Array<number>(bounds.length + 1).fill(0);
  let sum = 0;
  return {
    add: (seconds: number): void => {
      const at = bounds.findIndex((bound) => seconds <= bound);
      counts[at === -1 ? bounds.length : at]! += 1;
      sum += seconds;
    },
    lines: (name: string): string[] => {
      let below = 0;
      const buckets = [...bounds, Infinity].map((bound, at) => {
        below += counts[at]!;
        return `${name}_bucket{le="${bound === Infinity ? '+Inf' : bound}"} ${below}`;
      });
      return [`# TYPE ${name} histogram`, ...buckets, `${name}_sum ${sum}`, `${name}_count ${below}`];
    },
  };
};

/**
 * Numbers for the operator at `/metrics`, in Prometheus' text form: requests by status class, how long they took, memory, and
 * how long the event loop was held. No route, tenant or person is in them.
 */
export const createMetrics = () => {
  const durations = createDurations();
  const requests = new Map<string, number>();
  const delay = monitorEventLoopDelay({ resolution: 20 });
  delay.enable();

  /** Counts a request that has ended. */
  const count = (status: number, milliseconds: number): void => {
    const kind = `${Math.trunc(status / 100)}xx`;
    requests.set(kind, (requests.get(kind) ?? 0) + 1);
    durations.add(milliseconds / 1_000);
  };

  const text = (): string =>
    [
      '# TYPE quarry_requests_total counter',
      ...[...requests].sort().map(([status, total]) => `quarry_requests_total{status="${status}"} ${total}`),
      ...durations.lines('quarry_request_seconds'),
      '# TYPE quarry_resident_memory_bytes gauge',
      `quarry_resident_memory_bytes ${process.memoryUsage.rss()}`,
      '# TYPE quarry_event_loop_delay_seconds gauge',
      `quarry_event_loop_delay_seconds{quantile="0.99"} ${delay.percentile(99) / 1e9}`,
      '# TYPE quarry_uptime_seconds gauge',
      `quarry_uptime_seconds ${Math.round(process.uptime())}`,
      '',
    ].join('\n');

  const show: RequestHandler = (_req, res) => {
    res.set('Cache-Control', 'no-store').type('text/plain; version=0.0.4').send(text());
  };
  return Object.freeze({ count, routes: { '/metrics': show }, stop: () => void delay.disable() });
};
