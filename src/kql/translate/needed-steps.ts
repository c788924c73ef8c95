export interface Step {
  readonly name: string;
  readonly sql: string;
  readonly materialized: boolean;
}

const mentioned = (sql: string): string[] => sql.match(/\b_\d+\b/g) ?? [];

/** Only the steps that the body reaches: an unused let or a question asked midway leaves nothing behind. */
function neededSteps(steps: readonly Step[], body: string): Step[] {
  const byName = new Map(steps.map((step) => [step.name, step]));
  const wanted = new Set<string>();
  const queue = mentioned(body);
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    const step = byName.get(name);
    if (!step || wanted.has(name)) continue;
    wanted.add(name);
    queue.push(...mentioned(step.sql));
  }
  return steps.filter((step) => wanted.has(step.name));
}

/** A body with the steps it needs before it, as one statement. */
export function completed(steps: readonly Step[], body: string): string {
  const needed = neededSteps(steps, body);
  if (needed.length === 0) return body;
  return `WITH ${needed.map((step) => `${step.name} AS ${step.materialized ? 'MATERIALIZED ' : ''}(\n${step.sql}\n)`).join(',\n')}\n${body}`;
}
