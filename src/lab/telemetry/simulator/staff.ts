import type { Account as LabAccount } from '../../directory/accounts.data';
import { addAccount, type Account, type Draft } from './accounts';
import { departments, givenNames, surnames, type Role, type Site } from './organization.data';

export interface Person extends Account {
  readonly display: string;
  readonly given: string;
  readonly surname: string;
  readonly role: Role;
  readonly department: string;
  readonly title: string;
  readonly site: Site;
  /** False for an account that is disabled: nobody works with it. */
  readonly active: boolean;
  /** Local hours of work. */
  readonly from: number;
  readonly to: number;
}

const person = (
  draft: Draft,
  facts: { given: string; surname: string; sam: string; objectId: string; active: boolean; job: (typeof departments)[number][1] },
): Person => {
  const { random, blueprint } = draft;
  const from = random.pick([7, 8, 8, 9, 9, 10]);
  return addAccount<Person>(draft, {
    name: facts.sam,
    domain: blueprint.netbios.toLowerCase(),
    sid: `${draft.domainSid}-${1100 + draft.accounts.length}`,
    upn: `${facts.sam}@${draft.tenant.domain}`,
    objectId: facts.objectId,
    display: `${facts.given} ${facts.surname}`,
    given: facts.given,
    surname: facts.surname,
    active: facts.active,
    role: facts.job.role,
    department: facts.job.name,
    title: random.pick(facts.job.titles),
    site: random.weighted(blueprint.sites.map((site, index) => [blueprint.sites.length - index, site] as const)),
    from,
    to: from + 9,
  });
};

const plain = (text: string): string => text.toLowerCase().replace(/[^a-z]/g, '');
const itJob = { name: 'IT', role: 'it', titles: ['Systems Administrator', 'Service Desk Analyst', 'Security Analyst'] } as const;

/** The lab's own people, and as many hired beside them. */
export const staff = (draft: Draft, count: number, labAccounts: readonly LabAccount[]): Person[] => {
  const { random } = draft;
  const known = labAccounts.map((account) => {
    const [given = '', surname = ''] = account.name.split(' ');
    const [sam = ''] = account.username.split('@');
    const job = sam === 'analyst' || sam === 'admin' ? itJob : random.weighted(departments);
    return person(draft, { given, surname, sam, objectId: account.objectId, active: account.obstacle !== 'disabled', job });
  });
  const taken = new Set(known.map(({ name }) => name));
  const hired = Array.from({ length: count }, (_, index) => {
    const [given, surname] = [random.pick(givenNames), random.pick(surnames)];
    const base = `${plain(given)}.${plain(surname)}`;
    const sam = taken.has(base) ? `${base}${index}` : base;
    taken.add(sam);
    const job = index % 16 === 3 ? itJob : random.weighted(departments);
    return person(draft, { given, surname, sam, objectId: random.guid(), active: true, job });
  });
  return [...known, ...hired];
};
