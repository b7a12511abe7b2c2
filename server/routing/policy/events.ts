import { z } from 'zod';
import { id } from './scalars.ts';

/** `events:`: the kinds of things a lead does that callers tell of, such as `webinar`. */
export const events = z.array(id).min(1, 'is empty; list kinds of events, such as [webinar]');
