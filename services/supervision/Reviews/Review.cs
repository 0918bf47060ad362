using Gengdu.Organisations;
using Gengdu.ServiceDefaults;

namespace Gengdu.Supervision.Reviews;

/// <summary>A revision that came in, as reporting told it.</summary>
internal sealed record Submission(
    Guid ModuleReportId, int Revision, Guid ReportId, Guid CycleId, string ModuleKey, Guid OrganisationId, string OrganisationPath, ReviewLevel Level,
    DateTimeOffset SubmittedAt, Guid SubmittedBy, IReadOnlyList<string>? PersonalCells = null, int ExplainedWarnings = 0, bool Late = false, int? Outliers = null);

/// <summary>Whether an act is open to the caller now, and if not, why.</summary>
internal sealed record PermittedAct(ReviewAct Act, Problem? Refusal);

/// <summary>The review of one module report, level by level. One for ever; each new revision starts it over.</summary>
internal sealed partial class Review
{
    private readonly List<ReviewEntry> _history = [];
    private readonly List<ReviewOpening> _openings = [];
    private readonly List<ReviewAnswer> _answers = [];

    private Review()
    {
    }

    public Guid Id { get; private init; }
    public Guid ModuleReportId { get; private init; }
    public Guid ReportId { get; private init; }
    public Guid CycleId { get; private init; }
    public string ModuleKey { get; private init; } = "";
    public Guid OrganisationId { get; private init; }

    /// <summary>Path while the cycle is open, then the last one before it closed (<see cref="ReviewPlaces"/>): the line above it reviews.</summary>
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

    /// <summary>"field" or "field/column"; null when nobody told, and then any cell may be one.</summary>
    public string[]? PersonalCells { get; private set; }

    /// <summary>Warnings of this revision that the school explained; null in reviews from before this was told, which are then not clean.</summary>
    public int? ExplainedWarnings { get; private set; }

    /// <summary>Warnings of this revision that compare with the past or with schools like it; null where nobody told.</summary>
    public int? Outliers { get; private set; }

    /// <summary>Whether this revision came after its deadline, extension and grace counted.</summary>
    public bool Late { get; private set; }

    /// <summary>How often it was sent back, over all revisions.</summary>
    public int ReturnRounds { get; private set; }

    public Guid? CountyApprovedBy { get; private set; }
    public Guid? CityApprovedBy { get; private set; }

    /// <summary>Who asks to unlock what was accepted; null while nobody does.</summary>
    public Guid? UnlockAskedBy { get; private set; }
    public DateTimeOffset? UnlockAskedAt { get; private set; }

    public IReadOnlyList<ReviewEntry> History => _history;
    public IReadOnlyList<ReviewOpening> Openings => _openings;
    public IReadOnlyList<ReviewAnswer> Answers => _answers;

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
        (CountyApprovedBy, CityApprovedBy, PersonalCells) = (null, null, submission.PersonalCells?.ToArray());
        (ExplainedWarnings, Outliers, Late) = (submission.ExplainedWarnings, submission.Outliers, submission.Late);
        (UnlockAskedBy, UnlockAskedAt) = (null, null);
        Record(ReviewAct.Submit, Level, ReviewTransitions.Start(Level), submission.SubmittedBy, OrganisationId, now);
        if (State == ReviewState.Accepted)
        {
            // The province's own report has no level above it: accepted by rule, by nobody.
            Record(ReviewAct.Accept, ReviewLevel.Province, ReviewState.Accepted, by: null, OrganisationId, now);
        }

        return true;
    }

    /// <summary>The acts there are, with the refusal of each that is not open to the caller.</summary>
    public IReadOnlyList<PermittedAct> Acts(Caller caller, ReviewLine line) => [.. ReviewTransitions.Acts.Select(act => new PermittedAct(act, Refuse(act, caller, line)))];

    /// <summary>Passes it on: the county's and the city's approval, the province's acceptance.</summary>
    public Problem? Approve(Caller caller, ReviewLine line, int revision, DateTimeOffset now)
    {
        var act = State == ReviewState.ProvinceReview ? ReviewAct.Accept : ReviewAct.Approve;
        if (Refuse(act, caller, line, revision) is { } problem)
        {
            return problem;
        }

        var transition = ReviewTransitions.Step(State)!;
        CountyApprovedBy = transition.At == ReviewLevel.County ? caller.PersonId : CountyApprovedBy;
        CityApprovedBy = transition.At == ReviewLevel.City ? caller.PersonId : CityApprovedBy;
        Record(transition, caller, line, now);
        return null;
    }

    /// <summary>Sends it back to the organisation that reports, whichever level acts.</summary>
    public Problem? Return(Caller caller, ReviewLine line, int revision, IReadOnlyList<ReturnReasonText> reasons, DateTimeOffset? dueAt, DateTimeOffset now)
    {
        if (Refuse(ReviewAct.Return, caller, line, revision) is { } problem)
        {
            return problem;
        }

        ReturnRounds++;
        Record(ReviewTransitions.Find(State, ReviewAct.Return).First(), caller, line, now, reasons, dueAt);
        return null;
    }

    private void Record(
        ReviewTransition transition, Caller caller, ReviewLine line, DateTimeOffset now, IReadOnlyList<ReturnReasonText>? reasons = null, DateTimeOffset? dueAt = null, string? words = null)
    {
        bool? unopened = transition.Passes || transition.Act == ReviewAct.Return ? !HasOpened(caller.PersonId) : null;
        var level = transition.At == ReviewLevel.School ? Level : transition.At;
        Record(transition.Act, level, transition.To, caller.PersonId, SeatOf(transition, caller, line)!.OrganisationId, now, reasons, dueAt, unopened, words);
    }

    private void Record(
        ReviewAct act, ReviewLevel level, ReviewState to, Guid? by, Guid at, DateTimeOffset now,
        IReadOnlyList<ReturnReasonText>? reasons = null, DateTimeOffset? dueAt = null, bool? unopened = null, string? words = null)
    {
        // A request and its refusal leave it accepted, as long ago as before.
        (WaitingSince, State, Version) = (to == State && act is not ReviewAct.Submit ? WaitingSince : now, to, Version + 1);
        _history.Add(new()
        {
            ReviewId = Id, Version = Version, At = now, Act = act, Level = level, OrganisationId = at, Revision = Revision, By = by,
            Reasons = reasons ?? [], DueAt = dueAt, Unopened = unopened, Words = words,
        });
    }
}
