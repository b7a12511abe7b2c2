import { hubspot } from '@hubspot/ui-extensions';
import { createRenderer } from '@hubspot/ui-extensions/testing';
import { vi } from 'vitest';
import { RecordPanel } from '../../src/app/cards/parts/record-panel.tsx';
import type { RecordCard } from '../../src/app/cards/record-card.ts';

/** The service's answers in order; the last one stays. An Error is a promise that rejects, null one that never ends. */
export type Reply = Response | Error | null;

export const answers = (card: RecordCard): Response => Response.json({ ok: true, card });
export const refuses = (code: string, detail: string, card?: RecordCard): Response =>
  Response.json({ ok: false, error: { code, detail }, ...(card && { card }) });

/** The card in HubSpot's own renderer, with a service that answers as told. */
export function renderCard(replies: readonly Reply[], variables: Record<string, string> = SERVICE) {
  const fetch = vi.spyOn(hubspot, 'fetch');
  let next = 0;
  fetch.mockImplementation(() => {
    const reply = replies[Math.min(next++, replies.length - 1)];
    if (reply instanceof Response) return Promise.resolve(reply.clone());
    return reply ? Promise.reject(reply) : new Promise(() => {});
  });
  const renderer = createRenderer('crm.record.sidebar');
  const { context, actions } = renderer.mocks;
  renderer.render(<RecordPanel context={{ ...context, variables }} actions={actions} />);
  return {
    ...renderer,
    actions,
    fetch,
    requests: () =>
      fetch.mock.calls.map(([url, options]) => ({
        url: new URL(String(url)),
        method: options?.method,
        body: options?.body,
      })),
    text: () => textOf(renderer.getRootNode()),
  };
}

export const SERVICE = { SERVICE_URL: 'https://fairlead.example.com' };

interface Node {
  readonly text?: unknown;
  readonly props?: Readonly<Record<string, unknown>>;
  readonly childNodes?: readonly unknown[];
}

const SAID = ['title', 'label', 'validationMessage'] as const;

/** Everything the card says, also what components are given to say. */
function textOf(node: Node): string {
  const children = node.childNodes ?? [];
  const said = SAID.map((prop) => node.props?.[prop]).filter((value) => typeof value === 'string');
  const own = children.length === 0 && typeof node.text === 'string' ? [node.text] : [];
  return [...said, ...own, ...children.map((child) => textOf(child as Node))].join('\n');
}
