import { randomUUID } from 'node:crypto';
import type { Diagnostic } from '../../../kql/diagnostics';
import type { Budget } from '../budget/budget';
import type { Outlook } from '../budget/tenant-budget';
import type { HuntingTenant } from '../ports';
import { diagnosticView } from './present-diagnostic';
import type { HuntingNewView } from '../views';

const choices: readonly (readonly [string, string])[] = [
  ['PT1H', 'Last hour'],
  ['PT12H', 'Last 12 hours'],
  ['P1D', 'Last day'],
  ['P3D', 'Last 3 days'],
  ['P7D', 'Last 7 days'],
  ['P14D', 'Last 14 days'],
  ['P30D', 'Last 30 days'],
];

const timespans = (chosen: string): HuntingNewView['timespans'] => {
  const known = choices.some(([value]) => value === chosen);
  const all = known ? choices : [...choices, [chosen, chosen] as const];
  return all.map(([value, label]) => ({ value, label, selected: value === chosen }));
};

export interface FormState {
  readonly query: string;
  readonly timespan: string;
  /** Ids; none: the first tenant. */
  readonly chosen: readonly string[];
  readonly tenants: readonly HuntingTenant[];
  readonly problems?: readonly string[];
  readonly diagnostics?: readonly Diagnostic[];
  readonly signInHref?: string;
}

const span = (ms: number): string => (ms < 120_000 ? `${Math.ceil(ms / 1_000)} s` : `${Math.floor(ms / 60_000)} min`);

const budgetText = ({ callsLeft, of, pausedMs, workedMs, workLeftMs }: Outlook): string => {
  if (pausedMs > 0) return `throttled by the service for ${span(pausedMs)} more`;
  const calls = `${callsLeft} of ${of} calls left this minute`;
  if (workLeftMs !== null) return `${calls}, ${span(workLeftMs)} of run time left`;
  return workedMs < 1_000 ? calls : `${calls}, ${span(workedMs)} of run time in 15 minutes`;
};

/** The query form as it stands. */
export const formView = (form: FormState, budget: Pick<Budget, 'outlook'>): HuntingNewView => ({
  once: randomUUID(),
  query: form.query,
  timespans: timespans(form.timespan),
  tenants: form.tenants.map((tenant, index) => ({
    id: tenant.tenantId,
    name: tenant.name,
    checked: form.chosen.length === 0 ? index === 0 : form.chosen.includes(tenant.tenantId),
    budget: budgetText(budget.outlook(tenant.tenantId)),
  })),
  problems: form.problems ?? [],
  diagnostics: (form.diagnostics ?? []).map((diagnostic) => diagnosticView(diagnostic, form.query)),
  signInHref: form.signInHref ?? null,
});
