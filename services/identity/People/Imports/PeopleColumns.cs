using System.Text;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;

namespace Gengdu.Identity.People.Imports;

/// <summary>The headings of a file of accounts, and the words for roles, in both languages.</summary>
internal static class PeopleColumns
{
    /// <summary>Columns looked at; what a sheet has beyond is nobody's.</summary>
    public const int Most = 30;

    public const string Name = "displayName";
    public const string UserName = "userName";
    public const string Role = "role";
    public const string Code = "organisationCode";
    public const string ValidTo = "validTo";

    public static readonly IReadOnlyList<(string Key, string Zh, string En, bool Required)> All =
    [
        (Name, "姓名", "Name", true), (UserName, "登录名", "User name", false), (Role, "角色", "Role", true), (Code, "机构代码", "Organisation code", true), (ValidTo, "有效期至", "Valid until", false),
    ];

    private static readonly Dictionary<string, string> Headings = All.SelectMany(c => new[] { (c.Zh, c.Key), (c.En, c.Key), (c.Key, c.Key) })
        .Concat([("用户名", UserName), ("学校代码", Code), ("组织代码", Code), ("display name", Name), ("valid to", ValidTo), ("有效期", ValidTo)])
        .DistinctBy(pair => Plain(pair.Item1)).ToDictionary(pair => Plain(pair.Item1), pair => pair.Item2);

    private static readonly Dictionary<string, string> RoleWords = Roles.All.Select(role => (role, role)).Concat(
    [
        ("填报员", Roles.Reporter), ("审核人", Roles.Approver), ("县级审核", Roles.CountyReviewer), ("县级审核员", Roles.CountyReviewer), ("市级督导", Roles.CitySupervisor),
        ("省级负责人", Roles.ProvinceOwner), ("省级项目负责人", Roles.ProvinceOwner), ("系统管理员", Roles.Administrator), ("管理员", Roles.Administrator),
        ("system administrator", Roles.Administrator), ("安全管理员", Roles.SecurityAdministrator), ("审计管理员", Roles.Auditor), ("审计员", Roles.Auditor),
    ]).ToDictionary(pair => Plain(pair.Item1), pair => pair.Item2);

    /// <summary>Which column stands where, or everything that is wrong with the first row.</summary>
    public static (Dictionary<string, int> At, Problem? Refused) Read(string[] cells)
    {
        var (at, errors) = (new Dictionary<string, int>(), new List<FieldError>());
        for (var i = 0; i < cells.Length; i++)
        {
            var shown = cells[i].Length > 40 ? cells[i][..40] : cells[i];
            if (shown.Length > 0 && (!Headings.TryGetValue(Plain(cells[i]), out var key) || !at.TryAdd(key, i)))
            {
                errors.Add(key is null
                    ? new(shown, "unknown-column", new($"不认识的列：{shown}", $"Unknown column: {shown}")) { Line = 1 }
                    : new(shown, "duplicate-column", new($"列重复：{shown}", $"This column is there twice: {shown}")) { Line = 1 });
            }
        }

        errors.AddRange(All.Where(column => column.Required && !at.ContainsKey(column.Key)).Select(column =>
            new FieldError(column.Key, "missing-column", new($"缺少列：{column.Zh}", $"This column is missing: {column.En}")) { Line = 1 }));
        return (at, errors.Count == 0 ? null : ImportProblems.WrongHeaders(errors));
    }

    /// <summary>One or several, divided by commas, semicolons or 、; null when one is not a role.</summary>
    public static IReadOnlyList<string>? RolesOf(string text)
    {
        string[] roles = [.. text.Normalize(NormalizationForm.FormKC).Split([',', ';', '、', '/'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(word => RoleWords.GetValueOrDefault(Plain(word), "")).Distinct()];
        return roles.Length == 0 || roles.Contains("") ? null : roles;
    }

    private static string Plain(string text) =>
        string.Concat(text.Normalize(NormalizationForm.FormKC).Where(char.IsLetterOrDigit)).ToUpperInvariant();
}
