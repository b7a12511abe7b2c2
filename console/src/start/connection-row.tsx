import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { StepConnection } from '../../../server/assignments/first-steps/first-steps.ts';
import { type TestTold, useTestConnection } from '../api/use-first-steps.ts';
import { Failure } from '../components/failure.tsx';
import { VENDORS } from '../lib/vendors.ts';

/** A connection with a test of it, whose outcome is said in a sentence. */
export function ConnectionRow({ connection }: { connection: StepConnection }) {
  const { id, vendor, name, status } = connection;
  const test = useTestConnection();
  const called = VENDORS[vendor] ?? vendor;
  return (
    <div className="connection-row">
      <p className="connection-line">
        <i className="dot" data-ok={status === 'active'} aria-hidden="true" />
        <span>
          <strong>{called}</strong> {name !== called && <span className="muted">{name}</span>}
          {status !== 'active' && ' needs to be connected again'}
        </span>
        <Button
          variant="default"
          size="compact-sm"
          aria-label={`Test ${called}`}
          loading={test.isPending}
          onClick={() => test.mutate({ id, messageTo: null })}
        >
          Test
        </Button>
      </p>
      <Failure error={test.error} />
      {test.data && <Outcome told={test.data} />}
      {vendor === 'slack' && <TestMessage id={id} />}
    </div>
  );
}

const Outcome = ({ told }: { told: TestTold }) => (
  <p className="test-told" data-ok={told.ok} role="status">
    {told.said}
  </p>
);

/** Slack proves itself best by a message to whoever asks. */
function TestMessage({ id }: { id: string }) {
  const [email, setEmail] = useState('');
  const test = useTestConnection();
  return (
    <form
      className="test-message"
      onSubmit={(event) => {
        event.preventDefault();
        test.mutate({ id, messageTo: email });
      }}
    >
      <TextInput
        size="xs"
        type="email"
        required
        aria-label="Your e-mail address in Slack"
        placeholder="your e-mail address"
        value={email}
        onChange={(event) => setEmail(event.target.value)}
      />
      <Button type="submit" variant="default" size="compact-sm" loading={test.isPending}>
        Send me a message
      </Button>
      <Failure error={test.error} />
      {test.data && <Outcome told={test.data} />}
    </form>
  );
}
