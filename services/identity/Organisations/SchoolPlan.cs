using System.Security.Cryptography;
using System.Text.Json;
using Gengdu.ServiceDefaults;

namespace Gengdu.Identity.Organisations;

/// <param name="Kind">"new", "changed", "moved" (perhaps changed too) or "closed".</param>
internal sealed record SchoolDifference(int? Line, string Code, string NameZh, string Kind, IReadOnlyList<FieldDifference> Fields);

internal sealed record FieldDifference(string Column, string? Old, string? New);

/// <summary>What a list of schools would do to the tree, or what is wrong with it. Decided before anything is touched.</summary>
internal sealed class SchoolPlan
{
    private readonly List<(SchoolDifference Difference, SchoolFile.Line? Line, Organisation? School, Organisation? Parent)> _steps = [];
    private readonly Dictionary<string, Organisation> _divisions;
    private readonly Dictionary<string, Organisation> _schools;
    private readonly ISet<string> _taken;
    private readonly TreeChange _change;

    /// <param name="known">Open organisations the caller may decide about, and the places above them.</param>
    /// <param name="taken">School codes given before to anybody, anywhere.</param>
    /// <param name="missing">Schools that are closed because the list does not name them.</param>
    public SchoolPlan(IReadOnlyList<SchoolFile.Line> lines, IEnumerable<Organisation> known, ISet<string> taken, IReadOnlyCollection<Organisation> missing, TreeChange change, List<FieldError> errors)
    {
        (_taken, _change) = (taken, change);
        var byKind = known.ToLookup(o => o.IsSchool);
        _divisions = byKind[false].ToDictionary(o => o.Code);
        _schools = byKind[true].ToDictionary(o => o.Code);
        var seen = new HashSet<string>();
        foreach (var line in lines)
        {
            var faults = Consider(line, seen).Select(fault => OrganisationProblems.Fault(fault.Column, fault.Code, fault.Text, line.Number)).ToList();
            errors.AddRange(faults);
        }

        foreach (var school in missing.OrderBy(o => o.Code, StringComparer.Ordinal))
        {
            if (school.Refuse(change) is not null || change.EffectiveOn <= school.ValidFrom)
            {
                errors.Add(OrganisationProblems.Fault("effectiveOn", "effective", new($"学校 {school.Code} 在该日期之后才变更或成立", $"School {school.Code} began or changed after that day")));
            }

            _steps.Add((new(null, school.Code, school.NameZh, "closed", []), null, school, null));
        }
    }

    public IReadOnlyList<SchoolDifference> Differences => [.. _steps.Select(step => step.Difference)];

    public int Unchanged { get; private set; }

    public int Count(string kind) => _steps.Count(step => step.Difference.Kind == kind);

    /// <summary>Of the differences, the day, and the versions they start from: what was shown is what is applied, or nothing.</summary>
    public string Fingerprint() => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new
    {
        _change.EffectiveOn,
        Steps = _steps.Select(step => new { step.Difference, step.Line?.ValidFrom, School = step.School?.Id, step.School?.Version, Parent = step.Parent?.Path }),
    })))[..32];

    /// <summary>Does it. New schools are handed to <paramref name="add"/>.</summary>
    public void Apply(Queue<long> numbers, Action<Organisation> add)
    {
        foreach (var (difference, line, school, parent) in _steps)
        {
            if (line is null)
            {
                school!.Close(_change with { Act = TreeActs.Closed });
            }
            else if (school is null)
            {
                add(Organisation.Create(line.Facts with { ValidFrom = line.ValidFrom ?? _change.EffectiveOn }, parent, numbers.Dequeue(), _change with { Act = TreeActs.Created }));
            }
            else
            {
                school.Change(line.Facts with { ValidFrom = school.ValidFrom }, parent, _change with { Act = difference.Kind == "moved" ? TreeActs.Moved : TreeActs.Changed });
            }
        }
    }

    private IEnumerable<(string Column, string Code, Text Text)> Consider(SchoolFile.Line line, HashSet<string> seen)
    {
        var school = _schools.GetValueOrDefault(line.Facts.Code);
        var parent = _divisions.GetValueOrDefault(line.ParentCode);
        if (!seen.Add(line.Facts.Code))
        {
            yield return ("code", "duplicate", OrganisationProblems.Duplicate);
            yield break;
        }

        if (school is null && _taken.Contains(line.Facts.Code))
        {
            yield return ("code", "void", OrganisationProblems.CodeTaken);
        }

        if (parent is null)
        {
            yield return ("parent_code", "unknown-parent", OrganisationProblems.UnknownParent);
            yield break;
        }

        if (!line.Facts.FitsBelow(parent.LevelRoles))
        {
            yield return ("parent_code", "level", OrganisationProblems.WrongLevel);
        }

        var fields = school is null ? [] : Fields(school, line, parent).ToList();
        if (school is null || fields.Exists(field => field.Column is "school_type" or "grades"))
        {
            foreach (var (member, code, text) in line.Facts.Misfits())
            {
                yield return school is not null && member == "code" ? ("school_type", "class", OrganisationProblems.NewCodeNeeded) : (member, code, text);
            }
        }

        if (line.ValidFrom > SchoolDay.Of(_change.RecordedAt))
        {
            yield return ("valid_from", "future", new("起始日期不能晚于今天", "It cannot begin on a future day"));
        }

        if (school is not null && fields.Count == 0)
        {
            Unchanged++;
            yield break;
        }

        if (school is not null && school.ChangedOn > _change.EffectiveOn)
        {
            yield return ("effectiveOn", "effective", TreeProblems.BeforeTheLastChange(school.Code, school.ChangedOn).Detail);
        }

        _steps.Add((new(line.Number, line.Facts.Code, line.Facts.NameZh, school is null ? "new" : school.ParentId == parent.Id ? "changed" : "moved", fields), line, school, parent));
    }

    private IEnumerable<FieldDifference> Fields(Organisation school, SchoolFile.Line line, Organisation parent)
    {
        var facts = line.Facts;
        var above = school.ParentId == parent.Id ? parent.Code : _divisions.Values.FirstOrDefault(o => o.Id == school.ParentId)?.Code;
        IEnumerable<FieldDifference> all =
        [
            new("parent_code", above, parent.Code), new("name_zh", school.NameZh, facts.NameZh), new("name_en", school.NameEn, facts.NameEn), new("school_type", school.SchoolType, facts.SchoolType),
            new("urban_rural", school.UrbanRural, facts.UrbanRural), new("run_by", school.RunBy, facts.RunBy), new("grades", string.Join(';', school.Grades), string.Join(';', facts.Grades)),
        ];
        return all.Where(field => field.Old != field.New);
    }
}
