import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeJwt } from 'jose';
import { aFolder } from '../support/a-folder';
import { aBrowser } from '../support/lab-browser';
import { aLabClient } from '../support/lab-client';
import { aRunningLab, contosoId, labSecret } from '../support/running-lab';

const root = aFolder();
const aDataFolder = (): string => mkdtempSync(join(root, 'data-'));
const seed = 'a-seed-of-the-tests-alone';
const analyst = 'analyst@contoso.example';
const hunting = 'https://graph.microsoft.com/ThreatHunting.Read.All';

test('refresh tokens, sign-ins and consents survive a restart; codes do not', async () => {
  const DATA_DIR = aDataFolder();
  const browser = aBrowser();
  const before = await aRunningLab({ DATA_DIR, LAB_SEED: seed }, { persist: true });
  const first = aLabClient(before);
  const { body } = await first.redeem(await first.codeFor(analyst, { browser }));
  const code = await first.codeFor(analyst, { browser });
  await before.stop();

  const after = await aRunningLab({ DATA_DIR, LAB_SEED: seed }, { persist: true });
  const again = aLabClient(after);
  const renewed = await again.token({ grant_type: 'refresh_token', refresh_token: String(body.refresh_token), scope: hunting });
  expect([renewed.status, decodeJwt(String(renewed.body.access_token)).tid]).toEqual([200, contosoId]);
  expect(again.answerOf(await browser.visit(again.authorizeUrl({ prompt: 'none' }))).get('code')).toMatch(/^ey/);
  expect((await again.redeem(code, { code_verifier: first.verifier })).body.error_codes).toEqual([70000]);
  await after.stop();
});

test('with another seed nothing of it survives', async () => {
  const before = await aRunningLab({ LAB_SEED: seed });
  const first = aLabClient(before);
  const { body } = await first.redeem(await first.codeFor(analyst));
  await before.stop();
  const after = await aRunningLab({ LAB_SEED: `${seed}-another` });
  const renewed = await aLabClient(after).token({ grant_type: 'refresh_token', refresh_token: String(body.refresh_token), scope: hunting });
  expect(renewed.body.error_codes).toEqual([70000]);
  await after.stop();
});

test('what is kept holds consents and nothing secret', async () => {
  const DATA_DIR = aDataFolder();
  const lab = await aRunningLab({ DATA_DIR, LAB_SEED: seed }, { persist: true });
  const client = aLabClient(lab);
  await client.redeem(await client.codeFor(analyst));
  await lab.stop();
  const kept = readFileSync(join(DATA_DIR, 'lab', 'consents.json'), 'utf8');
  expect(JSON.parse(kept)).toMatchObject({
    version: 1,
    people: { [`${contosoId}/65649894-bbb7-4d91-9778-64f69eba1361`]: ['openid', 'profile', 'offline_access'] },
  });
  for (const secret of [seed, labSecret, 'eyJ']) expect(kept).not.toContain(secret);
});

test('a file of consents that was damaged starts afresh', async () => {
  const DATA_DIR = aDataFolder();
  mkdirSync(join(DATA_DIR, 'lab'));
  writeFileSync(join(DATA_DIR, 'lab', 'consents.json'), '{"version":1,"tena');
  const lab = await aRunningLab({ DATA_DIR }, { persist: true });
  expect((await aLabClient(lab).signIn(analyst)).location).toContain('code=');
  await lab.stop();
});

test('a taken port is an error, not a crash', async () => {
  const lab = await aRunningLab();
  await expect(aRunningLab({ LAB_PORT: new URL(lab.url).port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  await lab.stop();
});
