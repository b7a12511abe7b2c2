/** How charts of Recharts look, in the page's own colours. */
export const TICK = { fill: 'var(--muted)', fontSize: 12 } as const;

/** What shows where the pointer is on a chart. */
export const TOOLTIP = {
  background: 'var(--card)',
  border: '1px solid var(--line)',
  borderRadius: 8,
  fontSize: 12,
} as const;
