using Gengdu.Organisations;
using Gengdu.ServiceDefaults;

namespace Gengdu.Supervision.Reviews;

/// <summary>A revision that came in, as reporting told it.</summary>
internal sealed record Submission(
    Guid ModuleReportId, int Revision, Guid ReportId, Guid CycleId, string ModuleKey, Guid OrganisationId, string OrganisationPath, ReviewLevel Level,
    DateTimeOffset SubmittedAt, Guid SubmittedBy);

/// <summary>Whether an act is open to the caller now, and if not, why.</summary>
internal sealed record PermittedAct(ReviewAct Act, Problem? Refusal);

/// <summary>The review of one module report, level by level. One for ever; each new revision starts it over.</summary>
internal sealed class Review
{
    private readonly List<ReviewEntry> _history = [];

    private Review()
    {
    }

    public Guid Id { get; private init; }
    public Guid ModuleReportId { get; private init; }
    public Guid ReportId { get; private init; }
    public Guid CycleId { get; private init; }
    public string ModuleKey { get; private init; } = "";
    public Guid OrganisationId { get; private init; }

    /// <summary>Path in the cycle's frozen roster: the line that reviews does not move within a cycle.</summary>
    public string OrganisationPath { get; private init; } = "";

    public ReviewLevel Level { get; private init; }
    public int Revision { get; private set; }
    public ReviewState State { get; private set; }

    /// <summary>Grows by one with each act.</summary>
    public long Version { get; private set; }

    public DateTimeOffset SubmittedAt { get; private set; }
    public Guid SubmittedBy { get; private set; }

    /// <summary>Since when it stands in this state.</summary>
    public DateTimeOffset WaitingSince { get; private set; }

    public Guid? CountyApprovedBy { get; private set; }
    public Guid? CityApprovedBy { get; private set; }
    public IReadOnlyList<ReviewEntry> History => _history;

    public static Review Open(Submission submission, DateTimeOffset now)
    {
        var review = new Review
        {
            Id = Guid.CreateVersion7(now),
            ModuleReportId = submission.ModuleReportId,
            ReportId = submission.ReportId,
            CycleId = submission.CycleId,
            ModuleKey = submission.ModuleKey,
            OrganisationId = submission.OrganisationId,
            OrganisationPath = submission.OrganisationPath,
            Level = submission.Level,
        };
        review.Receive(submission, now);
        return review;
    }

    /// <summary>Starts over with a newer revision. An older or repeated one changes nothing.</summary>
    /// <returns>false when nothing changed.</returns>
    public bool Receive(Submission submission, DateTimeOffset now)
    {
        if (submission.Revision <= Revision)
        {
            return false;
        }

        (Revision, SubmittedAt, SubmittedBy) = (submission.Revision, submission.SubmittedAt, submission.SubmittedBy);
        (CountyApprovedBy, CityApprovedBy) = (null, null);
        Record(ReviewAct.Submit, Level, ReviewTransitions.Start(Level), submission.SubmittedBy, now);
        if (State == ReviewState.Accepted)
        {
            // The province's own report has no level above it: accepted by rule, by nobody.
            Record(ReviewAct.Accept, ReviewLevel.Province, ReviewState.Accepted, by: null, now);
        }

        return true;
    }

    /// <summary>The acts there are, with the refusal of each that is not open to the caller.</summary>
    public IReadOnlyList<PermittedAct> Acts(Caller caller, ReviewLine line) =>
        [.. new[] { ReviewAct.Approve, ReviewAct.Return, ReviewAct.Accept }.Select(act => new PermittedAct(act, Refuse(act, caller, line)))];

    /// <summary>Passes it on: the county's and the city's approval, the province's acceptance.</summary>
    public Problem? Approve(Caller caller, ReviewLine line, int revision, DateTimeOffset now)
    {
        var act = State == ReviewState.ProvinceReview ? ReviewAct.Accept : ReviewAct.Approve;
        if (Refuse(act, caller, line, revision) is { } problem)
        {
            return problem;
        }

        var transition = ReviewTransitions.Find(State, act)!;
        CountyApprovedBy = transition.At == ReviewLevel.County ? caller.PersonId : CountyApprovedBy;
        CityApprovedBy = transition.At == ReviewLevel.City ? caller.PersonId : CityApprovedBy;
        Record(act, transition.At, transition.To, caller.PersonId, now);
        return null;
    }

    /// <summary>Sends it back to the organisation that reports, whichever level acts.</summary>
    public Problem? Return(Caller caller, ReviewLine line, int revision, IReadOnlyList<ReturnReasonText> reasons, DateTimeOffset? dueAt, DateTimeOffset now)
    {
        if (Refuse(ReviewAct.Return, caller, line, revision) is { } problem)
        {
            return problem;
        }

        var transition = ReviewTransitions.Find(State, ReviewAct.Return)!;
        Record(ReviewAct.Return, transition.At, transition.To, caller.PersonId, now, reasons, dueAt);
        return null;
    }

    private Problem? Refuse(ReviewAct act, Caller caller, ReviewLine line, int? revision = null)
    {
        // Rights first: someone without the right learns nothing about what would be possible.
        if (!caller.MayActAs(OrganisationPath, ReviewRoles.Reviewers))
        {
            return GeneralProblems.Forbidden;
        }

        if (ReviewTransitions.Find(State, ReviewAct.Return) is { } step)
        {
            if (line.At(step.At) is not { } node)
            {
                return ReviewProblems.NobodyThere(step.At);
            }

            if (!caller.Rights.Any(right => right.Role == step.Role && right.Path == node))
            {
                return ReviewProblems.NotYourStep(step.At);
            }
        }

        return revision is { } read && read != Revision ? ReviewProblems.OtherRevision(read, Revision)
            : ReviewTransitions.Find(State, act) is not { } transition ? ReviewProblems.NotNow(act, State)
            : transition.Guard == ReviewGuard.FreshEyes && HasHandIn(caller.PersonId) ? ReviewProblems.OwnWork
            : null;
    }

    private bool HasHandIn(Guid person) => person == SubmittedBy || person == CountyApprovedBy || person == CityApprovedBy;

    private void Record(
        ReviewAct act, ReviewLevel level, ReviewState to, Guid? by, DateTimeOffset now, IReadOnlyList<ReturnReasonText>? reasons = null, DateTimeOffset? dueAt = null)
    {
        (State, Version, WaitingSince) = (to, Version + 1, now);
        _history.Add(new() { ReviewId = Id, Version = Version, At = now, Act = act, Level = level, Revision = Revision, By = by, Reasons = reasons ?? [], DueAt = dueAt });
    }
}
