using Gengdu.Organisations;
using Gengdu.Reporting.Cycles;
using Gengdu.Reporting.Reports;

namespace Gengdu.Reporting.ModuleReports;

/// <summary>
/// Who reads personal and sensitive values: the organisation's own people and the reviewer of its own county. City and province
/// see that something is there, not what: they decide about figures, and call the county when they need a telephone number.
/// </summary>
internal static class PersonalReader
{
    public static bool MayReadPersonal(this Caller caller, Guid organisationId, string path) =>
        caller.Owns(organisationId, Roles.Reporter, Roles.Approver)
        || caller.Rights.Any(right => right.Role == Roles.CountyReviewer && right.LevelRoles.Contains(Levels.County) && right.Covers(path));
}
