trigger FairleadLead on Lead(after insert) {
    FairleadLeadTriggerHandler.afterInsert(Trigger.new);
}
