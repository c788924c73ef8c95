import { Router } from 'express';
import request from 'supertest';
import { allRoles, closeRoles, readRoleFacts, requireRole, rolesOf, type Role, type Unassigned } from '../../src/http/roles';
import { anApp, aUser, signedInAs } from '../support/an-app';

const standing = { connected: true, assignsRoles: false };

describe('roles', () => {
  it.each<[Role, Role[]]>([
    ['viewer', ['viewer']],
    ['hunter', ['viewer', 'hunter']],
    ['responder', ['viewer', 'hunter', 'responder']],
    ['administrator', ['viewer', 'administrator']],
  ])('%s includes what it builds on', (role, all) => {
    expect(closeRoles([role])).toEqual(all);
  });

  it('reads back only what is a role', () => {
    expect(readRoleFacts('{"assigned":["hunter","root",7],"directoryAdministrator":"yes"}')).toEqual({
      assigned: ['hunter'],
      directoryAdministrator: false,
    });
    expect(readRoleFacts('{}')).toEqual({ assigned: [], directoryAdministrator: false });
  });

  it('takes assigned roles for all there are', () => {
    expect(rolesOf({ assigned: ['viewer'], directoryAdministrator: true }, standing, 'hunter')).toEqual(['viewer']);
  });
});

describe('where an organization assigns no roles', () => {
  const nobody = { assigned: [], directoryAdministrator: false };
  const administrator = { assigned: [], directoryAdministrator: true };

  it.each<[Unassigned, Role[], Role[]]>([
    ['hunter', ['viewer', 'hunter'], ['viewer', 'hunter', 'administrator']],
    ['viewer', ['viewer'], ['viewer', 'administrator']],
    ['none', [], ['viewer', 'administrator']],
  ])('the operator decides (%s), and administrators of its directory are administrators too', (choice, everybody, theirs) => {
    expect(rolesOf(nobody, standing, choice)).toEqual(everybody);
    expect(rolesOf(administrator, standing, choice)).toEqual(theirs);
  });

  it('gives nothing once it has ever assigned one, not even to administrators of its directory', () => {
    expect(rolesOf(administrator, { connected: true, assignsRoles: true }, 'hunter')).toEqual([]);
  });

  it('gives nothing while it is not connected, whatever was assigned', () => {
    const assigned = { assigned: ['administrator'] as const, directoryAdministrator: true };
    expect(rolesOf(assigned, { connected: false, assignsRoles: true }, 'hunter')).toEqual([]);
  });
});

describe('a page that needs a role', () => {
  const page = (roles: readonly Role[]) => {
    const routes = Router().get('/secret', requireRole('responder'), (_req, res) => void res.send('here'));
    return anApp({ session: [signedInAs(aUser({ roles }))], features: [routes] }).app;
  };

  it.each(allRoles)('opens to those who hold it and to nobody else: %s', async (role) => {
    const answer = await request(page(closeRoles([role]))).get('/secret');
    expect(answer.status).toBe(role === 'responder' ? 200 : 403);
    if (role !== 'responder') expect(answer.text).toContain('role-needed');
  });

  it('sends a stranger to sign in', async () => {
    const routes = Router().get('/secret', requireRole('viewer'), (_req, res) => void res.send('here'));
    const answer = await request(anApp({ features: [routes] }).app).get('/secret');
    expect(answer.headers['location']).toBe('/auth/signin?return_to=%2Fsecret');
  });
});
