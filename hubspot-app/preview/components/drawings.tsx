import type { ErrorStateProps } from '@hubspot/ui-extensions';

/** Stands where HubSpot puts an illustration of its own: a row of people, none of them chosen. */
export function EmptyDrawing({ width }: { readonly width: number }) {
  return (
    <svg className="drawing" width={width} viewBox="0 0 120 56" aria-hidden="true">
      {[24, 60, 96].map((x) => (
        <g key={x}>
          <circle cx={x} cy="18" r="9" />
          <path d={`M${x - 16} 50a16 16 0 0 1 32 0z`} />
        </g>
      ))}
    </svg>
  );
}

const PATHS = {
  error: 'M60 8 96 50H24zM60 24v12M60 42v1',
  support: 'M32 12h56v30H60l-12 10V42H32zM46 27h1M60 27h1M74 27h1',
  lock: 'M42 26h36v26H42zM49 26v-7a11 11 0 0 1 22 0v7M60 36v6',
} as const;

export function ErrorDrawing({ type }: { readonly type: NonNullable<ErrorStateProps['type']> }) {
  return (
    <svg className="drawing" data-lines width={120} viewBox="0 0 120 60" aria-hidden="true">
      <path d={PATHS[type]} />
    </svg>
  );
}
