import { z } from 'zod';
import type { CallZoho, Org } from './client.ts';
import { EDITIONS, PATHS } from './facts.ts';

const licensed = z.object({
  org: z
    .array(
      z.object({
        license_details: z.object({
          paid: z.boolean().optional(),
          paid_type: z.string().nullish(),
          users_license_purchased: z.number().nullish(),
        }),
      }),
    )
    .min(1),
});

/** How many credits an org has in a day, by its edition and users; null: it does not say, or not to us. */
export const readDailyCredits = async (call: CallZoho, org: Org): Promise<number | null> => {
  const reply = await call(org, { method: 'GET', path: PATHS.org, purpose: 'background' });
  const license = licensed.safeParse(reply.body).data?.org[0]?.license_details;
  if (license === undefined) return null;
  const edition = EDITIONS[license.paid === false ? 'free' : (license.paid_type?.toLowerCase() ?? '')];
  if (edition === undefined) return null;
  return Math.min(edition.most, edition.base + edition.perUser * (license.users_license_purchased ?? 0));
};
