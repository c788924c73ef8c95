import type { Variables } from './config-variables';

/** What is wrong, and with which variable. */
export interface ConfigProblem {
  readonly variable: string;
  readonly message: string;
}

type Check = (values: Variables) => readonly (ConfigProblem | false)[];

const problem = (variable: keyof Variables, message: string): ConfigProblem => ({ variable, message });

export const baseUrlOf = (values: Variables): string => values.BASE_URL ?? `http://localhost:${values.PORT}`;

export const isLoopback = (address: string): boolean => {
  const { hostname } = new URL(address);
  return hostname === 'localhost' || hostname.endsWith('.localhost') || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
};

const placeholders = /change.?me|secret|passw|keyboard.?cat|example|default|your[-_ ]|placeholder|12345|abcdef/i;

/** 32 bytes of chance, written in hexadecimal (64 characters) or base64 (43); what people type is refused. */
export const isStrongKey = (key: string): boolean => {
  const hex = /^[0-9a-f]+$/i.test(key);
  const distinct = new Set(key).size;
  return (hex ? key.length >= 64 && distinct >= 10 : key.length >= 43 && distinct >= 20) && !placeholders.test(key.slice(0, 24));
};

const isOrigin = (address: string): boolean => new URL(address).origin === address;

const addresses: Check = (values) => {
  const base = baseUrlOf(values);
  const below = (address: string | undefined): boolean => address === undefined || new URL(address).origin === new URL(base).origin;
  return [
    !isOrigin(base) && problem('BASE_URL', 'must be scheme, host and port alone, without a path'),
    !below(values.REDIRECT_URI) && problem('REDIRECT_URI', 'must be below BASE_URL'),
    !below(values.CONSENT_REDIRECT_URI) && problem('CONSENT_REDIRECT_URI', 'must be below BASE_URL'),
  ];
};

/** Tokens and queries travel to these: https, or (outside production) plain http that does not leave this machine. */
const upstreams: Check = (values) =>
  (['AZURE_AUTHORITY_HOST', 'GRAPH_URL', 'XDR_URL', 'MDE_URL'] as const).map((name) => {
    const address = values[name];
    if (!address?.startsWith('http:')) return false;
    if (values.NODE_ENV === 'production') return problem(name, 'must be https in production');
    return !isLoopback(address) && problem(name, 'may be http on loopback alone');
  });

const client: Check = (values) => {
  const { AZURE_CLIENT_ID: id, AZURE_CLIENT_SECRET: secret, AZURE_CLIENT_CERTIFICATE_PATH: certificate, LAB: lab } = values;
  return [
    !id && Boolean(secret || certificate) && problem('AZURE_CLIENT_ID', 'is missing beside its secret or certificate'),
    Boolean(id) && !secret && !certificate && problem('AZURE_CLIENT_SECRET', 'is missing (or AZURE_CLIENT_CERTIFICATE_PATH)'),
    Boolean(secret && certificate) && problem('AZURE_CLIENT_SECRET', 'give a secret or a certificate, not both'),
    !id && lab === 'off' && problem('AZURE_CLIENT_ID', 'is missing: with LAB=off there is nobody to sign in with'),
  ];
};

const served: Check = ({ ALLOWED_TENANTS: ids, AZURE_TENANT_ID: tenant }) => [
  ids !== undefined &&
    tenant !== 'organizations' &&
    problem('ALLOWED_TENANTS', 'has no sense beside AZURE_TENANT_ID, which names the only one'),
];

const rings = ['SESSION_KEYS', 'AUDIT_KEY'] as const;

/** One secret, one purpose: a value that leaks in one place must not open another. */
const reuse: Check = (values) =>
  rings.flatMap((name) => {
    const keys = values[name] ?? [];
    const others = rings.filter((other) => other !== name).flatMap((other) => values[other] ?? []);
    return [
      keys.some((key) => key === '') && problem(name, 'holds an empty key'),
      new Set(keys).size < keys.length && problem(name, 'holds the same key twice'),
      keys.includes(values.AZURE_CLIENT_SECRET ?? '\0') && problem(name, 'must not hold AZURE_CLIENT_SECRET'),
      name === 'AUDIT_KEY' && keys.some((key) => others.includes(key)) && problem(name, 'must not hold a key of SESSION_KEYS'),
    ];
  });

const weakRings = (values: Variables): readonly (ConfigProblem | false)[] =>
  rings.map(
    (name) =>
      Boolean(values[name]?.some((key) => !isStrongKey(key))) &&
      problem(name, 'holds a weak key: use 32 random bytes (openssl rand -base64 32)'),
  );

const production: Check = (values) => {
  if (values.NODE_ENV !== 'production') return [];
  const { SESSION_KEYS: keys, AZURE_CLIENT_SECRET: secret, AZURE_CLIENT_ID: id, LAB: lab } = values;
  const weakSecret = secret !== undefined && (secret.length < 24 || placeholders.test(secret));
  return [
    !baseUrlOf(values).startsWith('https:') && problem('BASE_URL', 'must be https in production'),
    !keys && problem('SESSION_KEYS', 'is needed in production (openssl rand -base64 32)'),
    ...weakRings(values),
    Boolean(values.DATABASE_URL) &&
      !values.AUDIT_KEY &&
      problem('AUDIT_KEY', 'is needed where instances may share a database (openssl rand -base64 32)'),
    weakSecret && problem('AZURE_CLIENT_SECRET', 'is weak or a placeholder'),
    !id && lab === 'auto' && problem('AZURE_CLIENT_ID', 'is missing (the lab does not start in production unless LAB=on)'),
  ];
};

const checks: readonly Check[] = [addresses, upstreams, client, served, reuse, production];

/** Everything that is wrong with values which are well-formed one by one. */
export const crossProblems = (values: Variables): readonly ConfigProblem[] =>
  checks.flatMap((check) => check(values)).filter((found) => found !== false);
