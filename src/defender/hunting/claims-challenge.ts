const parameter = /([a-z_]+)="([^"]*)"/gi;

/**
 * The claims that a 401's `WWW-Authenticate` asks for (continuous access evaluation, conditional access), as the JSON text that
 * the identity service wants back; undefined where the header asks for none or holds nonsense.
 */
export const readClaimsChallenge = (header: string | undefined): string | undefined => {
  for (const [, name, value] of (header ?? '').matchAll(parameter)) {
    if (name?.toLowerCase() !== 'claims' || !value) continue;
    const claims = value.trim().startsWith('{') ? value : Buffer.from(value, 'base64').toString('utf8');
    try {
      if (typeof JSON.parse(claims) === 'object') return claims;
    } catch {
      return undefined;
    }
  }
  return undefined;
};
