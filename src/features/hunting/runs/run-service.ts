import { randomUUID } from 'node:crypto';
import { AppError } from '../../../errors';
import type { SignedInUser, TenantId } from '../../../http/current-user';
import type { Diagnostic } from '../../../kql/diagnostics';
import type { Clock } from '../clock';
import type { KeptFolder } from '../kept/kept-folder';
import type { HuntRecords } from '../records/hunt-records';
import type { HuntingTenant, Language, QueryAnalysis, TenantDirectory } from '../ports';
import { createPostedForms } from './posted-form';
import { isFinished, type Run, type RunAnalysis, type Window } from './run';
import type { RunExecutor } from './run-executor';
import type { RunStore } from './run-store';
import type { RunWithSlices } from './stored-runs';
import { newSlice } from '../slices/new-slice';
import { toWindow } from '../form/timespan';

export interface HuntInput {
  readonly query: string;
  readonly timespan: string;
  /** Ids as the form sends them; none: the person's own organization. */
  readonly tenants: readonly string[];
  /** Drawn for the form that was shown; absent where a program posts. */
  readonly once?: string | undefined;
}

export type HuntOutcome =
  | { readonly ok: true; readonly runId: string }
  | {
      readonly ok: false;
      readonly diagnostics: readonly Diagnostic[];
      readonly problems: readonly { readonly field: string; readonly message: string }[];
    };

export interface RunServiceDeps {
  readonly store: RunStore;
  readonly executor: RunExecutor;
  readonly kept: KeptFolder;
  readonly records: HuntRecords;
  readonly language: Language;
  readonly tenants: TenantDirectory;
  readonly clock: Clock;
  readonly provider: string;
  /** Whether our schema is the whole truth (the lab): an unknown name is then an error; a real tenant may know more than we do. */
  readonly knowsAllNames: boolean;
}

const blocks = (diagnostic: Diagnostic, knowsAllNames: boolean): boolean =>
  diagnostic.severity === 'error' && (diagnostic.kind === 'syntax' || knowsAllNames);

/** What blocks in the lab is a warning elsewhere. */
const asNote = (diagnostic: Diagnostic): Diagnostic =>
  diagnostic.severity === 'error' ? { ...diagnostic, severity: 'warning' } : diagnostic;

const toRunAnalysis = (analysis: QueryAnalysis, own: readonly Diagnostic[] = []): RunAnalysis => ({
  tables: analysis.tables,
  // What our own translator cannot do is no concern of a query that the service runs.
  notes: [...own, ...analysis.diagnostics.filter(({ kind }) => kind !== 'unsupported' && kind !== 'refused').map(asNote)],
  ...(analysis.userTake === undefined ? {} : { userTake: analysis.userTake }),
  ...(analysis.rowWise === undefined ? {} : { rowWise: analysis.rowWise }),
  ...(analysis.render === undefined ? {} : { render: analysis.render }),
});

const notFound = (): AppError =>
  new AppError({
    kind: 'not-found',
    code: 'no-such-run',
    publicMessage: 'There is no such run, or it is not yours.',
    action: { label: 'Your runs', href: '/hunting/history' },
  });

/** Defender's own tables reach back so far. */
const lookBackDays = 30;

const lookBackNotes = (window: Window, now: number): readonly Diagnostic[] => {
  const reach = now - lookBackDays * 86_400_000;
  if (Date.parse(window.from) >= reach - 60_000) return [];
  const message = `The services keep ${lookBackDays} days of their own tables: nothing from before ${new Date(reach).toISOString().slice(0, 10)} can be found.`;
  return [{ code: 'look-back', kind: 'advice', severity: 'warning', message }];
};

const retiring: Diagnostic = {
  code: 'retiring-service',
  kind: 'advice',
  severity: 'warning',
  message:
    'This Quarry hunts through an older service that stops answering on 2027-02-01. Its operator should set HUNTING_PROVIDER to graph.',
};

interface NewRun {
  readonly user: SignedInUser;
  readonly input: HuntInput;
  readonly window: Window;
  readonly analysis: RunAnalysis;
  readonly provider: string;
  readonly now: number;
}

const newRun = ({ user, input, window, analysis, provider, now }: NewRun): Run => ({
  id: randomUUID(),
  kind: 'hunt',
  parentId: null,
  owner: { tenantId: user.tenantId, objectId: user.objectId, name: user.name },
  query: input.query,
  timespan: input.timespan,
  window,
  state: 'queued',
  provider,
  analysis,
  inherited: null,
  createdAt: now,
  startedAt: null,
  finishedAt: null,
  prunedAt: null,
});

