import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createGraphHunting } from '../../../defender/hunting/graph-hunting';
import { createLegacyHunting } from '../../../defender/hunting/legacy-hunting';
import type { HuntingFailure } from '../../../defender/hunting/hunting-failure';
import type { HuntingProvider } from '../../../defender/hunting/provider';
import type { Upstream } from '../../../defender/upstream/upstream';
import type { Resource } from '../../../identity/resources.data';
import { huntingScopes } from '../../../identity/resources.data';
import { signInByDeviceCode, type DeviceTokens } from '../../device-code';
import { OperatorError } from '../../operator-error';
import { printable } from '../../printable';
import { named, type Finding } from '../finding';
import { proofOf, type AppClient } from '../token-call';

const permission = named('permission');
const query = named('first-query');

export interface FirstQuery {
  readonly app: AppClient;
  readonly tenant: string;
  readonly provider: Resource;
  readonly serviceUrl: string;
  readonly upstream: Upstream;
  readonly say: (line: string) => void;
  readonly sleep?: (ms: number) => Promise<unknown>;
  readonly now: () => number;
}

const providerOf = ({ provider, upstream, serviceUrl }: FirstQuery): HuntingProvider =>
  provider === 'graph'
    ? createGraphHunting(upstream, serviceUrl)
    : createLegacyHunting(upstream, { resource: provider, baseUrl: serviceUrl });

const remedies: Partial<Record<HuntingFailure['kind'], string>> = {
  token: 'The service does not take the token: check the address of the service and HUNTING_PROVIDER.',
  forbidden: 'This person needs a role in Microsoft Defender, and the organization its consent and a licence.',
  missing: 'The address answers with something else: check GRAPH_URL, XDR_URL, MDE_URL.',
  quota: 'The tenant’s quota is used up; wait, then run this again.',
  network: 'See the lines `network`.',
};

const explain = ({ kind, status, code, serviceText }: HuntingFailure): Finding => {
  const quoted = serviceText === undefined ? '' : `: ${printable(serviceText)}`;
  const says = `the hunting service answered ${[status, printable(code ?? kind)].filter(Boolean).join(' ')}${quoted}`;
  return query.fail(says, remedies[kind] ?? 'Run this again later; if it stays, give Microsoft’s support the time of the call.');
};

const run = async (asked: FirstQuery, token: string): Promise<Finding> => {
  const folder = mkdtempSync(join(tmpdir(), 'quarry-doctor-'));
  try {
    const [to, from] = [asked.now(), asked.now() - 3_600_000].map((at) => new Date(at).toISOString());
    const answer = await providerOf(asked).run({
      token,
      query: 'print Quarry = "it works"',
      window: { from: String(from), to: String(to) },
      clientRequestId: randomUUID(),
      to: join(folder, 'rows'),
      signal: AbortSignal.timeout(60_000),
    });
    if (!answer.ok) return explain(answer.failure);
    return answer.rows === 1
      ? query.ok('answered with one row')
      : query.fail(`answered with ${answer.rows} rows instead of one`, 'Check the address of the service.');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const permissionFinding = ({ scope }: DeviceTokens, needed: string): Finding => {
  const value = needed.slice(needed.lastIndexOf('/') + 1);
  const held = scope.split(' ').map((one) => one.slice(one.lastIndexOf('/') + 1).toLowerCase());
  if (held.includes(value.toLowerCase())) return permission.ok(`a token of a person carries ${value}`);
  return permission.fail(
    `a token of a person does not carry ${value}`,
    'npm run register lists it; then an administrator consents anew at /connect.',
  );
};

/** Somebody signs in by device code, with Quarry's own client, and one query runs with their rights. */
export const checkFirstQuery = async (asked: FirstQuery): Promise<Finding[]> => {
  const { app, tenant, provider, say, sleep } = asked;
  const needed = huntingScopes[provider];
  try {
    const tokens = await signInByDeviceCode({
      authority: app.authority,
      http: app.http,
      tenant,
      clientId: app.clientId,
      scope: needed,
      proof: (tokenEndpoint) => proofOf(app, tokenEndpoint),
      say,
      ...(sleep ? { sleep } : {}),
    });
    return [permissionFinding(tokens, needed), await run(asked, tokens.accessToken)];
  } catch (error) {
    if (error instanceof OperatorError) return [permission.skipped('nobody was signed in'), query.fail(error.what, error.remedy)];
    throw error;
  }
};
