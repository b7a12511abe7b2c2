import type { PolicyInWords } from '../../../server/assignments/publishing/publishing.ts';

/** A policy's rules and pools as sentences. */
export const Words = ({ words }: { words: PolicyInWords }) => (
  <>
    <ol className="rules-in-words" aria-label="Rules, in the order they are asked">
      {words.rules.map(({ id, name, when, then }) => (
        <li key={id}>
          <h3>{name}</h3>
          <p>
            <span className="label">When</span> <span>{when}</span>
          </p>
          <p>
            <span className="label">Then</span> <span>{then}</span>
          </p>
        </li>
      ))}
      <li data-last>
        <h3>Everything else</h3>
        <p>
          <span className="label">Then</span> <span>{words.fallback}</span>
        </p>
      </li>
    </ol>
    <h3 className="pools-title">Pools</h3>
    <dl className="pools-in-words">
      {words.pools.map(({ id, name, text }) => (
        <div key={id}>
          <dt>{name}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  </>
);
