import { adviceFor } from '../../../identity/aadsts';
import type { IdentityError } from '../../../identity/identity-error';
import { resourceApps } from '../../../identity/permissions.data';
import type { Resource } from '../../../identity/resources.data';
import { named, type Finding } from '../finding';
import { callForToken, type AppClient, type TokenCall } from '../token-call';
import { numberOf } from './client';

const consent = named('consent');
const licence = named('licence');

export interface TenantCheck {
  readonly app: AppClient;
  readonly tenant: string;
  readonly provider: Resource;
  readonly baseUrl: string;
  /** Named by whoever asks; else the tenant of the registration, where nobody may need to hunt. */
  readonly wanted: boolean;
}

const notInstalled = new Set([700016, 7000229, 65001, 90094]);
const notLicensed = new Set([500011, 650052, 50001]);

const consentMissing = ({ tenant, baseUrl, wanted }: TenantCheck, error: IdentityError): Finding => {
  const says = `tenant ${tenant} has not consented (${numberOf(error)})`;
  const remedy = `An administrator of it opens ${baseUrl}/connect.`;
  return wanted ? consent.fail(says, remedy) : consent.warn(says, remedy);
};

const consentFinding = (check: TenantCheck, answer: TokenCall, roles: readonly string[]): Finding => {
  const { tenant } = check;
  if (answer.ok) {
    const own = roles.length === 0 ? 'nothing granted to the app itself' : `granted to the app itself: ${roles.join(', ')}`;
    const remedy = '--device signs in and asks for one query; --token reads it with a directory token of that tenant.';
    return consent.skipped(`tenant ${tenant} knows the app (${own}); what its people may do cannot be seen this way`, remedy);
  }
  const { error } = answer;
  if (error.aadsts !== undefined && notInstalled.has(error.aadsts)) return consentMissing(check, error);
  if (error.failure === 'consent') return consentMissing(check, error);
  return consent.skipped(`tenant ${tenant} could not be asked (${numberOf(error)}): ${adviceFor(error).says}`);
};

/** The Defender APIs: which of them hunting needs is the provider's choice. */
const defenderApis: readonly Resource[] = ['xdr', 'mde'];

const lacks = (answer: TokenCall): boolean => !answer.ok && answer.error.aadsts !== undefined && notLicensed.has(answer.error.aadsts);

const licenceFinding = ({ tenant, provider }: TenantCheck, answers: ReadonlyMap<Resource, TokenCall>): Finding => {
  const missing = defenderApis.filter((api) => lacks(answers.get(api) as TokenCall));
  const names = missing.map((api) => {
    const { ok, ...rest } = answers.get(api) as TokenCall;
    return `${resourceApps[api].name} (${ok ? '' : numberOf((rest as { error: IdentityError }).error)})`;
  });
  const unclear = defenderApis.every((api) => !(answers.get(api) as TokenCall).ok && !missing.includes(api));
  if (unclear) return licence.skipped(`tenant ${tenant} could not be asked`);
  if (missing.length === 0) return licence.ok(`tenant ${tenant} has Microsoft Defender`);
  const says = `tenant ${tenant} lacks ${names.join(' and ')}`;
  const remedy =
    'Its administrator needs a licence that includes Microsoft Defender (Defender for Endpoint Plan 2 or Defender XDR), and has to open the Defender portal once.';
  const fatal = provider === 'graph' ? missing.length === defenderApis.length : missing.includes(provider);
  return fatal ? licence.fail(says, remedy) : licence.warn(says, remedy);
};

/** Consent and licence of one tenant, as far as the app itself can see them. */
export const checkTenant = async (check: TenantCheck): Promise<Finding[]> => {
  const { app, tenant } = check;
  const answers = new Map<Resource, TokenCall>();
  for (const api of ['graph', ...defenderApis] as const) answers.set(api, await callForToken(app, tenant, api));
  const roles = [...answers.values()].flatMap((answer) => (answer.ok ? answer.roles : []));
  const first = consentFinding(check, answers.get('graph') as TokenCall, roles);
  const known = first.status === 'skipped';
  return [first, known ? licenceFinding(check, answers) : licence.skipped(`tenant ${tenant} has to consent first`)];
};
