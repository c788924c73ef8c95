import { describeAudit } from './audit';
import type { Instances } from './instances';
import { describeLeases } from './leases';
import { describeOrganizations } from './organizations';
import { describePendingSignIns } from './pending-sign-ins';
import { describeRuns } from './runs';
import { describeSessions } from './sessions';
import { describeSignOut } from './sign-out';
import { describeTokenRecords } from './token-records';

/** The stores' tests, the same for every database; a feature adds the suite of its store here. */
export const describeStores = (make: () => Promise<Instances>): void => {
  describeSessions(make);
  describeSignOut(make);
  describeTokenRecords(make);
  describePendingSignIns(make);
  describeLeases(make);
  describeRuns(make);
  describeOrganizations(make);
  describeAudit(make);
};
