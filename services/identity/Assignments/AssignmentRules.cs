using Gengdu.Organisations;

namespace Gengdu.Identity.Assignments;

/// <summary>Which role fits which level.</summary>
internal static class AssignmentRules
{
    /// <summary>Departments report too, so reporters and approvers fit everywhere, as administrators do; reviewing roles fit their own level only.</summary>
    public static bool Fits(string role, IReadOnlyList<string> levels) => role switch
    {
        Roles.Reporter or Roles.Approver or Roles.Administrator or Roles.SecurityAdministrator or Roles.Auditor => true,
        Roles.CountyReviewer => levels.Contains("county"),
        Roles.CitySupervisor => levels.Contains("city"),
        Roles.ProvinceOwner => levels.Contains("province"),
        _ => false,
    };
}
