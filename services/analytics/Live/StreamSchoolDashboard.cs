using Gengdu.Analytics.Dashboards;
using Gengdu.Organisations;

namespace Gengdu.Analytics.Live;

/// <summary>That something of a school is new; one server-sent event. The page reads itself again where this is not what it shows.</summary>
/// <param name="AsOf">Newest submission or review of the school; the cycle's opening when there is none.</param>
/// <param name="Completeness">Where its modules stand.</param>
public sealed record LiveSchoolResponse(DateTimeOffset AsOf, CompletenessResponse Completeness);

internal static class StreamSchoolDashboard
{
    /// <summary>
    /// Whatever changes a school's figures is a submission, a review or an exemption, and shows in its row of completeness: that one
    /// is watched, and not forty figures. The medians of its county move without it; the page reads them from time to time.
    /// </summary>
    public static Task HandleAsync(Guid organisationId, Guid cycleId, HttpContext http, Caller caller, LiveStream stream) =>
        stream.ServeAsync(http, caller, organisationId, cycleId, school: true, (head, node, _) => new LiveSchoolResponse(node.Completeness.AsOf ?? head.OpenedAt, node.Completeness.ToResponse()));
}
