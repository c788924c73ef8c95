import type { Request } from 'express';

/** The address as it was typed: a filter may stand in it several times. */
export const addressOf = (req: Request): URLSearchParams => new URLSearchParams(req.originalUrl.split('?').slice(1).join('?'));

/** The run that a path names. */
export const runId = (req: Request): string => String(req.params['id']);
