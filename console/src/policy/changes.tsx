import type { PolicyChange } from '../../../server/assignments/publishing/publishing.ts';

const SIGNS: Readonly<Record<PolicyChange['kind'], string>> = {
  added: '+',
  removed: '−',
  moved: '↕',
  changed: '~',
};

/** What is different between two policies, in words. */
export const Changes = ({ changes, none }: { changes: readonly PolicyChange[]; none: string }) =>
  changes.length === 0 ? (
    <p className="muted">{none}</p>
  ) : (
    <ul className="changes" aria-label="Changes">
      {changes.map(({ kind, part, id, text }) => (
        <li key={`${kind} ${part} ${id} ${text}`} data-kind={kind}>
          <span aria-hidden="true">{SIGNS[kind]}</span>
          {text}
        </li>
      ))}
    </ul>
  );
