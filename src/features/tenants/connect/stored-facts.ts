/** The settings of this installation that a customer's administrator wants to know of. */
export interface KeepingFacts {
  readonly database: 'sqlite' | 'postgres';
  readonly idleMinutes: number;
  readonly sessionHours: number;
  readonly rowDays: number;
  readonly rowMbPerPerson: number;
  readonly rowMbPerTenant: number;
}

export interface StoredRow {
  readonly what: string;
  readonly where: string;
  readonly howLong: string;
  readonly who: string;
}

const plural = (count: number, unit: string): string =>
  `${Number.isInteger(count) ? count : Number(count.toFixed(2))} ${unit}${count === 1 ? '' : 's'}`;

const size = (megabytes: number): string => (megabytes >= 1024 ? `${Number((megabytes / 1024).toFixed(1))} GB` : `${megabytes} MB`);

const files = 'Files on the server of this Quarry';

const operator = 'Whoever runs the server';
const and = `; ${operator.toLowerCase()}`;
const disconnected = 'Until the organization is disconnected';

const ofPeople = (facts: KeepingFacts, database: string): readonly StoredRow[] => [
  {
    what: 'Sign-in of a person: name, user name, object id, roles',
    where: database,
    howLong: `Until they sign out; at most ${plural(facts.idleMinutes, 'minute')} without a request, ${plural(facts.sessionHours, 'hour')} altogether`,
    who: `The person${and}`,
  },
  {
    what: 'Their access and refresh tokens',
    where: `${database}, encrypted (AES-256-GCM), bound to session, organization and person`,
    howLong: 'Removed with the session they belong to',
    who: 'Nobody through Quarry, and no browser; whoever runs the server also keeps the key',
  },
];

const ofQueries = (facts: KeepingFacts, database: string): readonly StoredRow[] => [
  {
    what: 'Each query: its text, who ran it and when, how many rows came, whether the answer was whole',
    where: database,
    howLong: disconnected,
    who: `Whoever ran it${and}`,
  },
  {
    what: 'The rows that a query brought',
    where: `${files}; whether its disk is encrypted is the operator’s choice`,
    howLong: `${plural(facts.rowDays, 'day')}; the oldest go earlier beyond ${size(facts.rowMbPerPerson)} a person or ${size(facts.rowMbPerTenant)} an organization`,
    who: `Whoever ran the query, and whom they give an export${and}`,
  },
];

/** What is kept about a connected organization: read from the settings as they are, so that the page cannot promise something else. */
export const storedRows = (facts: KeepingFacts): readonly StoredRow[] => {
  const database = facts.database === 'sqlite' ? 'Database file on the server of this Quarry' : 'PostgreSQL database of this Quarry';
  return [
    ...ofPeople(facts, database),
    {
      what: 'Your organization: domain, tenant id, who connected it and when, permissions as last seen, last success and failure',
      where: database,
      howLong: disconnected,
      who: `People who can act in your organization${and}`,
    },
    ...ofQueries(facts, database),
    {
      what: 'Notes for its health: who could act in it, what their checks found, how many calls its service took',
      where: database,
      howLong: `${disconnected}; the calls for some hours`,
      who: `The person they are of${and}`,
    },
    {
      what: 'After it was disconnected: domain, tenant id, when, by whom and how much was deleted; that your organization assigns roles',
      where: database,
      howLong: 'As long as this Quarry is run, so that nothing is let in again unasked',
      who: operator,
    },
    {
      what: 'Audit trail: sign-ins, consents, queries, exports, refusals; never rows or tokens',
      where: database,
      howLong: 'As long as this Quarry is run: no entry is changed or removed',
      who: `Your administrators, under Audit${and}`,
    },
    {
      what: 'Log lines: time, kind of page, tenant id, object id at sign-in, error codes; never a query, a row or a token',
      where: 'The log of the server',
      howLong: 'As its operator keeps logs',
      who: operator,
    },
  ];
};
