import { adviceFor } from '../../../identity/aadsts';
import type { IdentityError } from '../../../identity/identity-error';
import { named, type Finding } from '../finding';
import { callForToken, type AppClient } from '../token-call';

const client = named('client-id');
const credential = named('credential');

export const numberOf = ({ aadsts, code }: Pick<IdentityError, 'aadsts' | 'code'>): string =>
  aadsts === undefined ? code : `AADSTS${aadsts}`;

type Verdict = (error: IdentityError, tenant: string) => readonly Finding[];

const known = client.ok('the identity service knows it');

const unknownClient: Verdict = (error, tenant) => [
  client.fail(
    `no app with this client id in tenant ${tenant} (${numberOf(error)})`,
    'Check AZURE_CLIENT_ID (the application id, not the object id), and that this is the tenant it was made in. If it is right, nobody has consented there yet: npm run register.',
  ),
  credential.skipped('the client is not known'),
];

const wrongCredential =
  (says: string, remedy: string): Verdict =>
  (error) => [known, credential.fail(`${says} (${numberOf(error)})`, remedy)];

/** Known in the cloud, but not in this tenant. */
const notInstalled: Verdict = (error, tenant) => [
  client.fail(
    `the app has no enterprise application in tenant ${tenant} (${numberOf(error)})`,
    'In the tenant that it was made in, npm run register adds it; in any other an administrator consents at /connect.',
  ),
  credential.skipped('the app is not in this tenant'),
];

const renew = 'npm run register -- --renew makes a new one and writes it to .env.';

/** What each number says about client and credential; anything else came from behind both. */
const verdicts: ReadonlyMap<number, Verdict> = new Map<number, Verdict>([
  [700016, unknownClient],
  [7000229, notInstalled],
  [
    90002,
    (error, tenant) => [
      client.fail(`the identity service knows no tenant ${tenant} (${numberOf(error)})`, 'Check --tenant and AZURE_TENANT_ID.'),
      credential.skipped('there is no such tenant'),
    ],
  ],
  [7000215, wrongCredential('the secret is wrong', `AZURE_CLIENT_SECRET must be the secret's value, not its id. ${renew}`)],
  [7000222, wrongCredential('the secret has expired', renew)],
  [
    7000218,
    wrongCredential('the app proves itself by nothing', 'Set AZURE_CLIENT_SECRET or AZURE_CLIENT_CERTIFICATE_PATH: npm run register.'),
  ],
  [700025, wrongCredential('the app is registered as a public client', 'Turn "Allow public client flows" off: npm run register does it.')],
  [
    700027,
    wrongCredential(
      'the certificate is not registered, or its registration has expired',
      'npm run register uploads it, or makes a new one.',
    ),
  ],
  [50013, wrongCredential('the certificate’s signature is refused', 'Check the clock of this machine, then npm run register -- --renew.')],
  [50012, wrongCredential('the certificate’s signature is refused', 'Check the clock of this machine, then npm run register -- --renew.')],
  [700024, wrongCredential('the assertion is not valid at this time', 'Set the clock of this machine (NTP).')],
]);

/** Whether the identity service knows the client and takes its credential, asked in the tenant where it was made. */
export const checkClient = async (app: AppClient, tenant: string): Promise<Finding[]> => {
  const answer = await callForToken(app, tenant, 'graph');
  if (answer.ok) return [known, credential.ok('accepted')];
  const { error } = answer;
  if (error.failure === 'transient') {
    const says = `the identity service gave no usable answer (${error.code})`;
    return [client.skipped(says), credential.skipped(says)];
  }
  const verdict = error.aadsts === undefined ? undefined : verdicts.get(error.aadsts);
  if (verdict) return [...verdict(error, tenant)];
  if (error.failure === 'configuration') return [known, credential.fail(`refused (${numberOf(error)})`, adviceFor(error).says)];
  return [known, credential.ok(`accepted (${numberOf(error)} concerns what lies behind it)`)];
};
