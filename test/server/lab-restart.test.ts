import { setTimeout as delay } from 'node:timers/promises';
import { createKeyRing, keptSecrets } from '../../src/database/key-ring';
import { loadConfig } from '../../src/config';
import { startLab, type LabNews } from '../../src/lab-process';
import { aFolder } from '../support/a-folder';
import { aHunter } from '../support/a-hunter';
import { aQuarry } from '../support/a-quarry';

const folder = aFolder();
const kill = (pid: number | undefined): void => void process.kill(pid ?? 0, 'SIGKILL');

describe('a lab that dies', () => {
  it('is started again at the same place, knowing the same client', async () => {
    const config = loadConfig({ DATA_DIR: folder, LAB: 'on', LAB_PORT: '0', LAB_EVENTS: '2000' });
    const news: LabNews[] = [];
    const lab = await startLab({
      config,
      keys: createKeyRing(keptSecrets(folder)),
      onProgress: () => {},
      onNews: (item) => void news.push(item),
    });
    try {
      const first = lab.pid();
      kill(first);
      while (news.length < 2) await delay(20);
      expect(news).toEqual([{ what: 'ended', end: { code: null, signal: 'SIGKILL' } }, { what: 'back' }]);
      expect([lab.alive(), lab.pid() === first]).toEqual([true, false]);
      expect((await fetch(`${lab.url}/lab/calls`)).status).toBe(200);
    } finally {
      await lab.stop();
    }
    expect(lab.alive()).toBe(false);
    await delay(500);
    await expect(fetch(lab.url)).rejects.toThrow();
  });

  it('takes readiness away, ends the run in flight with a word, and lets the next one run', async () => {
    const quarry = await aQuarry(`${folder}/quarry`, { LAB_EVENTS: '2000' });
    const ready = async () => {
      const answer = await fetch(`${quarry.address}/readyz`);
      return [answer.status, await answer.text()];
    };
    try {
      const hunter = await aHunter(quarry);
      expect((await hunter.hunt('DeviceInfo | count')).ledger.verdict).toBe('complete');
      expect(await ready()).toEqual([200, 'ready\n']);
      await fetch(`${quarry.labUrl}/lab/drills`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ service: 'hunting', fault: 'stall' }),
      });
      const path = await hunter.begin('DeviceInfo | count');
      const calls = async (): Promise<number> => (await hunter.read(path)).ledger.tenants[0]!.calls;
      const asking = async (): Promise<boolean> =>
        ((await (await fetch(`${quarry.labUrl}/lab/calls`)).json()) as { fault?: string }[]).some(({ fault }) => fault === 'stall');
      while (!(await asking())) await delay(20);
      kill(quarry.lab.pid());
      while (quarry.lab.alive()) await delay(5);
      expect(await ready()).toEqual([503, 'not ready: lab\n']);
      const ended = await hunter.finished(path);
      // The connection broke, so the call is sent again; whether that finds the next lab is a matter of moments.
      expect([ended.ledger.verdict, ended.ledger.tenants[0]?.error]).toEqual(
        ended.state === 'done' ? ['complete', null] : ['partial', expect.stringMatching(/connection|identity|sign-in|Quarry/i)],
      );
      expect(await calls()).toBeGreaterThan(0);
      while (!quarry.lab.alive()) await delay(20);
      expect(await ready()).toEqual([200, 'ready\n']);
      expect((await hunter.hunt('DeviceInfo | count')).ledger.verdict).toBe('complete');
    } finally {
      await quarry.close();
    }
  });
});
