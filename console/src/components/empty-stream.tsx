import { Copyable } from './copyable.tsx';

const EXAMPLE = `curl ${location.origin}/api/v1/leads \\
  -H "Authorization: Bearer $FAIRLEAD_API_KEY" \\
  -H "Content-Type: application/json" \\
  -d '{"fields": {"country": "US", "employees": 1200}}'`;

/** Nothing has been decided yet: how to send the first lead. */
export const EmptyStream = () => (
  <div className="empty">
    <svg viewBox="0 0 160 60" width="160" height="60" aria-hidden="true">
      <path
        d="M4 46c38 0 38-30 76-30s38 20 76 20"
        fill="none"
        stroke="var(--brass)"
        strokeWidth="3"
        strokeLinecap="round"
        strokeDasharray="2 9"
      />
      <circle cx="80" cy="20" r="14" fill="none" stroke="var(--muted)" strokeWidth="3" />
    </svg>
    <h3>No lead has come in yet</h3>
    <p>
      Enrol a contact in a HubSpot workflow with the action “Assign lead with Fairlead”, or send one through
      the API:
    </p>
    <Copyable label="the example" text={EXAMPLE} block />
    <p className="muted">It shows here the moment it is decided.</p>
  </div>
);
