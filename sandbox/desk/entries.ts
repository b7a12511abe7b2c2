import type { DeskEntry } from './desk-crm.ts';
import { html, type Markup } from './html.ts';

/** Somebody was given the lead. `by`: who gave it, in words. */
export const ownerEntry = (at: number, owner: Markup, by: Markup): DeskEntry => ({
  at,
  icon: '●',
  body: html`<p>Owner changed to ${owner}</p><p class="by">${by}</p>`,
});

/** A task, note or call. */
export const textEntry = (at: number, icon: string, title: unknown, text: unknown): DeskEntry => ({
  at,
  icon,
  body: html`<p dir="auto">${String(title ?? '')}</p><p class="prose" dir="auto">${String(text ?? '')}</p>`,
});
