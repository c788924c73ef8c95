import { z } from 'zod';

/** `POST /tenants/:id/check`: one test call, or a call a table. */
export const checkForm = z.object({ what: z.enum(['call', 'tables']).default('tables') });
