import type { SignedInUser } from '../../http/current-user';

export interface RememberOptions<T> {
  readonly list: (user: SignedInUser) => Promise<T>;
  /** Changes whenever an organization was connected or withdrawn by this process. */
  readonly connections: () => number;
  readonly clock: () => number;
}

/** A person moves between pages faster than organizations come and go; a change made here is seen at once, another instance's soon. */
const rememberMs = 5_000;
const mostPeople = 10_000;

/** The same list, looked up at most once in five seconds a person. A list that failed is not remembered. */
export const rememberList = <T>({ list, connections, clock }: RememberOptions<T>): ((user: SignedInUser) => Promise<T>) => {
  const known = new Map<string, { readonly value: Promise<T>; readonly until: number; readonly connections: number }>();
  return (user) => {
    const key = `${user.tenantId} ${user.objectId}`;
    const found = known.get(key);
    if (found && found.until > clock() && found.connections === connections()) return found.value;
    const value = list(user);
    if (known.size >= mostPeople) known.clear();
    known.set(key, { value, until: clock() + rememberMs, connections: connections() });
    value.catch(() => known.delete(key));
    return value;
  };
};