/** The organizations, other than its owner's, whose rows a run holds or was made from. */
const foreignTenants = ({ run, slices }: RunWithSlices): readonly HuntingTenant[] => {
  // What was emptied when its organization was disconnected holds nothing of it any more.
  const held = slices.filter(({ cut }) => cut !== 'disconnected');
  const asked = run.kind === 'refine' ? [] : held.map(({ tenantId, tenantName }) => ({ tenantId, name: tenantName }));
  const inherited = (run.inherited?.tenants ?? []).map(({ tenantId, tenantName }) => ({
    tenantId: tenantId as TenantId,
    name: tenantName,
  }));
  const others = [...asked, ...inherited].filter(({ tenantId }) => tenantId !== run.owner.tenantId);
  return [...new Map(others.map((tenant) => [tenant.tenantId, tenant])).values()];
};

/** undefined: one of them is not among those that the person may choose. */
const chosenTenants = async (
  { tenants }: RunServiceDeps,
  user: SignedInUser,
  ids: readonly string[],
): Promise<readonly HuntingTenant[] | undefined> => {
  const known = await tenants.listFor(user);
  const wanted = ids.length === 0 ? [user.tenantId as string] : [...new Set(ids)];
  const chosen = wanted.map((id) => known.find((tenant) => tenant.tenantId === id));
  if (!chosen.every((tenant) => tenant !== undefined)) return undefined;
  await tenants.assertMayHunt(user, chosen);
  return chosen;
};

/** Makes, finds and cancels the signed-in person's runs. */
export const createRunService = (deps: RunServiceDeps) => {
  const { store, executor, clock } = deps;
  const posted = createPostedForms(deps);

  const find = async (user: SignedInUser, id: string): Promise<RunWithSlices> => {
    const found = await store.forOwner(user).find(id);
    if (!found) throw notFound();
    const foreign = foreignTenants(found);
    if (foreign.length > 0) await deps.tenants.assertMayRead(user, foreign);
    return found;
  };

  const create = async (user: SignedInUser, input: HuntInput): Promise<HuntOutcome> => {
    const { once, query, timespan, tenants: ids } = input;
    const form = once === undefined ? undefined : await posted(user, { once, content: [query, timespan, ids] });
    if (form?.made) return { ok: true, runId: form.made };
    return make(user, input, form?.made === null ? form.key : null);
  };

  const make = async (user: SignedInUser, input: HuntInput, formKey: string | null): Promise<HuntOutcome> => {
    const now = clock.now();
    const window = toWindow(input.timespan, now);
    const tenants = await chosenTenants(deps, user, input.tenants);
    const problems = [
      ...(window ? [] : [{ field: 'timespan', message: 'Choose a time span, or write one as ISO 8601 (P7D, or start/end).' }]),
      ...(tenants ? [] : [{ field: 'tenants', message: 'One of these organizations is not connected, or you may not act in it.' }]),
    ];
    const analysis = await deps.language.analyze(input.query, 'hunting');
    const blocking = analysis.diagnostics.filter((diagnostic) => blocks(diagnostic, deps.knowsAllNames));
    if (!window || !tenants || blocking.length > 0) return { ok: false, problems, diagnostics: blocking };
    await deps.kept.assertRoom();
    const notes = [...lookBackNotes(window, now), ...(deps.provider === 'graph' ? [] : [retiring])];
    const run = newRun({ user, input, window, analysis: toRunAnalysis(analysis, notes), provider: deps.provider, now });
    const slices = tenants.map((tenant) => newSlice(run, tenant));
    const runId = await store.work.insert(run, slices, formKey);
    if (runId !== run.id) return { ok: true, runId };
    const recorded = await deps.records.started(user, { run, slices }, { undo: () => store.work.discard(run.id) });
    executor.start(run.id, user, recorded);
    return { ok: true, runId };
  };

  const cancel = async (user: SignedInUser, id: string): Promise<void> => {
    const found = await find(user, id);
    if (isFinished(found.run.state)) return;
    await store.work.requestCancel(id, clock.now());
    executor.cancel(id);
    await deps.records.cancelled(user, found);
    await executor.settled(id);
  };

  return Object.freeze({ create, find, cancel });
};

export type RunService = ReturnType<typeof createRunService>;
