import { renameSync } from 'node:fs';
import { heldCertificate, newCertificate, registeredKey, type HeldCertificate } from '../certificate-file';
import { objects, type Directory, type Json } from '../directory';
import type { EnvChanges } from '../env-file';
import { readIfThere, writePrivately } from '../files';
import { printable } from '../printable';
import { credentialLabel as label, holds, keysOf, uploadCertificate } from './certificate-upload';
import type { RegisterOptions } from './options';
import type { RegisterSettings } from './settings';

export interface CredentialWork {
  readonly directory: Directory;
  readonly application: Json;
  readonly settings: RegisterSettings;
  readonly options: RegisterOptions;
  readonly now: Date;
}

/** What came of it: lines to show, and what `.env` has to hold. */
export interface Credential {
  readonly words: readonly string[];
  readonly env: EnvChanges;
}

const dayMs = 86_400_000;
/** With less left than this, a credential counts as ending. */
const renewalDays = 30;

const day = (date: Date | string): string => {
  const time = new Date(date);
  return Number.isNaN(time.getTime()) ? 'an unknown day' : time.toISOString().slice(0, 10);
};
const lasts = (until: Date, now: Date): boolean => until.getTime() - now.getTime() > renewalDays * dayMs;

const credentialKind = ({ credential }: RegisterOptions, settings: RegisterSettings): 'secret' | 'certificate' =>
  credential ?? (settings.secretInUse !== undefined && settings.certificateInUse === undefined ? 'secret' : 'certificate');

const isRegistered = ({ application }: CredentialWork, held: HeldCertificate): boolean => holds(keysOf(application), held);

/** The certificate that this installation has already: in use, begun by a run that was cut off, or made before. */
const ownCertificate = ({ settings, options, now }: CredentialWork): HeldCertificate | undefined => {
  const paths = [`${settings.certificateFile}.next`, settings.certificateInUse, settings.certificateFile];
  const held = paths.flatMap((path) => (path === undefined ? [] : (heldCertificate(path) ?? [])));
  // A renewal that was cut off is finished, not begun anew.
  const begun = held.find(({ path }) => path.endsWith('.next'));
  return begun ?? (options.renew ? undefined : held.find(({ validTo }) => lasts(validTo, now)));
};

const certificateEnv = (path: string): EnvChanges => ({
  AZURE_CLIENT_CERTIFICATE_PATH: path,
  AZURE_CLIENT_SECRET: null,
  AZURE_CLIENT_SECRET_EXPIRES: null,
});

const makeCertificate = async ({ settings, options, now }: CredentialWork): Promise<HeldCertificate> => {
  const { certificateFile, name } = settings;
  // The one in use stays in its place until the new one is registered.
  const path = readIfThere(certificateFile) === undefined ? certificateFile : `${certificateFile}.next`;
  const from = new Date(Math.floor(now.getTime() / 1000) * 1000);
  writePrivately(path, await newCertificate(name, from, Math.round(options.months * 30.44)));
  return heldCertificate(path) as HeldCertificate;
};

const settle = (held: HeldCertificate): string => {
  const path = held.path.replace(/\.next$/, '');
  if (path !== held.path) renameSync(held.path, path);
  return path;
};

const withCertificate = async (work: CredentialWork): Promise<Credential> => {
  const own = ownCertificate(work);
  const held = own ?? (await makeCertificate(work));
  const registered = isRegistered(work, held);
  if (!registered) await uploadCertificate(work, held);
  const path = settle(held);
  const until = `good until ${day(held.validTo)}`;
  const made = own ? 'certificate uploaded' : 'certificate made and uploaded; its private key stays in';
  return { words: [registered ? `certificate in use: ${path}, ${until}` : `${made} ${path}, ${until}`], env: certificateEnv(path) };
};

/** The secret in use, if the app still has it: the directory shows its first three characters and no more. */
const registeredSecret = ({ application, settings, options, now }: CredentialWork): Json | undefined => {
  const { secretInUse } = settings;
  if (secretInUse === undefined || options.renew) return undefined;
  return objects(application['passwordCredentials']).find(
    (one) => one['hint'] === secretInUse.slice(0, 3) && lasts(new Date(String(one['endDateTime'])), now),
  );
};

const withSecret = async (work: CredentialWork): Promise<Credential> => {
  const known = registeredSecret(work);
  const ends = day(String(known?.['endDateTime'] ?? 0));
  if (known) return { words: [`secret in use: good until ${ends}`], env: { AZURE_CLIENT_SECRET_EXPIRES: ends } };
  const { directory, application, options, now } = work;
  const endDateTime = new Date(now.getTime() + Math.round(options.months * 30.44) * dayMs).toISOString();
  const path = `/applications/${String(application['id'])}/addPassword`;
  const { body } = await directory.request({ method: 'POST', path, body: { passwordCredential: { displayName: label, endDateTime } } });
  const secret = String(body['secretText']);
  return {
    words: [`secret made, shown this once: ${secret}`, `It is good until ${day(String(body['endDateTime']))}; .env holds it.`],
    env: {
      AZURE_CLIENT_SECRET: secret,
      AZURE_CLIENT_SECRET_EXPIRES: day(String(body['endDateTime'])),
      AZURE_CLIENT_CERTIFICATE_PATH: null,
    },
  };
};

/** Sees to it that the app has a credential that this installation holds; adds none where one is good. */
export const ensureCredential = (work: CredentialWork): Promise<Credential> =>
  credentialKind(work.options, work.settings) === 'secret' ? withSecret(work) : withCertificate(work);

/** What `ensureCredential` would do, in words. */
export const plannedCredential = (work: Omit<CredentialWork, 'directory'>): readonly string[] => {
  const whole = work as CredentialWork;
  if (credentialKind(work.options, work.settings) === 'secret') return registeredSecret(whole) ? [] : ['add a secret'];
  const own = ownCertificate(whole);
  if (!own) return ['make a certificate and upload it'];
  return isRegistered(whole, own) ? [] : [`upload the certificate of ${own.path}`];
};

/** Credentials of the app that this installation does not use: whoever owns it should know of them. */
export const otherCredentials = (application: Json, settings: RegisterSettings): readonly string[] => {
  const held = settings.certificateInUse === undefined ? undefined : heldCertificate(settings.certificateInUse)?.key;
  const hint = settings.secretInUse?.slice(0, 3);
  const describe = (one: Json, kind: string): string => `${kind} until ${day(String(one['endDateTime']))}`;
  const others = [
    ...objects(application['keyCredentials'])
      .filter((one) => registeredKey(one['key']) !== held)
      .map((one) => describe(one, 'certificate')),
    ...objects(application['passwordCredentials'])
      .filter((one) => one['hint'] !== hint)
      .map((one) => describe(one, `secret ${printable(one['hint'])}...`)),
  ];
  return others.length === 0
    ? []
    : [`Credentials that .env does not use: ${others.join(', ')}. Remove in the portal what nothing else uses.`];
};
