import { AppError } from '../../../errors';
import type { TenantId } from '../../../http/current-user';
import type { Disconnection, DisconnectionStore } from './disconnection-store';

/** Who disconnected decides on connecting again: an administrator, and not before everything is deleted. */
const assertMayConnectAgain = (gone: Disconnection, { administrator }: { readonly administrator?: boolean }): void => {
  const action = { label: 'Back to connecting', href: '/connect' };
  if (gone.finishedAt === null) {
    const publicMessage = `Quarry is still deleting what it kept of ${gone.name}. Connect it again in a minute.`;
    throw new AppError({ kind: 'conflict', code: 'still-disconnecting', publicMessage, action });
  }
  if (administrator) return;
  throw new AppError({
    kind: 'forbidden',
    code: 'administrator-needed',
    publicMessage: `${gone.name} was disconnected here, so only one of its administrators can connect it again: a Global Administrator or Privileged Role Administrator of its directory, or somebody with the role “Administrator” in Quarry. Your sign-in did not say that you are one.`,
    action,
  });
};

export interface ConnectingArrival {
  readonly tenantId: TenantId;
  readonly connecting: boolean;
  readonly administrator?: boolean;
}

/** Whether an organization stays disconnected: somebody who merely signs in changes nothing; somebody who connects it lifts that, or is told why not. */
export const createDisconnectedCheck =
  (store: Pick<DisconnectionStore, 'find' | 'lift'> | undefined) =>
  async (arrival: ConnectingArrival): Promise<boolean> => {
    const gone = await store?.find(arrival.tenantId);
    if (!gone || !store) return false;
    if (!arrival.connecting) return true;
    assertMayConnectAgain(gone, arrival);
    await store.lift(arrival.tenantId);
    return false;
  };
