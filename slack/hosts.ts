/** Slack's own hosts: its API, and where replies to a button are posted. */
export const SLACK_HOSTS = /^((hooks|api|app)\.)?slack(-gov)?\.com$/;
