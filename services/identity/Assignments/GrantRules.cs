using System.Collections.Frozen;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;

namespace Gengdu.Identity.Assignments;

/// <summary>
/// Who gives and takes which role, and which roles go together. Three administrators that check one another: one gives the
/// working roles, one watches over accounts, one reads the audit; none can do two of these things.
/// </summary>
internal static class GrantRules
{
    /// <summary>Nobody gives what they do not have; working roles are the system administrator's to give.</summary>
    private static readonly FrozenDictionary<string, FrozenSet<string>> Gives = new Dictionary<string, FrozenSet<string>>
    {
        [Roles.Administrator] = Roles.All.Except([Roles.SecurityAdministrator, Roles.Auditor]).ToFrozenSet(),
        [Roles.SecurityAdministrator] = FrozenSet.Create(Roles.SecurityAdministrator),
        [Roles.Auditor] = FrozenSet.Create(Roles.Auditor),
    }.ToFrozenDictionary();

    public static bool IsAdministrator(Caller caller) => caller.Rights.Any(right => Gives.ContainsKey(right.Role));

    /// <summary>Whether the place is in the subtree of one of the caller's administrator's roles.</summary>
    public static bool Administers(Caller caller, string path) => caller.Rights.Any(right => Gives.ContainsKey(right.Role) && right.Covers(path));

    public static bool MayGive(Caller caller, string path, string role) =>
        caller.Rights.Any(right => right.Covers(path) && Gives.TryGetValue(right.Role, out var roles) && roles.Contains(role));

    /// <summary>Taking away is safe, so the security administrator may take everything.</summary>
    public static bool MayTake(Caller caller, string path, string role) =>
        MayGive(caller, path, role) || caller.MayActAs(path, Roles.SecurityAdministrator);

    /// <summary>Whether one person may have both.</summary>
    public static bool GoTogether(string role, string other) =>
        role == other || !((role == Roles.Auditor || other == Roles.Auditor) || (Roles.Administrators.Contains(role) && Roles.Administrators.Contains(other)));
}
