import type { Resource } from '../../../identity/resources.data';
import { named, type Finding } from '../finding';

const check = named('hunting-api');

/** The day on which Microsoft's two older hunting APIs stop answering. */
export const retirement = '2027-02-01';

/** Whether the hunting API that is configured goes on answering. */
export const checkRetirement = (provider: Resource, now: number): Finding[] => {
  if (provider === 'graph') return [check.ok('Microsoft Graph, the one that stays')];
  const days = Math.ceil((Date.parse(retirement) - now) / 86_400_000);
  const remedy = 'Set HUNTING_PROVIDER=graph, and have customers consent to ThreatHunting.Read.All: npm run register lists it.';
  if (days <= 0) return [check.fail(`the API of HUNTING_PROVIDER=${provider} has stopped answering on ${retirement}`, remedy)];
  return [check.warn(`the API of HUNTING_PROVIDER=${provider} stops answering on ${retirement}, in ${days} days`, remedy)];
};
