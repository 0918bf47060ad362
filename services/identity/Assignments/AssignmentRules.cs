using Gengdu.Organisations;

namespace Gengdu.Identity.Assignments;

/// <summary>Which role fits which level.</summary>
internal static class AssignmentRules
{
    /// <summary>Departments report too, so reporters and approvers fit everywhere; reviewing roles fit their own level only.</summary>
    public static bool Fits(string role, IReadOnlyList<string> levels) => role switch
    {
        Roles.Reporter or Roles.Approver or Roles.Administrator => true,
        Roles.CountyReviewer => levels.Contains("county"),
        Roles.CitySupervisor => levels.Contains("city"),
        Roles.ProvinceOwner => levels.Contains("province"),
        _ => false,
    };
}
