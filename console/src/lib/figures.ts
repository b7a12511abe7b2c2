/** Millionths of a lead: how ledgers count. */
const LEAD = 1_000_000;

/** Figures for people, in the reader's own language. */
export const whole = (count: number): string => count.toLocaleString();

/** `12.5 %` of a part between 0 and 1. */
export const percent = (part: number): string => `${(100 * part).toFixed(1)} %`;

/** `+12`, `−3`, `0` */
export const signed = (change: number, digits = 0): string => {
  const rounded = Number(change.toFixed(digits));
  const text = Math.abs(rounded).toLocaleString(undefined, { minimumFractionDigits: digits });
  return rounded === 0 ? text : `${rounded > 0 ? '+' : '−'}${text}`;
};

/** Millionths of a lead, in leads: `0.83`. */
export const inLeads = (millionths: number): number => millionths / LEAD;
export const leadsText = (millionths: number): string => inLeads(millionths).toFixed(2).replace('-', '−');
