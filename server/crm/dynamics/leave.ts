import type { LeaveWay } from '../../assignments/leave-ports.ts';

/** Dynamics 365: Microsoft Entra lets no app take back what an administrator agreed to. @unverified LEFT_BY_HAND */
export const DYNAMICS_LEAVE: LeaveWay = {
  vendor: 'dynamics',
  revoke: null,
  byHand: {
    push: 'In the environment, delete the service endpoint Fairlead with its steps (Plug-in Registration Tool).',
    permission:
      'Microsoft lets no app take back its own permission. In the Entra admin center, open Enterprise applications and delete Fairlead; in the Power Platform admin center, delete its application user, if there is one.',
  },
};
