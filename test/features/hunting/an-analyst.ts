import request from 'supertest';
import { anApp, origin, signedInAs } from '../../support/an-app';
import type { Hunt } from './a-hunt';

/** The person of a hunt at a browser: pages, forms posted as a browser does, and runs followed until they are at rest. */
export const anAnalyst = (hunt: Hunt) => {
  const { app } = anApp({ session: [signedInAs(hunt.user)], features: [hunt.hunting.routes] });
  const post = (path: string, form: object = {}) =>
    request(app).post(path).set('Origin', origin).set('Sec-Fetch-Site', 'same-origin').type('form').send(form);
  return {
    post,
    get: (path: string) => request(app).get(path),
    run: async (form: object): Promise<string> => {
      const answer = await post('/hunting/runs', form);
      expect(answer.status).toBe(303);
      const path = String(answer.headers['location']);
      await hunt.hunting.executor.settled(path.split('/').pop()!);
      return path;
    },
  };
};
