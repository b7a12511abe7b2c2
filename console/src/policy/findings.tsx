import type { DraftView, FindingView } from '../../../server/assignments/publishing/publishing.ts';

interface FindingsProps {
  readonly draft: DraftView;
  readonly goTo: (line: number) => void;
}

/** What the check says: what is wrong and what might go wrong at once, what is only worth knowing on asking. */
export function Findings({ draft: { findings, needs }, goTo }: FindingsProps) {
  const of = (wanted: FindingView['severity']) => findings.filter(({ severity }) => severity === wanted);
  const [errors, warnings, infos] = [of('error'), of('warning'), of('info')];
  const keptBack = needs.includes('correction') || needs.includes('clean_check');
  if (findings.length === 0) return <p className="finding-none">The check has nothing to say against it.</p>;
  return (
    <div className="checked">
      <p className={keptBack ? 'finding-error' : 'finding-none'}>
        <strong>
          {keptBack ? 'To be corrected before it can be published:' : 'The check lets it be published.'}
        </strong>{' '}
        {[
          errors.length > 0 && counted(errors.length, 'error'),
          warnings.length > 0 && counted(warnings.length, 'warning'),
          infos.length > 0 && counted(infos.length, 'remark'),
        ]
          .filter(Boolean)
          .join(', ')}
      </p>
      <List name="Errors" findings={errors} goTo={goTo} />
      <List name="Warnings" findings={warnings} goTo={goTo} />
      {infos.length > 0 && (
        <details>
          <summary className="muted">{counted(infos.length, 'remark')}: nothing has to be done</summary>
          <List name="Remarks" findings={infos} goTo={goTo} />
        </details>
      )}
    </div>
  );
}

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

interface ListProps {
  readonly name: string;
  readonly findings: readonly FindingView[];
  readonly goTo: FindingsProps['goTo'];
}

const List = ({ name, findings, goTo }: ListProps) =>
  findings.length === 0 ? null : (
    <ul className="findings" aria-label={name}>
      {findings.map(({ severity, code, field, line, message }) => (
        <li key={`${code} ${field} ${message}`} data-severity={severity}>
          <button type="button" className="hint" title={field} onClick={() => goTo(line)}>
            Line {line}
          </button>
          <span>{message}</span>
        </li>
      ))}
    </ul>
  );
