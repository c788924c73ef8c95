/**
 * The session cookie: opaque, this host's alone, out of reach of scripts, sent on top-level navigation from elsewhere
 * (the identity service's redirect needs that) and on nothing else. It ends with the browser; the server's clock ends it earlier.
 */
export const sessionCookie = (secure: boolean) => ({
  name: secure ? '__Host-quarry' : 'quarry',
  options: { path: '/', httpOnly: true, secure, sameSite: 'lax' } as const,
});
