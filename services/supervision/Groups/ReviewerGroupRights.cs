using Gengdu.Organisations;
using Gengdu.Supervision.Reviews;

namespace Gengdu.Supervision.Groups;

/// <summary>Who may give a group its right, and end it: whoever reviews at that step themselves, and the administrator of the place.</summary>
internal static class ReviewerGroupRights
{
    public static readonly string[] Givers = [.. ReviewRoles.Reviewers, Roles.Administrator];

    /// <summary>The caller's own right that the group's comes from; it ends with it. A group's member hands nothing on.</summary>
    public static Right? GivingAt(this Caller caller, ReviewLevel level, string path) =>
        caller.Rights.FirstOrDefault(right => right.Role == ReviewTransitions.Pass(level).Role && right.Path == path)
        ?? caller.Rights.FirstOrDefault(right => right.Role == Roles.Administrator && right.Covers(path));
}
