// Follows a run: what each organization is at, as the server tells; when the run ends, the page is loaded again with its rows.
const run = document.querySelector('#run[data-live]');
const finished = new Set(['done', 'failed', 'cancelled']);

const stages = {
  waiting: 'waiting for its turn',
  'signing-in': 'getting a token',
  asking: 'asking the service',
  pausing: 'waiting before the next try',
  keeping: 'keeping the rows',
};

const seconds = (ms) =>
  ms < 60_000 ? `${Math.round(ms / 1000)} s` : `${Math.floor(ms / 60_000)} min ${Math.floor((ms % 60_000) / 1000)} s`;

const show = (answer) => {
  run.dataset.state = answer.state;
  const lines = answer.ledger.tenants;
  const answered = lines.filter((line) => line.state === 'done').length;
  const status = run.querySelector('#run-status');
  status.textContent = `${answer.state === 'queued' ? 'Queued' : 'Running'} for ${seconds(answer.elapsedMs)}: ${answered} of ${lines.length} ${lines.length === 1 ? 'organization' : 'organizations'} answered.`;
  for (const line of lines) {
    const row = run.querySelector(`[data-tenant="${CSS.escape(line.tenantId)}"]`);
    if (!row) continue;
    row.querySelector('[data-field="state"]').textContent = line.stage ? `${line.state}: ${stages[line.stage] ?? line.stage}` : line.state;
    row.querySelector('[data-field="rows"]').textContent = line.rows.toLocaleString('en-US');
  }
};

const look = async (wait) => {
  await new Promise((resolve) => setTimeout(resolve, wait));
  try {
    const response = await fetch(run.dataset.json, { headers: { accept: 'application/json' }, redirect: 'error' });
    if (!response.ok) return location.reload();
    const answer = await response.json();
    if (finished.has(answer.state)) return location.reload();
    show(answer);
    return look(Math.min(wait * 1.5, 2_000));
  } catch {
    return look(5_000);
  }
};

if (run) void look(300);
