using System.Globalization;
using System.Text.RegularExpressions;
using Gengdu.ServiceDefaults;

namespace Gengdu.Identity.Organisations;

/// <summary>What is said about an organisation from outside, before it is believed.</summary>
internal sealed partial record OrganisationFacts(
    string Code, string NameZh, string NameEn, IReadOnlyList<string> LevelRoles, string Kind, string? SchoolType, string? UrbanRural,
    string? RunBy, IReadOnlyList<string> Grades, DateOnly ValidFrom, DateOnly? ValidTo)
{
    private static readonly string[] Levels = ["province", "city", "county", "school"];
    private static readonly HashSet<string> SchoolTypes = ["primary", "teaching-point", "junior", "nine-year", "senior", "complete-secondary", "twelve-year", "vocational", "special"];
    private static readonly HashSet<string> Surroundings = ["urban", "town", "rural"];
    private static readonly HashSet<string> Runners = ["education-department", "other-department", "local-enterprise", "private", "sino-foreign"];
    private static readonly HashSet<string> AllGrades = ["g1", "g2", "g3", "g4", "g5", "g6", "g7", "g8", "g9", "g10", "g11", "g12", "v1", "v2", "v3"];

    /// <summary>What is wrong in itself; names of members as callers write them.</summary>
    public IEnumerable<(string Member, string Code, Text Text)> Faults()
    {
        if (LevelRoles.Count == 0 || LevelRoles.Distinct().Count() != LevelRoles.Count || LevelRoles.Any(level => !Levels.Contains(level))
            || (LevelRoles.Contains("school") && LevelRoles.Count > 1))
        {
            yield return ("levelRoles", "option", new("层级应为 province、city、county 的组合，或单独的 school", "The levels must be a combination of province, city and county, or school alone"));
        }

        if (Kind is not ("division" or "zone" or "school") || (Kind == "school") != LevelRoles.Contains("school"))
        {
            yield return ("kind", "option", new("类别应为 division、zone 或 school，并与层级一致", "The kind must be division, zone or school and agree with the levels"));
        }

        if (!(Kind == "school" ? SchoolCode() : DivisionCode()).IsMatch(Code))
        {
            yield return ("code", "pattern", Kind == "school"
                ? new("学校代码应为 10 位数字：2 位办学类型、13、6 位顺序号", "A school code has ten digits: two for the class, 13, six for the number")
                : new("区划代码应为 6 位数字", "A division code has six digits"));
        }

        if (NameZh.Trim().Length is 0 or > 100 || NameEn.Trim().Length is 0 or > 200)
        {
            yield return ("nameZh", "length", new("中英文名称都要填写，中文不超过 100 字，英文不超过 200 字", "Both names are needed: Chinese up to 100 characters, English up to 200"));
        }

        if (!IsPlain(NameZh) || !IsPlain(NameEn))
        {
            yield return ("nameZh", "characters", new("名称不能以 = + - @ 开头，也不能含有不可见字符", "A name begins with none of = + - @ and holds no invisible characters"));
        }

        if (ValidTo < ValidFrom)
        {
            yield return ("validTo", "range", new("终止日期不能早于起始日期", "The last day cannot lie before the first"));
        }

        foreach (var fault in Kind == "school" ? SchoolFaults() : [])
        {
            yield return fault;
        }
    }

    /// <summary>What does not fit together at a school: its code's class and its grades with its type. Only asked of new ones and new types.</summary>
    public IEnumerable<(string Member, string Code, Text Text)> Misfits()
    {
        if (SchoolType is null || !SchoolTypes.Contains(SchoolType))
        {
            yield break;
        }

        if (!Code.StartsWith(SchoolClass.Of(SchoolType), StringComparison.Ordinal))
        {
            yield return ("code", "class", new($"此类学校的代码应以 {SchoolClass.Of(SchoolType)} 开头", $"The code of such a school begins with {SchoolClass.Of(SchoolType)}"));
        }

        if (!SchoolClass.Teaches(SchoolType, Grades))
        {
            yield return ("grades", "type", new("年级与学校类型不符", "The grades do not fit the school type"));
        }
    }

    /// <summary>All faults as one refusal; null when there is none.</summary>
    /// <param name="strictly">Grades must fit the type too.</param>
    public Problem? Problem(bool strictly = false)
    {
        var faults = Faults().Concat(strictly ? Misfits().Where(fault => fault.Member == "grades") : []).ToList();
        return faults.Count == 0 ? null : TreeProblems.Faults([.. faults.Select(fault => new FieldError(fault.Member, fault.Code, fault.Text))]);
    }

    /// <summary>What an organisation is now.</summary>
    public static OrganisationFacts Of(Organisation o) =>
        new(o.Code, o.NameZh, o.NameEn, o.LevelRoles, o.Kind, o.SchoolType, o.UrbanRural, o.RunBy, o.Grades, o.ValidFrom, o.ValidTo);

    /// <summary>Whether a place with these levels may stand below that one.</summary>
    public bool FitsBelow(IReadOnlyList<string> parentLevels) => FitsBelow(LevelRoles, parentLevels);

    /// <summary>
    /// A school stands below whoever reviews it first: a county, a zone, or a city that is a county too. Below a mere city
    /// nobody would ever receive its reports.
    /// </summary>
    public static bool FitsBelow(IReadOnlyList<string> levels, IReadOnlyList<string> parentLevels) => levels switch
    {
        _ when levels.Contains("province") => false,
        _ when levels.Contains("city") => parentLevels.Contains("province"),
        _ when levels.Contains("county") => parentLevels.Contains("city"),
        _ => parentLevels.Contains("county"),
    };

    /// <summary>Spreadsheets run what begins like a formula; what cannot be seen cannot be checked.</summary>
    public static bool IsPlain(string text) =>
        text.Length == 0 || (!"=+-@".Contains(text[0], StringComparison.Ordinal)
            && !text.Any(c => char.IsControl(c) || char.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse));

    private IEnumerable<(string Member, string Code, Text Text)> SchoolFaults()
    {
        if (SchoolType is null || !SchoolTypes.Contains(SchoolType))
        {
            yield return ("schoolType", "option", new("学校类型不在清单中", "The school type is not in the list"));
        }

        if (UrbanRural is null || !Surroundings.Contains(UrbanRural))
        {
            yield return ("urbanRural", "option", new("城乡类型应为 urban、town 或 rural", "The surroundings must be urban, town or rural"));
        }

        if (RunBy is null || !Runners.Contains(RunBy))
        {
            yield return ("runBy", "option", new("举办者不在清单中", "Who runs the school is not in the list"));
        }

        if (Grades.Count == 0 || Grades.Distinct().Count() != Grades.Count || Grades.Any(grade => !AllGrades.Contains(grade)))
        {
            yield return ("grades", "option", new("年级应为 g1–g12 或 v1–v3，至少一个，不重复", "Grades are g1–g12 or v1–v3, at least one, none twice"));
        }
    }

    [GeneratedRegex("^[0-9]{6}$")]
    private static partial Regex DivisionCode();

    [GeneratedRegex("^[0-9]{2}13[0-9]{6}$")]
    private static partial Regex SchoolCode();
}
