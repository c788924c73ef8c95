import { aLabClient } from '../support/lab-client';
import { aSmallService } from '../support/lab-service';
import { aRunningLab } from '../support/running-lab';

test("a revoked person's tokens end, and others' do not", async () => {
  const lab = await aRunningLab({}, { services: [aSmallService] });
  const client = aLabClient(lab);
  const signIn = async (username: string) => (await client.redeem(await client.codeFor(username))).body;
  const hunt = async ({ access_token }: Record<string, unknown>): Promise<number> =>
    (
      await fetch(`${lab.url}/graph/v1.0/security/runHuntingQuery`, {
        method: 'POST',
        headers: { authorization: `Bearer ${String(access_token)}` },
      })
    ).status;
  const renew = async ({ refresh_token }: Record<string, unknown>) =>
    (await client.token({ grant_type: 'refresh_token', refresh_token: String(refresh_token) })).body;
  const [analyst, admin] = [await signIn('analyst@contoso.example'), await signIn('admin@contoso.example')];

  const revoke = (body: object) =>
    fetch(`${lab.url}/lab/revocations`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  expect((await revoke({ account: 'nobody@contoso.example' })).status).toBe(400);
  expect((await revoke({ account: 'analyst@contoso.example' })).status).toBe(204);

  expect([await hunt(analyst), await hunt(admin)]).toEqual([401, 200]);
  expect(await renew(analyst)).toMatchObject({ error: 'invalid_grant', suberror: 'bad_token', error_codes: [50173] });
  expect((await renew(admin)).error).toBeUndefined();
  expect(await hunt(await signIn('analyst@contoso.example'))).toBe(200);
  await lab.stop();
});
