import type { Request, Response } from 'express';
import { html, type Markup } from './html.ts';
import { type Frame, layout, type Page } from './layout.ts';

/** Keeps as whom somebody uses the desk. */
export const AS_COOKIE = 'desk_as';

/** What the pages of every vendor need of the desk. */
export interface DeskPages {
  /** E-mail of the person who uses the desk. */
  readonly asOf: (req: Request) => string;
  readonly fairleadUrl: () => string;
  /** The page, or for the page's own script only what stands inside `main`. */
  readonly send: (req: Request, res: Response, page: Page, body: Markup) => void;
  readonly notFound: (req: Request, res: Response) => void;
}

const chosenIn = (req: Request): string =>
  decodeURIComponent(new RegExp(`(?:^|; )${AS_COOKIE}=([^;]*)`).exec(req.headers.cookie ?? '')?.[1] ?? '');

/** Pages in the desk's frame, for the person who is at the desk. */
export const createDeskPages = (frameNow: () => Omit<Frame, 'as'>): DeskPages => {
  const asOf = (req: Request): string => {
    const { people } = frameNow();
    const chosen = chosenIn(req);
    return (people.find(([email]) => email === chosen) ?? people[0])?.[0] ?? '';
  };
  const send = (req: Request, res: Response, page: Page, body: Markup): void => {
    res.setHeader('Cache-Control', 'no-store');
    const frame = { ...frameNow(), as: asOf(req) };
    res.send(req.query.fragment === undefined ? layout(frame, page, body) : body.text);
  };
  return {
    asOf,
    fairleadUrl: () => frameNow().fairleadUrl,
    send,
    notFound: (req, res) => {
      res.status(404);
      const body = html`<div class="empty"><p><strong>There is no such record.</strong></p><p>It may have been deleted or merged.</p><a class="button" href="/">To the start</a></div>`;
      send(req, res, { title: 'Not found', here: '', tab: '', live: null }, body);
    },
  };
};
