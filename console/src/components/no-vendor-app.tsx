/** Where nothing can be connected, whose task that is. */
export const NoVendorApp = () => (
  <p className="muted">
    No vendor’s app is set up here yet. Set its client id and secret, as docs/operating.md says, and start
    again.
  </p>
);
