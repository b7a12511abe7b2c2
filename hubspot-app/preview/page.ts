/**
 * The card in a browser without HubSpot. It runs on the real package, which renders into a remote root as it does in
 * HubSpot's worker; only the host, which draws the remote nodes, is ours. The order matters: the package looks for the
 * worker's globals as it loads.
 */
import '@fontsource-variable/inter';
import './look.css';
import './worker-globals.ts';
import '../src/app/cards/fairlead-card.tsx';
