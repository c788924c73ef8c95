/** The page that an administrator of the organization reads and agrees on. */
export const connectHref = (tenantId: string): string => `/connect?${new URLSearchParams({ organization: tenantId }).toString()}`;
