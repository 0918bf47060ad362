using System.Globalization;
using System.Text;

namespace Gengdu.Province.Make;

/// <summary>A person with roles, as the batch endpoint takes it.</summary>
internal sealed record Person(string UserName, string DisplayName, string Password, IReadOnlyList<PersonAssignment> Assignments);

/// <summary>One role at one organisation.</summary>
internal sealed record PersonAssignment(string Role, string OrganisationCode);

/// <summary>
/// Who works in the demo province. Every county-level unit has a reviewer and every city a supervisor; one school has its
/// own reporter and approver to try out; the other schools are reported by two clerks a city, who hold a role at each
/// school, because thirty thousand sign-ins would only measure password hashing.
/// </summary>
internal sealed class People(IReadOnlyList<Division> divisions, IReadOnlyList<School> schools, string password, int untouched = 1)
{
    public const string Owner = "hebei";

    /// <summary>长安区: nothing is reviewed there, so that there is something to try.</summary>
    public const string TriedCounty = "130102";

    /// <summary>The schools that are left to newcomers, each with its own reporter and approver.</summary>
    public IReadOnlyList<School> Untouched { get; } = [.. schools.Where(s => s.ParentCode == TriedCounty).Take(untouched)];

    public School Showcase => Untouched[0];

    /// <summary>"school-reporter", "school-approver" for the first untouched school, with a number from the second on.</summary>
    public static string Own(string role, int school = 0) => school == 0 ? $"school-{role}" : $"school-{role}-{school + 1}";

    public static string Clerk(string cityCode, string role) => $"{role}-{cityCode}";

    public static string Reviewer(string countyCode) => $"county-{countyCode}";

    public static string Supervisor(string cityCode) => $"city-{cityCode}";

    public static string Administrator(string countyCode) => $"admin-{countyCode}";

    /// <summary>Only an auditor makes auditors.</summary>
    public IReadOnlyList<Person> Auditors => [new($"audit-{TriedCounty}", $"{Tried.NameZh}审计", password, [new("auditor", TriedCounty)])];

    private Division Tried => divisions.Single(d => d.Code == TriedCounty);

    public IEnumerable<string> CityCodes => divisions.Where(d => d.Is("city")).Select(d => d.Code);

    public IEnumerable<Person> All()
    {
        yield return new(Owner, "省教育厅德育处", password, [new("province-owner", "130000"), new("reporter", "130000")]);
        yield return new($"{Owner}-approver", "省教育厅德育处审核", password, [new("approver", "130000")]);
        foreach (var city in divisions.Where(d => d.Is("city")))
        {
            yield return new(Supervisor(city.Code), $"{city.NameZh}劳动教育督导", password, [new("city-supervisor", city.Code)]);
            var places = schools.Where(s => s.CityCode == city.Code && !Untouched.Contains(s)).Select(s => s.Code)
                .Concat(divisions.Where(d => d.Is("county") && d.ParentCode == city.Code).Select(d => d.Code)).Append(city.Code).ToList();
            foreach (var (role, title) in new[] { ("reporter", "填报"), ("approver", "审核") })
            {
                yield return new(Clerk(city.Code, role), $"{city.NameZh}{title}", password, [.. places.Select(code => new PersonAssignment(role, code))]);
            }
        }

        foreach (var county in divisions.Where(d => d.Is("county")))
        {
            yield return new(Reviewer(county.Code), $"{county.NameZh}审核", password, [new("county-reviewer", county.Code)]);
        }

        yield return new(Administrator(TriedCounty), $"{Tried.NameZh}管理员", password, [new("administrator", TriedCounty)]);
        for (var i = 0; i < Untouched.Count; i++)
        {
            yield return new(Own("reporter", i), $"{Untouched[i].NameZh}填报员", password, [new("reporter", Untouched[i].Code)]);
            yield return new(Own("approver", i), $"{Untouched[i].NameZh}审核人", password, [new("approver", Untouched[i].Code)]);
        }
    }

    public string Describe(LoadOptions options)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"Gengdu 耕读 is running at {options.Address}").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"Password of every demo person: {password}").AppendLine();
        foreach (var (user, what) in (IReadOnlyList<(string User, string What)>)
        [
            (Owner, "province owner 省级: the one chart, cycles, acceptance"),
            (Supervisor("130100"), "city supervisor 石家庄市"),
            (Reviewer(TriedCounty), "county reviewer 长安区: reviews, returns, approves"),
            ("school-reporter", $"reporter of {Showcase.NameZh}: fills in ten modules"),
            ("school-approver", "approver of the same school: signs"),
            (Clerk("130100", "reporter"), "clerk who reports for the other schools of 石家庄市"),
            (Reviewer("130682"), "county step of 定州市, which is county and city at once"),
            (Supervisor("130682"), "city step of 定州市"),
            (Administrator(TriedCounty), "administrator 系统管理员 of 长安区: its schools and people"),
            .. options.AuditorName.Length == 0 ? Array.Empty<(string, string)>() :
            [
                (Auditors[0].UserName, "auditor 审计管理员 of 长安区: who did and saw what"),
                (options.AuditorName, "auditor of the province"),
                ("security", "security administrator 安全管理员 of the province"),
            ],
            (options.AdministratorName, $"administrator of the province (password: {options.AdministratorPassword})"),
        ])
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  {user,-22} {what}");
        }

        return text.ToString();
    }
}
