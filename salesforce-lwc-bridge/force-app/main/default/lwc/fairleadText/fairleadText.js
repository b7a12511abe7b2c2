import title from '@salesforce/label/c.Fairlead_Title';
import refresh from '@salesforce/label/c.Fairlead_Refresh';
import loading from '@salesforce/label/c.Fairlead_Loading';
import never from '@salesforce/label/c.Fairlead_Never';
import neverDetail from '@salesforce/label/c.Fairlead_NeverDetail';
import offeredYou from '@salesforce/label/c.Fairlead_OfferedYou';
import offered from '@salesforce/label/c.Fairlead_Offered';
import assigned from '@salesforce/label/c.Fairlead_Assigned';
import waiting from '@salesforce/label/c.Fairlead_Waiting';
import inQueue from '@salesforce/label/c.Fairlead_InQueue';
import closed from '@salesforce/label/c.Fairlead_Closed';
import noOwner from '@salesforce/label/c.Fairlead_NoOwner';
import unknownOwner from '@salesforce/label/c.Fairlead_UnknownOwner';
import andMore from '@salesforce/label/c.Fairlead_AndMore';
import lookedAgain from '@salesforce/label/c.Fairlead_LookedAgain';
import logOnly from '@salesforce/label/c.Fairlead_LogOnly';
import logOnlyDetail from '@salesforce/label/c.Fairlead_LogOnlyDetail';
import refused from '@salesforce/label/c.Fairlead_Refused';
import refusedDetail from '@salesforce/label/c.Fairlead_RefusedDetail';
import pending from '@salesforce/label/c.Fairlead_Pending';
import claim from '@salesforce/label/c.Fairlead_Claim';
import decline from '@salesforce/label/c.Fairlead_Decline';
import left from '@salesforce/label/c.Fairlead_Left';
import until from '@salesforce/label/c.Fairlead_Until';
import timeUp from '@salesforce/label/c.Fairlead_TimeUp';
import notStarted from '@salesforce/label/c.Fairlead_NotStarted';
import soon from '@salesforce/label/c.Fairlead_Soon';
import ended from '@salesforce/label/c.Fairlead_Ended';
import declineTitle from '@salesforce/label/c.Fairlead_DeclineTitle';
import declineSend from '@salesforce/label/c.Fairlead_DeclineSend';
import keep from '@salesforce/label/c.Fairlead_Keep';
import note from '@salesforce/label/c.Fairlead_Note';
import noteHelp from '@salesforce/label/c.Fairlead_NoteHelp';
import reassign from '@salesforce/label/c.Fairlead_Reassign';
import reassignTo from '@salesforce/label/c.Fairlead_ReassignTo';
import reassignSend from '@salesforce/label/c.Fairlead_ReassignSend';
import chooseRep from '@salesforce/label/c.Fairlead_ChooseRep';
import cancel from '@salesforce/label/c.Fairlead_Cancel';
import doneClaim from '@salesforce/label/c.Fairlead_DoneClaim';
import doneDecline from '@salesforce/label/c.Fairlead_DoneDecline';
import doneReassign from '@salesforce/label/c.Fairlead_DoneReassign';
import why from '@salesforce/label/c.Fairlead_Why';
import rule from '@salesforce/label/c.Fairlead_Rule';
import pool from '@salesforce/label/c.Fairlead_Pool';
import decided from '@salesforce/label/c.Fairlead_Decided';
import policy from '@salesforce/label/c.Fairlead_Policy';
import whoElse from '@salesforce/label/c.Fairlead_WhoElse';
import noCandidates from '@salesforce/label/c.Fairlead_NoCandidates';
import showAll from '@salesforce/label/c.Fairlead_ShowAll';
import rules from '@salesforce/label/c.Fairlead_Rules';
import matched from '@salesforce/label/c.Fairlead_Matched';
import passed from '@salesforce/label/c.Fairlead_Passed';
import history from '@salesforce/label/c.Fairlead_History';
import asOf from '@salesforce/label/c.Fairlead_AsOf';
import off from '@salesforce/label/c.Fairlead_Off';
import down from '@salesforce/label/c.Fairlead_Down';
import downDetail from '@salesforce/label/c.Fairlead_DownDetail';
import lastKnown from '@salesforce/label/c.Fairlead_LastKnown';
import nothingStored from '@salesforce/label/c.Fairlead_NothingStored';
import notConnected from '@salesforce/label/c.Fairlead_NotConnected';
import notConnectedDetail from '@salesforce/label/c.Fairlead_NotConnectedDetail';
import notPermitted from '@salesforce/label/c.Fairlead_NotPermitted';
import notPermittedDetail from '@salesforce/label/c.Fairlead_NotPermittedDetail';
import noAccess from '@salesforce/label/c.Fairlead_NoAccess';
import failed from '@salesforce/label/c.Fairlead_Failed';
import unsure from '@salesforce/label/c.Fairlead_Unsure';
import chosen from '@salesforce/label/c.Fairlead_Code_chosen';
import outranked from '@salesforce/label/c.Fairlead_Code_outranked';
import offDuty from '@salesforce/label/c.Fairlead_Code_off_duty';
import offHours from '@salesforce/label/c.Fairlead_Code_off_hours';
import timeOff from '@salesforce/label/c.Fairlead_Code_time_off';
import holiday from '@salesforce/label/c.Fairlead_Code_holiday';
import atCapacity from '@salesforce/label/c.Fairlead_Code_at_capacity';
import missingSkill from '@salesforce/label/c.Fairlead_Code_missing_skill';
import declinedBefore from '@salesforce/label/c.Fairlead_Code_declined_before';
import hadBefore from '@salesforce/label/c.Fairlead_Code_had_before';
import inactive from '@salesforce/label/c.Fairlead_Code_inactive';
import notInTerritory from '@salesforce/label/c.Fairlead_Code_not_in_territory';
import paused from '@salesforce/label/c.Fairlead_Code_paused';
import unreachable from '@salesforce/label/c.Fairlead_Code_unreachable';

