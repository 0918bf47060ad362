using Gengdu.Organisations;
using Gengdu.ServiceDefaults;

namespace Gengdu.Supervision.Reviews;

/// <summary>The organisation's own acts, and what the province answers to a request.</summary>
internal sealed partial class Review
{
    /// <summary>Takes the revision back before anybody read it. It stays in the books.</summary>
    public Problem? Withdraw(Caller caller, ReviewLine line, int revision, string? words, DateTimeOffset now) =>
        Beside(ReviewAct.Withdraw, caller, line, revision, words, dueAt: null, now);

    /// <summary>Asks in writing to correct what was accepted.</summary>
    public Problem? AskUnlock(Caller caller, ReviewLine line, string words, DateTimeOffset now)
    {
        if (Beside(ReviewAct.AskUnlock, caller, line, Revision, words, dueAt: null, now) is { } problem)
        {
            return problem;
        }

        (UnlockAskedBy, UnlockAskedAt) = (caller.PersonId, now);
        return null;
    }

    /// <summary>Grants the request: the module is open for a next revision, the accepted one stays.</summary>
    public Problem? Unlock(Caller caller, ReviewLine line, string words, DateTimeOffset? dueAt, DateTimeOffset now) =>
        Answered(Beside(ReviewAct.Unlock, caller, line, Revision, words, dueAt, now));

    /// <summary>Refuses the request, with words; another may be asked later.</summary>
    public Problem? RefuseUnlock(Caller caller, ReviewLine line, string words, DateTimeOffset now) =>
        Answered(Beside(ReviewAct.RefuseUnlock, caller, line, Revision, words, dueAt: null, now));

    /// <summary>What the organisation says to the remarks of the last return; a text that is given again replaces the former.</summary>
    public Problem? Answer(Caller caller, int revision, IReadOnlyDictionary<int, string> texts, DateTimeOffset now)
    {
        if (!caller.Rights.Any(right => right.Role is Roles.Reporter or Roles.Approver && right.OrganisationId == OrganisationId))
        {
            return ReviewProblems.NotYourAnswer;
        }

        if (revision != Revision || State != ReviewState.Returned)
        {
            return ReviewProblems.NothingToAnswer;
        }

        var returned = _history.MaxBy(entry => entry.Version)!;
        if (texts.Keys.Any(reason => reason < 0 || reason >= returned.Reasons.Count))
        {
            var last = returned.Reasons.Count - 1;
            return GeneralProblems.Invalid(new FieldError("answers", "range", new($"此次退回的意见序号为 0 至 {last}", $"The remarks of this return are numbered 0 to {last}")));
        }

        foreach (var (reason, text) in texts)
        {
            if (_answers.Find(answer => answer.Version == returned.Version && answer.Reason == reason) is { } given)
            {
                (given.Text, given.By, given.At) = (text, caller.PersonId, now);
            }
            else
            {
                _answers.Add(new() { ReviewId = Id, Version = returned.Version, Reason = reason, Text = text, By = caller.PersonId, At = now });
            }
        }

        return null;
    }

    private Problem? Beside(ReviewAct act, Caller caller, ReviewLine line, int revision, string? words, DateTimeOffset? dueAt, DateTimeOffset now)
    {
        if (RefuseBeside(act, caller, line, revision) is { } problem)
        {
            return problem;
        }

        Record(LineFor(act, caller, line)!, caller, line, now, dueAt: dueAt, words: words);
        return null;
    }

    private Problem? Answered(Problem? refusal)
    {
        if (refusal is null)
        {
            (UnlockAskedBy, UnlockAskedAt) = (null, null);
        }

        return refusal;
    }
}
