using Gengdu.Organisations;

namespace Gengdu.Supervision.Reviews;

/// <summary>Who takes part in reviewing. An administrator keeps the tree and the people, and sees no report by that role.</summary>
internal static class ReviewRoles
{
    public static readonly string[] Reviewers = [Roles.CountyReviewer, Roles.CitySupervisor, Roles.ProvinceOwner];

    /// <summary>The reporting organisation's own people see how their review stands and why it came back.</summary>
    public static readonly string[] Readers = [.. Reviewers, Roles.Reporter, Roles.Approver];
}
