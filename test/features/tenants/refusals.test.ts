import { explainRefusal } from '../../../src/features/tenants/connect/explain-refusal';
import { fromRedirectError } from '../../../src/identity/token-errors';

const returned = (code: number, error = 'access_denied') =>
  explainRefusal(
    fromRedirectError({
      error,
      error_description: `AADSTS${code}: Text of the service. Trace ID: t Correlation ID: 0f8fad5b-d9cb-469f-a165-70867728950e Timestamp: x`,
    }),
  );

describe('a refused consent', () => {
  it.each([
    [65001, 'administrator', /has not agreed/],
    [65004, 'you', /chose not to agree/],
    [90094, 'administrator', /Only an administrator/],
    [90095, 'administrator', /request for approval was sent/],
    [90093, 'administrator', /lacks an administrator’s role/],
    [90008, 'operator', /did not ask for the permission to sign people in/],
    [90099, 'customer', /partner’s administrator/],
    [65002, 'operator', /does not let Quarry’s app registration/],
    [650052, 'administrator', /licence/],
    [500011, 'administrator', /licence/],
    [650056, 'operator', /does not list a permission/],
    [90002, 'you', /no organization of that name/],
    [50020, 'you', /does not belong to that organization/],
    [500208, 'you', /personal Microsoft account/],
    [700016, 'operator', /does not know Quarry’s app registration/],
    [7000112, 'administrator', /switched Quarry off/],
  ])('with AADSTS%i is told in its own words, with who mends it', (code, mender, says) => {
    const refusal = returned(code);
    expect(refusal).toMatchObject({ mender, aadsts: code, code: `entra-${code}` });
    expect(refusal.says).toMatch(says);
    expect(refusal.then).not.toBe('');
    expect(refusal.correlationId).toBe('0f8fad5b-d9cb-469f-a165-70867728950e');
    expect(`${refusal.says} ${refusal.then}`).not.toContain('Text of the service');
  });

  it('of every number of the consent table has a sentence of its own', () => {
    const words = [65001, 65004, 90094, 90095, 90093, 90008, 90099, 65002].map((code) => returned(code).says);
    expect(new Set(words).size).toBe(words.length);
  });

  it.each([
    ['an unknown number', () => returned(4242424, 'server_error'), 'time'],
    ['a blocked account', () => returned(53003, 'access_denied'), 'administrator'],
    ['a cancelled page', () => explainRefusal(fromRedirectError({ error: 'access_denied', error_subcode: 'cancel' })), 'you'],
    ['no description', () => explainRefusal(fromRedirectError({ error: 'server_error' })), 'time'],
    ['nonsense', () => explainRefusal(fromRedirectError({ error: '<script>', error_description: '<b>AADSTS65004' })), 'time'],
  ])('with %s still says who mends it', (_what, refusal, mender) => {
    expect(refusal()).toMatchObject({ mender, says: expect.stringMatching(/\w/), then: expect.stringMatching(/\w/) });
    expect(JSON.stringify(refusal())).not.toContain('<');
  });
});
