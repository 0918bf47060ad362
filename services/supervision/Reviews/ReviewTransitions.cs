using Gengdu.Organisations;

namespace Gengdu.Supervision.Reviews;

/// <summary>Extra conditions of a transition; all that are named have to hold.</summary>
[Flags]
internal enum ReviewGuards
{
    None = 0,

    /// <summary>Whoever signed the revision or passed it at an earlier step may not pass it here: four eyes, also at Dingzhou and Xinji.</summary>
    FreshEyes = 1,

    /// <summary>No step has passed this revision, and no reviewer of the step at hand has opened it.</summary>
    NotStarted = 2,

    /// <summary>What is given back can be submitted again.</summary>
    CycleOpen = 4,

    /// <summary>No request waits for its answer.</summary>
    NothingAsked = 8,

    /// <summary>A request waits, and it is not the caller's own.</summary>
    AskedByAnother = 16,
}

/// <summary>One line of the state machine.</summary>
/// <param name="From">State before.</param>
/// <param name="Act">What is done.</param>
/// <param name="Role">Who may do it …</param>
/// <param name="At">… at the nearest organisation of this level on the reporting organisation's line; School is the reporting organisation itself, whatever it is.</param>
/// <param name="To">State after.</param>
/// <param name="Guards">Extra conditions.</param>
internal sealed record ReviewTransition(ReviewState From, ReviewAct Act, string Role, ReviewLevel At, ReviewState To, ReviewGuards Guards)
{
    /// <summary>Approval or acceptance: the review goes on to the next step.</summary>
    public bool Passes => Act is ReviewAct.Approve or ReviewAct.Accept;
}

/// <summary>The state machine as a table. What is not in it cannot happen.</summary>
internal static class ReviewTransitions
{
    private const ReviewGuards Untouched = ReviewGuards.NotStarted | ReviewGuards.CycleOpen;
    private const ReviewGuards Ask = ReviewGuards.NothingAsked | ReviewGuards.CycleOpen;

    public static readonly IReadOnlyList<ReviewTransition> All =
    [
        new(ReviewState.CountyReview, ReviewAct.Approve, Roles.CountyReviewer, ReviewLevel.County, ReviewState.CityReview, ReviewGuards.FreshEyes),
        new(ReviewState.CountyReview, ReviewAct.Return, Roles.CountyReviewer, ReviewLevel.County, ReviewState.Returned, ReviewGuards.None),
        new(ReviewState.CountyReview, ReviewAct.Withdraw, Roles.Approver, ReviewLevel.School, ReviewState.Withdrawn, Untouched),
        new(ReviewState.CityReview, ReviewAct.Approve, Roles.CitySupervisor, ReviewLevel.City, ReviewState.ProvinceReview, ReviewGuards.FreshEyes),
        new(ReviewState.CityReview, ReviewAct.Return, Roles.CitySupervisor, ReviewLevel.City, ReviewState.Returned, ReviewGuards.None),
        new(ReviewState.CityReview, ReviewAct.Withdraw, Roles.Approver, ReviewLevel.School, ReviewState.Withdrawn, Untouched),
        new(ReviewState.ProvinceReview, ReviewAct.Accept, Roles.ProvinceOwner, ReviewLevel.Province, ReviewState.Accepted, ReviewGuards.FreshEyes),
        new(ReviewState.ProvinceReview, ReviewAct.Return, Roles.ProvinceOwner, ReviewLevel.Province, ReviewState.Returned, ReviewGuards.None),
        new(ReviewState.ProvinceReview, ReviewAct.Withdraw, Roles.Approver, ReviewLevel.School, ReviewState.Withdrawn, Untouched),
        new(ReviewState.Accepted, ReviewAct.AskUnlock, Roles.Approver, ReviewLevel.School, ReviewState.Accepted, Ask),
        new(ReviewState.Accepted, ReviewAct.AskUnlock, Roles.CountyReviewer, ReviewLevel.County, ReviewState.Accepted, Ask),
        new(ReviewState.Accepted, ReviewAct.Unlock, Roles.ProvinceOwner, ReviewLevel.Province, ReviewState.Unlocked, ReviewGuards.AskedByAnother | ReviewGuards.CycleOpen),
        new(ReviewState.Accepted, ReviewAct.RefuseUnlock, Roles.ProvinceOwner, ReviewLevel.Province, ReviewState.Accepted, ReviewGuards.AskedByAnother),
    ];

    /// <summary>The acts there are for people, in the order in which they are offered.</summary>
    public static readonly IReadOnlyList<ReviewAct> Acts =
        [ReviewAct.Approve, ReviewAct.Return, ReviewAct.Accept, ReviewAct.Withdraw, ReviewAct.AskUnlock, ReviewAct.Unlock, ReviewAct.RefuseUnlock];

    /// <summary>Where a new revision of an organisation of this level begins: a department does not review itself.</summary>
    public static ReviewState Start(ReviewLevel level) => level switch
    {
        ReviewLevel.School => ReviewState.CountyReview,
        ReviewLevel.County => ReviewState.CityReview,
        ReviewLevel.City => ReviewState.ProvinceReview,
        _ => ReviewState.Accepted,
    };

    /// <summary>The step the state waits for; null where nobody reviews.</summary>
    public static ReviewTransition? Step(ReviewState state) => All.FirstOrDefault(t => t.From == state && t.Passes);

    public static IEnumerable<ReviewTransition> Find(ReviewState from, ReviewAct act) => All.Where(t => t.From == from && t.Act == act);

    /// <summary>Whether a level has a step of its own; schools have none.</summary>
    public static bool IsStep(ReviewLevel level) => All.Any(t => t.At == level && t.Passes);

    /// <summary>The transition that passes a review on at this level.</summary>
    public static ReviewTransition Pass(ReviewLevel at) => All.Single(t => t.At == at && t.Passes);
}
