import { Router } from 'express';
import { tenants } from '../directory/tenants.data';
import type { LabData } from './lab-data';
import { whatToTry } from './what-to-try.data';

/**
 * `GET /lab/telemetry`: where each tenant's rows come from, and by how many days imported times were moved.
 * `GET /lab/stories`: the questions that simulated telemetry answers; their answers with `?answers=yes`.
 * `GET /lab/what-to-try`: queries for a first look around.
 */
export const telemetryRoutes = (data: LabData): Router => {
  const router = Router();
  router.get('/telemetry', (_req, res) => {
    const known = tenants.map(({ key, name }) => {
      const source = data.source(key);
      return source
        ? { tenant: key, name, state: 'ready', origin: source.origin, rows: source.rows, shiftDays: source.shiftDays }
        : { tenant: key, name, state: 'preparing' };
    });
    res.json(known);
  });
  router.get('/stories', (req, res) => {
    const told = tenants.flatMap(({ key }) => data.source(key)?.answers ?? []);
    const spoil = req.query['answers'] === 'yes';
    res.json(told.map(({ rows, story, kql, ...question }) => (spoil ? { ...question, story, kql, rows } : question)));
  });
  router.get('/what-to-try', (_req, res) => void res.json(whatToTry));
  return router;
};
