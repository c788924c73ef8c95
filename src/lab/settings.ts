import { randomBytes, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';

/** The client id of the app registration when the environment names none. */
export const defaultClientId = '9e5c7c4a-8fcf-45f4-901e-7f6261da085a';

const list = z.string().transform((text) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== ''),
);

/** The certificate in a PEM file, which may hold its key as well; undefined when there is none to be read. */
const readCertificate = (path: string): string | undefined => {
  try {
    return new X509Certificate(readFileSync(path)).toString();
  } catch {
    return undefined;
  }
};

const certificate = z.string().transform((path, context) => {
  const text = readCertificate(path);
  if (text === undefined) context.addIssue({ code: 'custom', message: `There is no readable PEM certificate at ${path}.` });
  return text ?? '';
});

/** The lab's environment, read once by its entry; an empty variable counts as unset. */
const schema = z.object({
  LAB_PORT: z.coerce.number().int().min(0).max(65_535).default(3001),
  DATA_DIR: z.string().default('./var'),
  LAB_CLIENT_ID: z.guid().default(defaultClientId),
  LAB_CLIENT_SECRET: z.string().min(1).optional(),
  /** A PEM certificate whose private key the app signs its assertions with. */
  LAB_CLIENT_CERTIFICATE_PATH: certificate.optional(),
  /** From it the keys of refresh tokens and of the sign-in cookie are derived; unset: they end with this process. */
  LAB_SEED: z.string().min(16).optional(),
  LAB_REDIRECT_URIS: list.default(['http://localhost:3000/auth/redirect', 'http://localhost:3000/connect/done', 'http://localhost:3000/']),
  LAB_FRONT_CHANNEL_LOGOUT_URI: z.url().optional(),
  /** Seconds that a console has to wait between two questions (RFC 8628). */
  LAB_DEVICE_INTERVAL: z.coerce.number().int().min(0).max(60).default(5),
  LAB_DATA: z.string().optional(),
  LAB_SHIFT: z.enum(['on', 'off']).default('on'),
  LAB_EVENTS: z.coerce.number().int().min(0).max(100_000_000).default(200_000),
});

export interface LabSettings {
  /** 0 takes a free port. */
  readonly port: number;
  readonly dataDir: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Whether the secret was made here, and must therefore be shown to whoever runs the lab alone. */
  readonly clientSecretMade: boolean;
  readonly clientCertificates: readonly string[];
  readonly seed: string;
  readonly redirectUris: readonly string[];
  readonly frontChannelLogoutUri?: string;
  readonly deviceInterval: number;
  readonly telemetry: { readonly data?: string; readonly shift: boolean; readonly events: number };
}

const frontChannelUri = (redirectUris: readonly string[]): string | undefined => {
  const first = redirectUris.find((uri) => URL.canParse(uri));
  return first === undefined ? undefined : new URL('/auth/frontchannel-logout', first).href;
};

/** Reads the lab's settings from an environment; throws one error that lists every problem. */
export const readSettings = (environment: Readonly<Record<string, string | undefined>>): LabSettings => {
  const present = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = schema.safeParse(present);
  if (!parsed.success) throw new Error(`The lab cannot start:\n${z.prettifyError(parsed.error)}`);
  const values = parsed.data;
  const uri = values.LAB_FRONT_CHANNEL_LOGOUT_URI ?? frontChannelUri(values.LAB_REDIRECT_URIS);
  return Object.freeze({
    port: values.LAB_PORT,
    dataDir: resolve(values.DATA_DIR, 'lab'),
    clientId: values.LAB_CLIENT_ID.toLowerCase(),
    clientSecret: values.LAB_CLIENT_SECRET ?? randomBytes(24).toString('base64url'),
    clientSecretMade: values.LAB_CLIENT_SECRET === undefined,
    clientCertificates: values.LAB_CLIENT_CERTIFICATE_PATH ? [values.LAB_CLIENT_CERTIFICATE_PATH] : [],
    seed: values.LAB_SEED ?? randomBytes(32).toString('base64url'),
    redirectUris: values.LAB_REDIRECT_URIS,
    ...(uri === undefined ? {} : { frontChannelLogoutUri: uri }),
    deviceInterval: values.LAB_DEVICE_INTERVAL,
    telemetry: {
      ...(values.LAB_DATA === undefined ? {} : { data: resolve(values.LAB_DATA) }),
      shift: values.LAB_SHIFT === 'on',
      events: values.LAB_EVENTS,
    },
  });
};
