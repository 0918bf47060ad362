using Gengdu.Organisations;

namespace Gengdu.Reporting.Extensions;

/// <summary>Who answers an organisation: somebody who reviews, and stands strictly above it.</summary>
internal static class LevelAbove
{
    /// <summary>Reviewer of a county, a city or the province whose place lies above the path.</summary>
    public static bool Decides(this Caller caller, string path) =>
        caller.Rights.Any(right => right.Role is Roles.CountyReviewer or Roles.CitySupervisor or Roles.ProvinceOwner && right.Path != path && right.Covers(path));

    /// <summary>The same in a query: places strictly below one of these, at any of which the caller reviews.</summary>
    /// <returns>The places, and those of them that no other one covers: what stands there itself is for somebody above.</returns>
    public static (string[] Places, string[] Top) DecidesUnder(this Caller caller)
    {
        var places = caller.SubtreePaths(Roles.CountyReviewer, Roles.CitySupervisor, Roles.ProvinceOwner);
        return (places, [.. places.Where(path => !places.Any(other => other != path && path.StartsWith(other, StringComparison.Ordinal)))]);
    }

    /// <summary>Reviewer at exactly this organisation: asks for it and for everything below.</summary>
    public static bool LeadsAt(this Caller caller, Guid organisationId) =>
        caller.Rights.Any(right => right.Role is Roles.CountyReviewer or Roles.CitySupervisor && right.OrganisationId == organisationId);
}
