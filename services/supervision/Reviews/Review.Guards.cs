using Gengdu.Organisations;
using Gengdu.ServiceDefaults;

namespace Gengdu.Supervision.Reviews;

/// <summary>Who may do what now: the table's role and guards, and the reason where the answer is no.</summary>
internal sealed partial class Review
{
    /// <summary>A reviewer of the step at hand has this revision before them. Somebody else's look is no opening.</summary>
    public Problem? Open(Caller caller, ReviewLine line, int revision, DateTimeOffset now)
    {
        if (RefuseStep(ReviewAct.Return, caller, line, revision) is { } problem)
        {
            return problem;
        }

        if (!HasOpened(caller.PersonId))
        {
            _openings.Add(new() { ReviewId = Id, Revision = Revision, PersonId = caller.PersonId, Level = ReviewTransitions.Step(State)!.At, At = now });
        }

        return null;
    }

    private Problem? Refuse(ReviewAct act, Caller caller, ReviewLine line, int? revision = null) =>
        act is ReviewAct.Approve or ReviewAct.Return or ReviewAct.Accept ? RefuseStep(act, caller, line, revision) : RefuseBeside(act, caller, line, revision);

    /// <summary>The acts of a review's steps.</summary>
    private Problem? RefuseStep(ReviewAct act, Caller caller, ReviewLine line, int? revision)
    {
        // Rights first: someone without the right learns nothing about what would be possible.
        if (!caller.MayActAs(OrganisationPath, ReviewRoles.Reviewers) && !caller.Rights.Any(right => right.IsGroupFor(OrganisationPath, ModuleKey)))
        {
            return GeneralProblems.Forbidden;
        }

        if (ReviewTransitions.Step(State) is { } step)
        {
            if (line.At(step.At) is null)
            {
                return ReviewProblems.NobodyThere(step.At);
            }

            if (SeatOf(step, caller, line) is null)
            {
                return ReviewProblems.NotYourStep(step.At);
            }
        }

        return revision is { } read && read != Revision ? ReviewProblems.OtherRevision(read, Revision)
            : ReviewTransitions.Find(State, act).FirstOrDefault() is not { } transition ? ReviewProblems.NotNow(act, State)
            : Guarded(transition, caller, line);
    }

    /// <summary>What happens beside the steps: taken back, asked for, unlocked.</summary>
    private Problem? RefuseBeside(ReviewAct act, Caller caller, ReviewLine line, int? revision) =>
        !ReviewTransitions.All.Any(t => t.Act == act && SeatOf(t, caller, line) is not null) ? ReviewProblems.NotYours(act)
        : revision is { } read && read != Revision ? ReviewProblems.OtherRevision(read, Revision)
        : LineFor(act, caller, line) is not { } transition ? ReviewProblems.NotNow(act, State)
        : Guarded(transition, caller, line);

    private Problem? Guarded(ReviewTransition transition, Caller caller, ReviewLine line)
    {
        var guards = transition.Guards;
        return guards.HasFlag(ReviewGuards.FreshEyes) && HasHandIn(caller.PersonId) ? ReviewProblems.OwnWork
            : guards.HasFlag(ReviewGuards.CycleOpen) && line.CycleClosed ? ReviewProblems.CycleClosed
            : guards.HasFlag(ReviewGuards.NotStarted) && HasStarted ? ReviewProblems.Started
            : guards.HasFlag(ReviewGuards.NothingAsked) && UnlockAskedBy is not null ? ReviewProblems.AlreadyAsked
            : guards.HasFlag(ReviewGuards.AskedByAnother) && UnlockAskedBy is null ? ReviewProblems.NothingAsked
            : guards.HasFlag(ReviewGuards.AskedByAnother) && UnlockAskedBy == caller.PersonId ? ReviewProblems.OwnRequest
            : null;
    }

    private ReviewTransition? LineFor(ReviewAct act, Caller caller, ReviewLine line) =>
        ReviewTransitions.Find(State, act).FirstOrDefault(t => SeatOf(t, caller, line) is not null);

    /// <summary>The caller's right by which a line of the table is theirs; null when it is not. A group's people sit at its step, for its modules.</summary>
    private Right? SeatOf(ReviewTransition transition, Caller caller, ReviewLine line) => caller.Rights.FirstOrDefault(right => right.Role == transition.Role
            && (transition.At == ReviewLevel.School ? right.OrganisationId == OrganisationId : right.Path == line.At(transition.At)))
        ?? (transition.Passes || transition.Act == ReviewAct.Return
            ? caller.Rights.FirstOrDefault(right => right.IsGroupFor(OrganisationPath, ModuleKey) && right.LevelRoles.Contains(transition.At.Key())) : null);

    private bool HasHandIn(Guid person) => person == SubmittedBy || person == CountyApprovedBy || person == CityApprovedBy;

    private bool HasStarted => CountyApprovedBy is not null || CityApprovedBy is not null || _openings.Exists(opening => opening.Revision == Revision);

    private bool HasOpened(Guid person) => _openings.Exists(opening => opening.Revision == Revision && opening.PersonId == person);
}
