import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RequestHandler } from 'express';

/** The files of `public/css`, in the order in which their rules count. */
export const styleRooms = [
  'tokens',
  'base',
  'frame',
  'pieces',
  'forms',
  'tables',
  'menus',
  'results',
  'rows',
  'cell-menu',
  'panel',
  'facets',
  'charts',
  'ledger',
  'audit',
  'hunting',
  'help',
  'home',
  'organizations',
  'print',
] as const;

/** All of them, below the public folder, as the one style sheet that browsers load once. */
export const joinStyles = (folder: string): string =>
  styleRooms.map((room) => readFileSync(join(folder, 'css', `${room}.css`), 'utf8')).join('\n');

/** `GET /assets/css/quarry.css`: its address carries the hash of its text, so browsers may keep it for a year. */
export const styleSheet =
  (text: string): RequestHandler =>
  (_req, res) =>
    void res.set('Cache-Control', 'public, max-age=31536000, immutable').type('css').send(text);
