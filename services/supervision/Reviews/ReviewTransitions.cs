using Gengdu.Organisations;

namespace Gengdu.Supervision.Reviews;

/// <summary>Extra condition of a transition.</summary>
internal enum ReviewGuard
{
    None,

    /// <summary>Whoever signed the revision or passed it at an earlier step may not pass it here: four eyes, also at Dingzhou and Xinji.</summary>
    FreshEyes,
}

/// <summary>One line of the state machine.</summary>
/// <param name="From">State before.</param>
/// <param name="Act">What is done.</param>
/// <param name="Role">Who may do it …</param>
/// <param name="At">… at the nearest organisation of this level on the reporting organisation's line.</param>
/// <param name="To">State after.</param>
/// <param name="Guard">Extra condition.</param>
internal sealed record ReviewTransition(ReviewState From, ReviewAct Act, string Role, ReviewLevel At, ReviewState To, ReviewGuard Guard);

/// <summary>The state machine as a table. What is not in it cannot happen.</summary>
internal static class ReviewTransitions
{
    public static readonly IReadOnlyList<ReviewTransition> All =
    [
        new(ReviewState.CountyReview, ReviewAct.Approve, Roles.CountyReviewer, ReviewLevel.County, ReviewState.CityReview, ReviewGuard.FreshEyes),
        new(ReviewState.CountyReview, ReviewAct.Return, Roles.CountyReviewer, ReviewLevel.County, ReviewState.Returned, ReviewGuard.None),
        new(ReviewState.CityReview, ReviewAct.Approve, Roles.CitySupervisor, ReviewLevel.City, ReviewState.ProvinceReview, ReviewGuard.FreshEyes),
        new(ReviewState.CityReview, ReviewAct.Return, Roles.CitySupervisor, ReviewLevel.City, ReviewState.Returned, ReviewGuard.None),
        new(ReviewState.ProvinceReview, ReviewAct.Accept, Roles.ProvinceOwner, ReviewLevel.Province, ReviewState.Accepted, ReviewGuard.FreshEyes),
        new(ReviewState.ProvinceReview, ReviewAct.Return, Roles.ProvinceOwner, ReviewLevel.Province, ReviewState.Returned, ReviewGuard.None),
    ];

    /// <summary>Where a new revision of an organisation of this level begins: a department does not review itself.</summary>
    public static ReviewState Start(ReviewLevel level) => level switch
    {
        ReviewLevel.School => ReviewState.CountyReview,
        ReviewLevel.County => ReviewState.CityReview,
        ReviewLevel.City => ReviewState.ProvinceReview,
        _ => ReviewState.Accepted,
    };

    public static ReviewTransition? Find(ReviewState from, ReviewAct act) => All.FirstOrDefault(t => t.From == from && t.Act == act);

    /// <summary>Whether a level has a step of its own; schools have none.</summary>
    public static bool IsStep(ReviewLevel level) => All.Any(t => t.At == level);

    /// <summary>The transition that passes a review on at this level.</summary>
    public static ReviewTransition Pass(ReviewLevel at) => All.Single(t => t.At == at && t.Act is not ReviewAct.Return);
}
