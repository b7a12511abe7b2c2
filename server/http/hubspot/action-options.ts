import type { RequestHandler } from 'express';
import { z } from 'zod';
import type { HttpParts } from '../ports.ts';
import { problem } from '../problem.ts';
import { sendJson } from '../send-json.ts';
import { parseSigned } from './parse-signed.ts';
import { verifiedBody } from './verified-body.ts';

const option = z.object({ label: z.string(), value: z.string(), description: z.string() });
type Option = z.infer<typeof option>;

/** The choices of each input field of the action. */
const OPTIONS: Readonly<Record<string, readonly Option[]>> = {
  wait: [
    { label: 'No', value: 'no', description: 'Go on at once; the owner may still be asked.' },
    { label: 'Yes', value: 'yes', description: 'Hold the workflow until somebody has the lead.' },
  ],
};

const PAGE = 50;

/** What HubSpot asks: a search text and the page to go on from. */
export const optionsRequest = z.object({
  fetchOptions: z
    .object({
      q: z.string().max(200).nullish(),
      after: z.string().regex(/^\d+$/, 'must be a cursor we gave').nullish(),
    })
    .nullish(),
});

export const optionsReply = z.object({
  options: z.array(option),
  after: z.string().optional(),
  searchable: z.literal(true),
});

/** HubSpot's `optionsUrl`: the choices of one input field, searched and paged as HubSpot asks. */
export const actionOptions =
  (parts: HttpParts): RequestHandler =>
  async (request, response) => {
    const { fetchOptions } = parseSigned(optionsRequest, await verifiedBody(request, parts, ['v3', 'v2']));
    const field = String(request.params.field);
    const all = Object.hasOwn(OPTIONS, field) ? OPTIONS[field] : undefined;
    if (!all)
      throw problem(
        'not_found',
        `The action has no input field of that name; it has ${Object.keys(OPTIONS).join(', ')}.`,
      );
    const wanted = (fetchOptions?.q ?? '').toLowerCase();
    const found = all.filter(({ label, value }) => `${label} ${value}`.toLowerCase().includes(wanted));
    const from = Number(fetchOptions?.after ?? 0);
    const next = from + PAGE;
    sendJson(response, {
      options: found.slice(from, next),
      ...(next < found.length && { after: String(next) }),
      searchable: true,
    });
  };