/** The card's own words, from the custom labels. Everything else it shows is worded by the service. */
export const text = {
    title,
    refresh,
    loading,
    never,
    neverDetail,
    offeredYou,
    offered,
    assigned,
    waiting,
    inQueue,
    closed,
    noOwner,
    unknownOwner,
    andMore,
    lookedAgain,
    logOnly,
    logOnlyDetail,
    refused,
    refusedDetail,
    pending,
    claim,
    decline,
    left,
    until,
    timeUp,
    notStarted,
    soon,
    ended,
    declineTitle,
    declineSend,
    keep,
    note,
    noteHelp,
    reassign,
    reassignTo,
    reassignSend,
    chooseRep,
    cancel,
    doneClaim,
    doneDecline,
    doneReassign,
    why,
    rule,
    pool,
    decided,
    policy,
    whoElse,
    noCandidates,
    showAll,
    rules,
    matched,
    passed,
    history,
    asOf,
    off,
    down,
    downDetail,
    lastKnown,
    nothingStored,
    notConnected,
    notConnectedDetail,
    notPermitted,
    notPermittedDetail,
    noAccess,
    failed,
    unsure,
};

const CODES = {
    chosen,
    outranked,
    off_duty: offDuty,
    off_hours: offHours,
    time_off: timeOff,
    holiday,
    at_capacity: atCapacity,
    missing_skill: missingSkill,
    declined_before: declinedBefore,
    had_before: hadBefore,
    inactive,
    not_in_territory: notInTerritory,
    paused,
    unreachable,
};

/** What a candidate's code means. A code that is newer than this package is shown as it is. */
export const codeText = (code) => CODES[code] ?? code.replaceAll('_', ' ');

/** Puts values in place of {0}, {1}, … */
export const fill = (template, ...values) =>
    template.replace(/\{(\d)\}/g, (placeholder, index) => values[index] ?? placeholder);
